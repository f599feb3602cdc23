"""Which bytes of a file became which of another, over one pass or several."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from typing import NamedTuple


class Change(NamedTuple):
    """From `start` to `end` in the old file, and from `new_start` to `new_end` in the new one; ends are exclusive."""

    start: int
    end: int
    new_start: int
    new_end: int
    rules: tuple[str, ...]
    """The rules whose fixes made it."""


class Changes:
    """Changes in the order of the file; each takes forty bytes."""

    def __init__(self) -> None:
        self._rows = array("q")
        self._names: dict[tuple[str, ...], int] = {}

    def __iter__(self) -> Iterator[Change]:
        names = list(self._names)
        rows = self._rows
        for at in range(0, len(rows), 5):
            yield Change(rows[at], rows[at + 1], rows[at + 2], rows[at + 3], names[rows[at + 4]])

    def __len__(self) -> int:
        return len(self._rows) // 5

    def add(self, start: int, end: int, new_start: int, new_end: int, rules: tuple[str, ...]) -> None:
        """Notes a change after those before."""
        self._rows.extend((start, end, new_start, new_end, self._names.setdefault(rules, len(self._names))))

    def then(self, second: Changes) -> Changes:
        """These, and others that were made to what came of them, as changes of the first file to the last one."""
        if not self or not second:
            return self if self else second
        return _joined(iter(self), iter(second))


def _joined(first: Iterator[Change], second: Iterator[Change]) -> Changes:
    """Changes that meet in the file between the two become one."""
    joined = Changes()
    one, other = next(first, None), next(second, None)
    before = after = 0  # how far the file between is ahead of the old one, and the new one ahead of it
    while one is not None or other is not None:
        begins = [each for each in (one and one.new_start, other and other.start) if each is not None]
        start = end = min(begins)
        old_start, new_start = start - before, start + after
        rules: list[str] = []
        while True:
            if one is not None and one.new_start <= end:
                end = max(end, one.new_end)
                before = one.new_end - one.end
                rules += one.rules
                one = next(first, None)
            elif other is not None and other.start <= end:
                end = max(end, other.end)
                after = other.new_end - other.end
                rules += other.rules
                other = next(second, None)
            else:
                break
        joined.add(old_start, end - before, new_start, end + after, tuple(dict.fromkeys(rules)))
    return joined
