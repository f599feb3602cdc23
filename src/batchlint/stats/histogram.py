"""How many requests have how many tokens: bars on a logarithmic scale, with the limit between them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

MOST_BARS = 14
SERIES: tuple[tuple[float, ...], ...] = (
    (1, 1.12, 1.25, 1.4, 1.6, 1.8, 2, 2.24, 2.5, 2.8, 3.15, 3.55, 4, 4.5, 5, 5.6, 6.3, 7.1, 8, 9),
    (1, 1.25, 1.6, 2, 2.5, 3.15, 4, 5, 6.3, 8),
    (1, 1.6, 2.5, 4, 6.3),
    (1, 2, 5),
    (1, 3),
    (1,),
)
"""Ends of bars within a power of ten, the finest first: preferred numbers (ISO 3), whose steps have the same ratio."""


class Bar(NamedTuple):
    """Requests with more than `above` and up to `end` tokens."""

    above: int
    end: int
    requests: int
    over_limit: bool


def bars(tokens: Sequence[int], limit: int = 0) -> list[Bar]:
    """The bars from the smallest request to the largest, as fine as there are at most `MOST_BARS`.

    A limit among them is the end of a bar, so that none is on both sides of it; 0: there is none.
    """
    ordered = sorted(tokens)
    if not ordered:
        return []
    for series in SERIES:
        ends = _ends(ordered[0], ordered[-1], series)
        if len(ends) - 1 <= MOST_BARS:
            break
    if limit and ends[0] < limit < ends[-1]:
        ends = sorted({*ends, limit})
    counts = [bisect_left(ordered, end + 1) for end in ends]
    return [
        Bar(above, end, after - before, bool(limit) and above >= limit)
        for (above, end), (before, after) in zip(pairwise(ends), pairwise(counts), strict=True)
    ]


def _ends(least: int, most: int, series: Sequence[float]) -> list[int]:
    """The ends of all bars that are needed, and before them the end of the one that is not."""
    every = list(dict.fromkeys(_all_ends(most, series)))
    first = bisect_left(every, least)
    return [0, *every][max(first, 0) :]


def _all_ends(most: int, series: Sequence[float]) -> Iterator[int]:
    """1, 2, 5, 10, 20 ... up to the first that is not below `most`."""
    power = 1
    while True:
        for step in series:
            end = round(step * power)
            yield end
            if end >= most:
                return
        power *= 10
