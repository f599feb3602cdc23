"""Guesses the name that was meant by a misspelt one."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

SIMILARITY = 0.75
"""Ratio of matching characters above which a name counts as meant; below it a guess misleads more than it helps."""

LONGEST = 100
"""Characters of a name that is compared with others."""


def meant(name: str, known: Iterable[str]) -> str | None:
    """The known name that a name was probably meant to be; None where no name is near."""
    near = _near(name, tuple(known), 1)
    return near[0] if near else None


def only_meant(name: object, known: Iterable[str]) -> str | None:
    """The same, where no other known name is near as well; None for what is no name."""
    near = _near(name, tuple(known), 2) if isinstance(name, str) else []
    return near[0] if len(near) == 1 else None


def _near(name: str, known: tuple[str, ...], most: int) -> list[str]:
    """The known names nearest to a name; just the one that is written alike but for capitals and dashes."""
    # A name of a megabyte is no misspelling, and comparing it would take minutes.
    return [] if len(name) > LONGEST else _nearest(name, known, most)


@lru_cache(maxsize=256)
def _nearest(name: str, known: tuple[str, ...], most: int) -> list[str]:
    """The same, found once for what a program writes in every request."""
    import difflib

    plain = {each.replace("_", "").lower(): each for each in known}
    spelt = name.replace("_", "").replace("-", "").lower()
    if spelt in plain:
        return [plain[spelt]]
    return [plain[each] for each in difflib.get_close_matches(spelt, plain, n=most, cutoff=SIMILARITY)]
