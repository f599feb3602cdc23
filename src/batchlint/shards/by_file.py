"""Joins the shards of one file at a time, wherever that is: for engines that join on many machines as well.

Of the other files only the ids count that are used more than once, and where: `outline`. So each shard says by bucket
which digests it has (`digests_by_bucket`); of each bucket the repeated ones are found (`repeated`), apart from the
others; and each file is joined by its own shards and the outlines of all (`report_of_file`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from batchlint.batch import Batch
from batchlint.engine import Engine
from batchlint.engine.packed_ids import DIGEST, digest_of
from batchlint.engine.parallel.joining import mark_after
from batchlint.finding import Finding, LocatedFinding
from batchlint.reports.tally import Tally
from batchlint.rulebook import Rulebook
from batchlint.run import Checks, Run
from batchlint.shards.checking import checks_of, paths_of
from batchlint.shards.shard import Shard, engine_of, settings_of
from batchlint.sources.reader import Mark

BUCKETS = 256


class FileReport(NamedTuple):
    """What a run reports of a file."""

    findings: list[LocatedFinding]
    batch: Batch | None
    tally: Tally


def digests_by_bucket(shard: Shard) -> list[tuple[int, bytes]]:
    """The digests of the ids of a shard, one after the other, by their buckets."""
    buckets: defaultdict[int, list[bytes]] = defaultdict(list)
    digests = b"" if shard.checked is None else shard.checked.uses.digests
    for at in range(0, len(digests), DIGEST):
        buckets[digests[at]].append(digests[at : at + DIGEST])
    return [(bucket, b"".join(each)) for bucket, each in buckets.items()]


def repeated(bucket: Iterable[bytes]) -> set[bytes]:
    """The digests that are in a bucket more than once."""
    digests = sorted(each[at : at + DIGEST] for each in bucket for at in range(0, len(each), DIGEST))
    return {one for one, other in pairwise(digests) if one == other}


def thinned(shard: Shard, digests: Collection[bytes]) -> Shard:
    """The shard without the ids that have none of these digests, and of which nothing is found.

    Where something is found, the request is checked again, and looks for its own id. A shard that was a file does not
    say of which ids something is found, so it keeps all.
    """
    checked = shard.checked
    if checked is None or checked.again:
        return shard
    found = {digest_of(each.custom_id) for each in checked.findings if each.custom_id is not None}
    of_use = checked.uses.digest
    left_out = [each for each in range(len(checked.uses)) if of_use(each) not in digests and of_use(each) not in found]
    return shard._replace(checked=checked._replace(uses=checked.uses.without(left_out)))


def outline(shard: Shard) -> Shard:
    """The shard without its findings."""
    checked = shard.checked
    return shard if checked is None else shard._replace(checked=checked._replace(findings=(), again=()))


def can_be_joined_by_file(outlines: Iterable[Shard]) -> bool:
    """Whether all parts were checked apart from each other, so that no file has an id that its shards do not know.

    `outlines` are in order. Where it is not so, as where a list is broken, the whole shards are joined in one place.
    """
    return all(_is_known(list(group)) for _, group in groupby(outlines, key=lambda shard: shard.part.path))


def report_of_file(
    shards: Sequence[Shard], outlines: Iterable[Shard], *, frames: bool = False, fixes: bool = True
) -> FileReport:
    """What a run over all files reports of the file of these shards, which are in order, as the outlines are.

    Raises OSError where the file cannot be read.
    """
    settings = settings_of(shards[0])
    engine = engine_of(settings)
    path = shards[0].part.path
    for earlier, group in groupby(outlines, key=lambda shard: shard.part.path):
        if earlier == path:
            break
        _remember(engine, earlier, list(group))
    return _report_of(path, Rulebook(engine, settings), checks_of(shards), frames, fixes)


def reports_in_one_place(shards: Sequence[Shard], *, frames: bool = False, fixes: bool = True) -> Iterator[FileReport]:
    """The same of all files, one after the other, by whole shards, which are in order."""
    settings = settings_of(shards[0])
    rulebook, checks = Rulebook(engine_of(settings), settings), checks_of(shards)
    for path in paths_of(shards):
        yield _report_of(path, rulebook, checks, frames, fixes)


def _report_of(path: str, rulebook: Rulebook, checks: Checks, frames: bool, fixes: bool) -> FileReport:
    keeper = _Keeper(frames, fixes)
    run = Run(lambda path: rulebook, [keeper], checks=checks)
    run.check([path])
    for _, error in run.unreadable:
        raise error
    return FileReport(keeper.findings, keeper.batch, run.tally)


class _Keeper:
    """A report that keeps what comes."""

    def __init__(self, frames: bool, fixes: bool) -> None:
        self.shows_frames, self.shows_fixes = frames, fixes
        self.findings: list[LocatedFinding] = []
        self.batch: Batch | None = None

    def wants(self, finding: Finding) -> bool:
        return True

    def finding(self, finding: LocatedFinding) -> None:
        self.findings.append(finding)

    def more(self, finding: Finding) -> None:
        pass

    def file(self, batch: Batch) -> None:
        self.batch = batch

    def close(self, tally: Tally) -> None:
        pass


def _marks(shards: Iterable[Shard]) -> Iterator[tuple[Shard | None, Mark]]:
    """The shards of a file in which items begin, each with where; at the end None, where something is left."""
    mark: Mark | None = Mark()
    size = 0
    for shard in shards:
        size = shard.size
        if mark is not None and mark.offset < shard.part.end:
            yield shard, mark
            mark = None if shard.checked is None else mark_after(shard.checked, mark)
    if mark is not None and mark.offset < size:
        yield None, mark


def _is_known(shards: Iterable[Shard]) -> bool:
    return all(
        shard is not None and shard.checked is not None and shard.checked.first == mark.offset
        for shard, mark in _marks(shards)
    )


def _remember(engine: Engine, path: str, shards: Iterable[Shard]) -> None:
    """Tells an engine the ids of a file that comes before."""
    engine.custom_ids.begin_file(path)
    for shard, mark in _marks(shards):
        if shard is not None and shard.checked is not None:
            engine.custom_ids.add_uses(shard.checked.uses, mark.line - 1, mark.line_offset if mark.offset else None)
