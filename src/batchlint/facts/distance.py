"""How far two names are apart, for "did you mean" on short lists; difflib is slow to import and to answer."""

from __future__ import annotations

from collections.abc import Iterable


def edits(left: str, right: str, maximum: int) -> int | None:
    """The fewest insertions, removals, replacements and swaps of neighbours; None when above `maximum`."""
    if abs(len(left) - len(right)) > maximum:
        return None
    before_last: list[int] = []
    last = list(range(len(right) + 1))
    for row, letter in enumerate(left, 1):
        current = [row]
        for column, other in enumerate(right, 1):
            cost = min(last[column] + 1, current[-1] + 1, last[column - 1] + (letter != other))
            if row > 1 and column > 1 and letter == right[column - 2] and left[row - 2] == other:
                cost = min(cost, before_last[column - 2] + 1)
            current.append(cost)
        if min(current) > maximum and min(last) > maximum:
            return None
        before_last, last = last, current
    return last[-1] if last[-1] <= maximum else None


def nearest(name: str, known: Iterable[str], maximum: int) -> str | None:
    """The known name that is fewest edits away, the first of equals; None when none is within `maximum`."""
    found, fewest = None, maximum + 1
    for candidate in known:
        distance = edits(name, candidate, fewest - 1)
        if distance is not None:
            found, fewest = candidate, distance
            if distance == 0:
                break
    return found
