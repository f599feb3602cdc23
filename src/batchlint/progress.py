"""Progress on standard error: for work over a second, on a terminal only."""

from __future__ import annotations

import sys
import time
from types import TracebackType

FIRST_AFTER = 1.0
"""Seconds before anything is shown."""
EVERY = 0.2
"""Seconds between two looks at the clock are about this many; it costs something to look."""
STEP = 256


class Progress:
    """Counts requests and bytes, and shows them on one line that is wiped away at the end."""

    def __init__(self, wanted: bool) -> None:
        self._shown = wanted and sys.stderr.isatty()
        self._start = time.monotonic()
        self._next = self._start + FIRST_AFTER
        self._requests = 0
        self._bytes = 0
        self._written = False

    def advance(self, size: int) -> None:
        """One more request of so many bytes is done."""
        self._requests += 1
        self._bytes += size
        if self._shown and self._requests % STEP == 0:
            self._show()

    def _show(self) -> None:
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + EVERY
        self._written = True
        seconds = now - self._start
        sys.stderr.write(f"\r\x1b[K{self._requests:,} requests, {self._bytes / 1e6:,.0f} MB, {seconds:.0f} s")
        sys.stderr.flush()

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._written:
            sys.stderr.write("\r\x1b[K")
