"""Cuts the files of a run into parts that are checked apart, and joins what is found, as if one had read all of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from batchlint.batch import Batch
from batchlint.engine import Counts, Engine
from batchlint.engine.parallel.joining import joined, mark_after
from batchlint.engine.parallel.parts import CheckedPart, FilePart, PartSource, parts_of
from batchlint.engine.parallel.workers import Share
from batchlint.finding import Finding
from batchlint.sources import Source
from batchlint.sources.opening import divisible_size
from batchlint.sources.progress import Progress
from batchlint.sources.reader import Mark

LEAST_SHARED = 1_000_000
"""Bytes of a file from which on it is worth handing over."""


def can_be_shared(paths: Sequence[str]) -> bool:
    """Whether there is more than one part to share."""
    shares = shares_of(paths, lambda path: 0)
    return next(shares, None) is not None and next(shares, None) is not None


def shares_of(paths: Iterable[str], engine_of: Callable[[str], int]) -> Iterator[Share]:
    """The parts of files. Standard input, small files, and what cannot be read are left to the process that asks."""
    for path in paths:
        size = divisible_size(path)
        if size >= LEAST_SHARED:
            for part in parts_of(path, size):
                yield Share(part, engine_of(path))


class SharedChecks:
    """The checks of a run, of which the greater part is done elsewhere."""

    def __init__(self, answers: Iterable[tuple[FilePart, CheckedPart | None]], progress: Progress) -> None:
        """`answers` are the parts of files, one after the other, and what came of each; None: it was not checked."""
        self._answers = groupby(answers, key=lambda answer: answer[0].path)
        self._next = next(self._answers, None)
        self._progress = progress

    def check(self, source: Source, engine: Engine, at_end: Callable[[Batch], object]) -> Iterator[Finding]:
        """What `Engine.check` finds in a file. Files come in the order in which they were shared out."""
        engine.begin_file(source)
        counts = Counts()
        mark: Mark | None = Mark()
        if self._next is not None and self._next[0].replace(os.sep, "/") == source.path:
            for part, checked in self._next[1]:
                if mark is None or mark.offset >= part.end:
                    continue  # An item before it goes on through all of it.
                if checked is not None and checked.first == mark.offset:
                    yield from joined(checked, mark, source, engine)
                    counts = counts.and_more(checked.counts)
                    self._progress.advance(checked.counts.item_bytes, checked.counts.requests)
                    mark = mark_after(checked, mark)
                else:
                    stop = None if source.container == "jsonl" else part.end
                    items = PartSource(source, mark, stop)
                    counts = counts.and_more((yield from engine.check_items(self._progress.watched(items))))
                    mark = items.after
            self._next = next(self._answers, None)
        if mark is not None:
            rest = PartSource(source, mark, None)
            counts = counts.and_more((yield from engine.check_items(self._progress.watched(rest))))
        yield from engine.check_batch(source, counts, at_end)
