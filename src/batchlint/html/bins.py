"""Counts over positions in a file, in so many bins at most, however many positions there will be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

BINS = 160
"""Bins of a chart over positions: as many as can be distinguished on a wide screen."""


class Bin(NamedTuple):
    """A stretch of positions, and what was counted there by kind."""

    first: int
    """From 0."""
    last: int
    counts: dict[str, int]


class PositionCounts:
    """Counts by position and kind. Where positions grow past the bins, bins become twice as wide."""

    def __init__(self, bins: int = BINS) -> None:
        self._bins = bins
        self._width = 1
        self._counts: dict[str, list[int]] = {}
        self.end = 0
        """One past the greatest position."""

    def reach(self, end: int) -> None:
        """Makes room for the positions before `end`; the bins are made to fit it where nothing has been counted yet."""
        self.end = max(self.end, end)
        if not self._counts:
            self._width = max(self._width, -(-self.end // self._bins))
        while self.end > self._bins * self._width:
            self._width *= 2
            for kind, counts in self._counts.items():
                half = [sum(counts[place : place + 2]) for place in range(0, len(counts), 2)]
                self._counts[kind] = half + [0] * (self._bins - len(half))

    def add(self, position: int, kind: str, count: int = 1) -> None:
        """Counts something at a position."""
        if position >= self.end:
            self.reach(position + 1)
        counts = self._counts.get(kind)
        if counts is None:
            counts = self._counts[kind] = [0] * self._bins
        counts[position // self._width] += count

    @property
    def kinds(self) -> list[str]:
        """What was counted, in the order in which it first came."""
        return list(self._counts)

    def total(self, kind: str) -> int:
        """How often a kind was counted."""
        return sum(self._counts.get(kind, ()))

    def __iter__(self) -> Iterator[Bin]:
        """The bins up to the greatest position; a kind that was not counted there is left out."""
        for number, first in enumerate(range(0, self.end, self._width)):
            counts = {kind: counts[number] for kind, counts in self._counts.items() if counts[number]}
            yield Bin(first, min(first + self._width, self.end) - 1, counts)
