"""Checks a shard, and joins the shards of all files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

from batchlint.config import Configuration
from batchlint.config.settings import Settings, settings
from batchlint.engine import Engine
from batchlint.engine.parallel.parts import FilePart, check_part
from batchlint.engine.parallel.sharing import SharedChecks
from batchlint.finding import LocatedFinding
from batchlint.reports.locate import Locator
from batchlint.rules import all_rules
from batchlint.shards.shard import FOLDER, Shard, ShardError, engine_of, settings_of
from batchlint.sources import Source, open_source, steady
from batchlint.sources.progress import Progress
from batchlint.sources.search import search_order


def check_shard(
    path: str | Path, options: Mapping[str, Any] | None = None, *, number: int = 1, count: int = 1
) -> Shard:
    """Checks a file, or of a large one the part of that `number` from 1 to `count`.

    `options` are those of a configuration, by its keys: `{"api-version": "2023-06-01", "ignore": ["unknown-model"]}`.
    Raises OSError where the file cannot be read, and where it was changed while it was read.
    """
    return check_part_of(str(path), settings(Configuration(), dict(options or {}), all_rules()), number, count)


def check_part_of(path: str, held_to: Settings, number: int = 1, count: int = 1) -> Shard:
    """The same, by settings."""
    from batchlint import __version__

    with open_source(path) as source, steady(source):
        size = source.size
        part = FilePart(source.path, size * (number - 1) // count, size * number // count)
        values = {**held_to.values, "as-of": held_to.options.as_of, "baseline": None}
        if held_to.values["per-file-ignores"]:
            values[FOLDER] = held_to.folder
        return Shard(__version__, values, part, size, check_part(source, part, engine_of(held_to)))


def joined(shards: Iterable[Shard]) -> list[LocatedFinding]:
    """What one run over the files of these shards finds, in the order in which a folder of them is read.

    The files are opened again: for places, and for requests whose ids were used in another shard. Raises `ShardError`
    where shards do not belong together, and OSError where a file cannot be read.
    """
    chosen = in_order(shards)
    if not chosen:
        return []
    held_to = settings_of(chosen[0])
    engine = engine_of(held_to)
    checks = checks_of(chosen)
    found: list[LocatedFinding] = []
    for path in paths_of(chosen):
        with open_source(path) as source, steady(source):
            source.most_item_bytes = engine.max_item_bytes
            locator = Locator(source)
            findings = (each for each in checks(source, engine, id) if not held_to.silences(each))
            found += [locator.locate(each, with_frame=False, with_fix=True) for each in findings]
    return found


def in_order(shards: Iterable[Shard]) -> list[Shard]:
    """The shards in the order of their files. Raises `ShardError` where they do not belong together."""
    from batchlint import __version__

    chosen = sorted(shards, key=lambda shard: (*search_order(shard.part.path), shard.part.start, shard.part.end))
    for shard in chosen:
        if shard.version != __version__:
            raise ShardError(f"the shard of {shard.part.path} is of batchlint {shard.version}; this is {__version__}")
        for key, value in shard.held_to.items():
            other = chosen[0].held_to.get(key)
            if _comparable(value) != _comparable(other):
                paths = f"{chosen[0].part.path} and {shard.part.path}"
                raise ShardError(f"the shards of {paths} were made with other options: {key} is {other}, and {value}")
    for path, group in groupby(chosen, key=lambda shard: shard.part.path):
        _check_parts(path, list(group))
    return chosen


def _comparable(value: Any) -> Any:
    """A value of the options without the difference between tuples and lists, which a file does not keep."""
    return [_comparable(each) for each in value] if isinstance(value, list | tuple) else value


def _check_parts(path: str, shards: list[Shard]) -> None:
    """Raises `ShardError` where these are not all parts of a file, each once."""
    at, size = 0, shards[0].size
    for _, _, part, its_size, _ in shards:
        if its_size != size:
            raise ShardError(f"{path} had {size:,} bytes in one shard, and {its_size:,} in another")
        if part.start < at or (part.start == part.end == at and size and at):
            raise ShardError(f"{path}: two shards have what begins at byte {part.start:,}")
        if part.start > at:
            raise ShardError(f"{path}: no shard has bytes {at:,} to {part.start:,}")
        at = part.end
    if at != size:
        raise ShardError(f"{path}: no shard has bytes {at:,} to {size:,}")


def paths_of(shards: Iterable[Shard]) -> list[str]:
    """The files of shards that are in order."""
    return list(dict.fromkeys(shard.part.path for shard in shards))


def checks_of(shards: Iterable[Shard]) -> Any:
    """What finds for `batchlint.run.Run` what is wrong with the files of these shards, which are in order."""
    chosen = list(shards)
    sizes = {shard.part.path: shard.size for shard in chosen}
    shared = SharedChecks(((shard.part, shard.checked) for shard in chosen), Progress(wanted=False))

    def check(source: Source, engine: Engine, at_end: Any) -> Iterator[Any]:
        if source.size != sizes.get(source.path):
            expected = sizes.get(source.path, 0)
            raise ShardError(f"{source.path} has {source.size:,} bytes; when its shard was made, it had {expected:,}")
        return shared.check(source, engine, at_end)

    return check
