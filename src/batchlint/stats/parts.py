"""Measures files in parts, some of them in other processes, and puts together what came of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from batchlint.engine.parallel.joining import shifted_mark
from batchlint.engine.parallel.parts import FilePart, PartSource
from batchlint.engine.parallel.workers import Share
from batchlint.options import Options
from batchlint.sources import Source, open_source
from batchlint.sources.progress import Progress
from batchlint.sources.reader import DECODER, Mark, NotApart
from batchlint.sources.readers import first_at
from batchlint.stats.collect import Collected, shifted
from batchlint.stats.measure import Measured, measured

Take = Callable[[Measured], None]
"""Takes a request as the document lists it."""


class MeasuredPart(NamedTuple):
    """The result of a part. Lines and indexes count from its own beginning."""

    first: int
    """Where its first item begins; 0 for the beginning of the file."""
    after: Mark | None
    """Where the item after its last begins; None: the file ends."""
    collected: Collected
    listed: list[Measured]
    """The requests one by one, where that was wanted."""


def measure_share(share: Share, listed: bool) -> MeasuredPart | None:
    """Measures a part; None where it is not to be distinguished from the rest of its file, or cannot be read."""
    try:
        with open_source(share.part.path) as source:
            return measure_part(source, share.part, listed)
    except OSError:
        return None


def measure_part(source: Source, part: FilePart, listed: bool) -> MeasuredPart | None:
    """Measures what begins in a part of a file; None where no item is found to begin there."""
    first = first_at(source, part.start, part.end)
    if first is None:
        return None
    items = PartSource(source, Mark(first, line_offset=first), part.end)
    collected, rows = Collected(), list[Measured]()
    try:
        for request in measured(source.path, items.items(DECODER), Options()):
            collected.add(request)
            if listed and request is not None:
                rows.append(request)
    except NotApart:
        return None
    return MeasuredPart(first, items.after, collected, rows)


class Measuring:
    """Measures files one after the other."""

    def __init__(self, progress: Progress, take: Take | None = None) -> None:
        self._progress = progress
        self._take = take

    def of_file(self, source: Source, answers: Iterable[tuple[FilePart, Any]] = ()) -> Collected:
        """What a file holds; `answers` are its parts in their order, and what other processes made of each, or None."""
        whole = Collected()
        mark: Mark | None = Mark()
        for part, answer in answers:
            if mark is None or mark.offset >= part.end:
                continue  # An item before it goes on through all of it.
            if answer is not None and answer.first == mark.offset:
                self._put_together(whole, answer, mark)
                mark = answer.after and shifted_mark(answer.after, mark)
            else:
                stop = None if source.container == "jsonl" else part.end
                mark = self._measure_here(source, mark, stop, whole)
        if mark is not None:
            self._measure_here(source, mark, None, whole)
        return whole

    def _put_together(self, whole: Collected, part: MeasuredPart, mark: Mark) -> None:
        whole.merge(part.collected, mark.index, mark.line - 1)
        self._progress.advance(part.collected.bytes, part.collected.requests)
        if self._take is not None:
            for request in part.listed:
                self._take(shifted(request, mark.index, mark.line - 1))

    def _measure_here(self, source: Source, mark: Mark, stop: int | None, whole: Collected) -> Mark | None:
        items = PartSource(source, mark, stop)
        for request in measured(source.path, items.items(DECODER), Options()):
            whole.add(request)
            if request is not None:
                self._progress.advance(request.size)
                if self._take is not None:
                    self._take(request)
        return items.after
