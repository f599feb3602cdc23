"""Progress on standard error: for work over a second, on a terminal only."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from types import TracebackType
from typing import Any

from batchlint.sources.item import Item
from batchlint.sources.reader import BrokenLines, ItemSource, Read, Reader, SkippedRun

FIRST_AFTER = 1.0
"""Seconds before anything is shown."""
EVERY = 0.2
"""Seconds between two looks at the clock are about this many; it costs something to look."""
STEP = 256
"""Requests after which the clock is looked at again."""
LARGE_STEP = 4_000_000
"""Bytes after which it is looked at again, however few requests they are."""


class Progress:
    """Counts requests and bytes, and shows them on one line with the share that is done, the rate, and the time left.

    At the end the line stays with what was done.
    """

    def __init__(self, wanted: bool, noun: str = "request") -> None:
        """`noun` is what is counted, in the singular."""
        self._shown = wanted and sys.stderr.isatty()
        self._noun = noun
        self._start = time.monotonic()
        self._next = self._start + FIRST_AFTER
        self._requests = 0
        self._look_at = (STEP, LARGE_STEP)
        self._bytes = 0
        self._expected = 0
        self._expected_requests = 0
        self._written = False

    @property
    def is_shown(self) -> bool:
        """Whether anybody sees it."""
        return self._shown

    def expect(self, size: int) -> None:
        """So many more bytes are to be done, of which the share and the time left are reckoned."""
        self._expected += size

    def expect_requests(self, requests: int) -> None:
        """The same in requests, where nobody knows the bytes."""
        self._expected_requests += requests

    def advance(self, size: int, requests: int = 1) -> None:
        """So many more requests, of so many bytes in all, are done."""
        self._requests += requests
        self._bytes += size
        if self._shown and (self._requests >= self._look_at[0] or self._bytes >= self._look_at[1]):
            self._look_at = (self._requests + STEP, self._bytes + LARGE_STEP)
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
        self._write(" ".join([*self._share(), self._done(now)]) + self._left(now))
        sys.stderr.flush()

    def _write(self, line: str) -> None:
        """Puts a line in the place of the last one, cut to the terminal: what wraps cannot be put over."""
        from batchlint.terminal.screen import width_of
        from batchlint.terminal.width import head

        sys.stderr.write(f"\r\x1b[K{head(line, width_of(sys.stderr) - 1)}")

    def _share(self) -> Iterator[str]:
        share = self._fraction()
        if share is not None:
            yield f"{min(int(100 * share), 99):3}%"

    def _fraction(self) -> float | None:
        """How much is done, from 0 to 1; None where it is not known."""
        if self._expected:
            return self._bytes / self._expected
        return self._requests / self._expected_requests if self._expected_requests else None

    def _done(self, now: float) -> str:
        from batchlint.reports.closing import how_many

        seconds = max(now - self._start, 0.001)
        megabytes = self._bytes / 1e6
        counted = how_many(self._requests, self._noun)
        return f"{counted}, {megabytes:,.0f} MB in {in_words(seconds)}, {megabytes / seconds:,.1f} MB/s"

    def _left(self, now: float) -> str:
        share = self._fraction()
        if share is None or not 0 < share < 1:
            return ""
        return f", {in_words((now - self._start) * (1 - share) / share)} left"

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._written:
            self._write(self._done(time.monotonic()) if kind is None else "")
            sys.stderr.write("\n" if kind is None else "")


NOT_SHOWN = Progress(wanted=False)
"""For work that nobody waits for."""


def in_words(seconds: float) -> str:
    """A time as people say it: `7 s`, `3 min`, `2 h 5 min`."""
    minutes = round(seconds / 60)
    if seconds < 100:
        return f"{seconds:.0f} s"
    return f"{minutes} min" if minutes < 100 else f"{minutes // 60} h {minutes % 60} min"


class _Watched:
    """A source that counts what is read of it."""

    def __init__(self, source: ItemSource, progress: Progress) -> None:
        self._source = source
        self._progress = progress
        self.path, self.container, self.size = source.path, source.container, source.size

    @property
    def first_object(self) -> dict[str, Any] | None:
        return self._source.first_object

    def items(self, reader: Reader) -> Iterator[Read]:
        for each in self._source.items(reader):
            if isinstance(each, SkippedRun):
                self._progress.advance(each.size, each.requests)
            elif isinstance(each, BrokenLines):
                self._progress.advance(each.size, each.lines)
            elif isinstance(each, Item):
                self._progress.advance(len(each.raw))
            yield each
