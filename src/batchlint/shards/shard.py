"""A shard, and the settings that it was checked with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from batchlint.config import Configuration
from batchlint.config.select import UnknownRule
from batchlint.config.settings import Settings, settings
from batchlint.engine import Engine
from batchlint.engine.parallel.parts import CheckedPart, FilePart
from batchlint.rules import all_rules

FOLDER = "folder"
"""The key of the folder to which the patterns of `per-file-ignores` are relative."""


class ShardError(Exception):
    """Shards that cannot be read or joined; the message says why."""


class Shard(NamedTuple):
    """The problems found in a file, or in a part of one."""

    version: str
    """Of batchlint."""
    held_to: Mapping[str, Any]
    """The settings of the file: the options by the keys of a configuration."""
    part: FilePart
    size: int
    """Bytes of the file."""
    checked: CheckedPart | None
    """None: the part depends on what comes before it, and is checked where shards are joined."""


def settings_of(shard: Shard) -> Settings:
    """The settings of a shard. Raises `ShardError` where that is not understood."""
    values = dict(shard.held_to)
    folder = values.pop(FOLDER, "")
    try:
        return settings(Configuration(), values, all_rules())._replace(folder=folder)
    except UnknownRule as error:
        raise ShardError(f"the shard of {shard.part.path}: {error}") from None


def engine_of(held_to: Settings) -> Engine:
    """An engine by settings."""
    return Engine(held_to.options, held_to.rules, held_to.severities)
