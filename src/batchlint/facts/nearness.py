"""How far names are apart, for "did you mean". By hand: difflib is slow to import, and knows no version numbers."""

from __future__ import annotations

from collections.abc import Collection, Iterable

MAXIMUM_EDITS = 2
MAXIMUM_LENGTH = 80


def edits(left: str, right: str, maximum: int) -> int | None:
    """The fewest insertions, removals, replacements and swaps of neighbours; None where that is above `maximum`."""
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
        before_last, last = last, current
    return last[-1] if last[-1] <= maximum else None


def nearest_name(name: str, known: Iterable[str], maximum: int = MAXIMUM_EDITS) -> str | None:
    """The known name that is fewest edits away, the first among equals; None where none is within `maximum`."""
    if len(name) > MAXIMUM_LENGTH:
        return None
    found = None
    for candidate in known:
        distance = edits(name, candidate, maximum)
        if distance is not None:
            found, maximum = candidate, distance - 1
    return found


def nearest_id(model_id: str, known: Collection[str]) -> str | None:
    """The known model id that an unknown one was surely meant to be.

    That is: without a made-up date or "latest", with the same words in another order, or at most two edits away.
    Version numbers must agree: claude-opus-9 is a model that is not known yet, and no slip of the fingers.
    """
    if len(model_id) > MAXIMUM_LENGTH:
        return None
    name = model_id.strip().lower()
    head, _, tail = name.rpartition("-")
    if head in known and (tail == "latest" or (tail.isdigit() and len(tail) == 8)):
        return head
    digits = _digits(name)
    same_version = [candidate for candidate in known if _digits(candidate) == digits]
    words = sorted(_words(name))
    reordered = (candidate for candidate in same_version if sorted(_words(candidate)) == words)
    return next(reordered, None) or nearest_name(name, same_version)


def _words(name: str) -> list[str]:
    return name.replace(".", "-").replace("_", "-").replace(" ", "-").split("-")


def _digits(name: str) -> str:
    return "".join(filter(str.isdigit, name))
