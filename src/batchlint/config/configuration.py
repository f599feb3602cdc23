"""The content of one configuration file."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})


class ConfigError(Exception):
    """A configuration file cannot be read or says something wrong; the message is one line that names it."""


class Configuration(NamedTuple):
    """The keys that a file sets, with their values as `batchlint.config.keys` reads them."""

    path: str | None = None
    """The file; None: there is none."""
    values: Mapping[str, Any] = NOTHING
    lines: Mapping[str, int] = NOTHING
    """The line of each key, where the format tells it."""

    def place(self, key: str) -> str:
        """Where a key is set: the file, with the line where it is known."""
        return f"{self.path}:{self.lines[key]}" if key in self.lines else str(self.path)
