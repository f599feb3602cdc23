"""Finds the configuration of each input: the closest one above it."""

from __future__ import annotations

import os

from batchlint.config.configuration import Configuration

NAMES = (".batchlint.yaml", ".batchlint.yml")
PYPROJECT = "pyproject.toml"
NONE = Configuration()


class Closest:
    """Looks for configuration files, and reads each one once."""

    def __init__(self) -> None:
        self._by_folder: dict[str, Configuration] = {}

    def above(self, path: str) -> Configuration:
        """What holds for a file, or for what is in a folder with a "/" at its end. Raises `ConfigError`."""
        folder = os.path.dirname(os.path.abspath(path) + ("/" if path.endswith("/") else ""))
        walked = []
        while folder not in self._by_folder:
            walked.append(folder)
            found = _configuration_in(folder)
            parent = os.path.dirname(folder)
            if found is not None or parent == folder:
                self._by_folder[folder] = found or NONE
                break
            folder = parent
        for each in walked:
            self._by_folder[each] = self._by_folder[folder]
        return self._by_folder[folder]


def _configuration_in(folder: str) -> Configuration | None:
    for name in NAMES:
        path = os.path.join(folder, name)
        if os.path.isfile(path):
            from batchlint.config.reading import read

            return read(path)
    path = os.path.join(folder, PYPROJECT)
    if os.path.isfile(path):
        from batchlint.config.reading import has_section, read

        return read(path) if has_section(path) else None
    return None
