"""What a misspelt name was meant to be."""

from __future__ import annotations

from collections.abc import Iterable

SIMILARITY = 0.75
"""Ratio of matching characters above which a name counts as meant; below it a guess misleads more than it helps."""


def meant(name: str, known: Iterable[str]) -> str | None:
    """The known name that a name was probably meant to be; None where no name is near."""
    import difflib

    if len(name) > 100:  # A name of a megabyte is no misspelling, and comparing it would take minutes.
        return None
    plain = {each.replace("_", "").lower(): each for each in known}
    spelt = name.replace("_", "").replace("-", "").lower()
    if spelt in plain:
        return plain[spelt]
    near = difflib.get_close_matches(spelt, plain, n=1, cutoff=SIMILARITY)
    return plain[near[0]] if near else None
