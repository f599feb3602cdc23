"""What a pull request changes about its own linting: the configuration and the baseline are files of its branch."""

from __future__ import annotations

import os
from collections.abc import Sequence

from batchlint.action.changed import changed_files
from batchlint.config.closest import NAMES, PYPROJECT
from batchlint.config.configuration import ConfigError
from batchlint.config.reading import has_section

NAMING = ("--config", "--baseline")
"""Options that name a file which decides what is found."""


def changed_settings(base: str, head: str, options: Sequence[str]) -> list[str]:
    """The files that decide what is found, and that a change changes or deletes, in their order; none where git cannot
    tell.
    """
    changed = changed_files(base, head, deleted=True) if base else None
    named = set(_named(options))
    return sorted(path for path in changed or () if path in named or _decides(path))


def _named(options: Sequence[str]) -> list[str]:
    """The paths that options name, as git names them."""
    paths: list[str] = []
    for number, option in enumerate(options):
        name, equals, value = option.partition("=")
        if name in NAMING:
            paths += [value] if equals else options[number + 1 : number + 2]
    return [os.path.normpath(path) for path in paths]


def _decides(path: str) -> bool:
    """Whether a file is a configuration or a baseline by its name; of a pyproject.toml its content tells."""
    name = os.path.basename(path)
    if name == PYPROJECT:
        try:
            return not os.path.exists(path) or has_section(path)
        except ConfigError:
            return True
    return name in NAMES or "batchlint-baseline" in name


def note(paths: Sequence[str]) -> str:
    """What is said of such files."""
    named = ", ".join(paths[:5]) + (f" and {len(paths) - 5} more" if len(paths) > 5 else "")
    return f"this change also changes what is checked here: {named}"
