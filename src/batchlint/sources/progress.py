"""Progress on standard error: for work over a second, on a terminal only."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from types import TracebackType

from batchlint.sources.item import Irregularity, Item
from batchlint.sources.reader import ItemSource, Reader, SkippedRun

FIRST_AFTER = 1.0
"""Seconds before anything is shown."""
EVERY = 0.2
"""Seconds between two looks at the clock are about this many; it costs something to look."""
STEP = 256
"""Requests after which the clock is looked at again."""


class Progress:
    """Counts requests and bytes, and shows them on one line; at the end the line stays with what was done."""

    def __init__(self, wanted: bool) -> None:
        self._shown = wanted and sys.stderr.isatty()
        self._start = time.monotonic()
        self._next = self._start + FIRST_AFTER
        self._requests = 0
        self._look_at = STEP
        self._bytes = 0
        self._written = False

    def advance(self, size: int, requests: int = 1) -> None:
        """So many more requests, of so many bytes in all, are done."""
        self._requests += requests
        self._bytes += size
        if self._shown and self._requests >= self._look_at:
            self._look_at = self._requests + STEP
            self._show()

    def watched(self, source: ItemSource) -> ItemSource:
        """The source, whose items are counted as they are read; where nothing is shown, it is the source itself."""
        return _Watched(source, self) if self._shown else source

    def _show(self) -> None:
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + EVERY
        self._written = True
        sys.stderr.write(f"\r\x1b[K{self._done(now)}")
        sys.stderr.flush()

    def _done(self, now: float) -> str:
        return f"{self._requests:,} requests, {self._bytes / 1e6:,.0f} MB, {now - self._start:.1f} s"

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._written:
            sys.stderr.write(f"\r\x1b[K{self._done(time.monotonic())}\n" if kind is None else "\r\x1b[K")


class _Watched:
    """A source that counts what is read of it."""

    def __init__(self, source: ItemSource, progress: Progress) -> None:
        self._source = source
        self._progress = progress
        self.path, self.container, self.size = source.path, source.container, source.size

    def items(self, reader: Reader) -> Iterator[Item | Irregularity | SkippedRun]:
        for each in self._source.items(reader):
            if isinstance(each, SkippedRun):
                self._progress.advance(each.size, each.requests)
            elif isinstance(each, Item):
                self._progress.advance(len(each.raw))
            yield each
