"""A stretch of a source's bytes that slides forward, with a cursor that knows its line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from batchlint.sources.broken import CutShortError, NotJsonError, TooLargeError
from batchlint.sources.lexemes import skip_blanks

if TYPE_CHECKING:
    from batchlint.sources.readable import Readable

CHUNK: Final = 1 << 18
"""Bytes read at a time, at least."""
NEAR_END: Final = 16
"""A fault this close to the end of what has been read may only be a token that was cut."""


class Window:
    """`data[i]` is the byte at the absolute offset `base + i`; the cursor `at` counts inside `data`.

    Whoever reads moves the cursor forward. `more`, `peek` and `value_end` may slide the window, so that `data`,
    `base` and `at` are to be looked at anew after them."""

    __slots__ = ("_counted", "_end", "_line", "_line_offset", "at", "base", "data", "source")

    def __init__(self, source: Readable, start: int, end: int, line: int = 1, line_offset: int | None = None) -> None:
        self.source = source
        self._end = end
        self._line = line
        self._line_offset = start if line_offset is None else line_offset
        self._counted = start
        self.base = start
        self.data = b""
        self.at = 0

    @property
    def here(self) -> int:
        """The absolute offset of the cursor."""
        return self.base + self.at

    @property
    def ended(self) -> bool:
        """Whether nothing comes after `data`."""
        return self.base + len(self.data) >= self._end

    def line(self) -> tuple[int, int]:
        """The line of the cursor, and the offset where that line begins."""
        counted = self._counted - self.base
        last = self.data.rfind(b"\n", counted, self.at)
        if last >= 0:
            self._line += self.data.count(b"\n", counted, last + 1)
            self._line_offset = self.base + last + 1
        self._counted = self.base + self.at
        return self._line, self._line_offset

    def more(self) -> bool:
        """Drops what lies before the cursor and reads at least as much again as is left; False at the end."""
        self.line()
        left = self.data[self.at :]
        self.base, self.at = self.base + self.at, 0
        behind = self.base + len(left)
        fresh = self.source.read(behind, min(max(CHUNK, len(left)), self._end - behind))
        if not fresh:
            self._end = behind  # also where a file has become shorter meanwhile
        self.data = left + fresh
        return bool(fresh)

    def peek(self) -> bytes:
        """The next byte that is no blank, with the cursor moved to it; empty at the end."""
        while True:
            self.at = skip_blanks(self.data, self.at)
            if self.at < len(self.data):
                return self.data[self.at : self.at + 1]
            if not self.more():
                return b""

    def skip(self, byte: bytes) -> None:
        """Moves the cursor past all of this byte that are here, with blanks between them."""
        while self.peek() == byte:
            self.at += 1

    def value_end(self, most: int | None = None) -> int:
        """Where in `data` the value ends that begins at the cursor, which stays.

        Raises NotJsonError, CutShortError, and TooLargeError for one of more than so many bytes.
        """
        from batchlint.sources.grammar import end_of_value

        while True:
            ended = self.ended
            try:
                end = end_of_value(self.data, self.at)
                if end < len(self.data) or ended:  # a number may go on after the end
                    if most is not None and end - self.at > most:
                        raise TooLargeError
                    return end
            except CutShortError:
                if ended:
                    raise
            except NotJsonError as broken:
                if ended or broken.end < len(self.data) - NEAR_END:
                    raise
            if most is not None and len(self.data) - self.at > most:
                raise TooLargeError
            self.more()
