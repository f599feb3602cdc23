"""Turns byte offsets into lines and columns, and remembers the way, so that a file of one long line is walked once."""

from __future__ import annotations

from bisect import bisect_right, insort
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from batchlint.sources.source import Source

STRIDE: Final = 1 << 16
"""Bytes between two places that are remembered."""
CONTINUATION: Final = bytes(range(0x80, 0xC0))
"""Bytes of UTF-8 that go on with a character; every other byte begins one."""


class Position(NamedTuple):
    """Line and column, both from 1; a column is a Unicode code point, also a tab. The byte column counts bytes."""

    line: int
    column: int
    byte_column: int


class Positions:
    """The places of one source, in any order; going forward by small steps costs only the steps."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._milestones: dict[int, Position] = {}
        self._passed: list[int] = []
        self._latest = [(0, Position(1, 1, 1))] * 2

    def place(self, offset: int, line: int, line_offset: int) -> Position:
        """The place of a byte at or after `line_offset`, which is where `line` begins.

        The line breaks between the two are counted.
        """
        at, place = line_offset, Position(line, 1, 1)
        before = bisect_right(self._passed, offset)
        if before and self._passed[before - 1] > at:
            at = self._passed[before - 1]
            place = self._milestones[at]
        for passed, known in self._latest:
            if at < passed <= offset:
                at, place = passed, known
        while at < offset:
            stop = min(offset, (at // STRIDE + 1) * STRIDE)
            place = _moved(place, self._source.read(at, stop - at))
            at = stop
            if at % STRIDE == 0 and at not in self._milestones:
                self._milestones[at] = place
                insort(self._passed, at)
        self._latest = [self._latest[1], (at, place)]
        return place


def _moved(place: Position, passed: bytes) -> Position:
    """Where one is after these bytes."""
    breaks = passed.count(b"\n")
    if not breaks:
        characters = len(passed.translate(None, CONTINUATION))
        return Position(place.line, place.column + characters, place.byte_column + len(passed))
    last_line = passed[passed.rindex(b"\n") + 1 :]
    return Position(place.line + breaks, 1 + len(last_line.translate(None, CONTINUATION)), 1 + len(last_line))
