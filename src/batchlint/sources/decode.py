"""Decodes an item: the fast parser where all is well, and a slow look at what it refuses."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final, NamedTuple

import jiter

from batchlint.sources.flaw import TOO_DEEP, Flaw
from batchlint.sources.item import UNREADABLE

read_json: Final[Callable[[bytes], Any]] = partial(
    jiter.from_json, catch_duplicate_keys=True, allow_inf_nan=False, cache_mode="keys"
)
"""The fast parser: the value of a text in which nothing is questionable; ValueError otherwise, with a place that is
not to be trusted.

It lets pass one thing that other readers refuse: it reads 1e400 as infinite, which `sources.shallow` finds."""


class Decoded(NamedTuple):
    """A value, or `UNREADABLE`, and what is wrong with its text, in the order of the text."""

    value: Any
    flaws: tuple[Flaw, ...] = ()


def decode(raw: bytes) -> Decoded:
    """The value of an item's bytes. Nothing is raised: what is wrong is reported among the flaws.

    Of a key that is repeated the last value counts; U+FFFD stands for what is no character.
    """
    try:
        return Decoded(read_json(raw))
    except ValueError:
        return decode_slowly(raw)


def decode_slowly(raw: bytes) -> Decoded:
    """What `decode` does, for bytes that the fast parser is known to refuse."""
    from batchlint.sources.flaws import flaws
    from batchlint.sources.shallow import shallow_text

    found = tuple(sorted(flaws(raw), key=lambda flaw: flaw.start))
    if any(flaw.fatal for flaw in found):
        return Decoded(UNREADABLE, found)
    try:
        text = shallow_text(raw) if any(flaw.kind == TOO_DEEP for flaw in found) else raw
        return Decoded(_read_leniently(text), found)
    except (ValueError, RecursionError):
        return Decoded(UNREADABLE, found or (Flaw("invalid-json", 0, len(raw), "no parser reads it"),))


def _read_leniently(raw: bytes) -> Any:
    import json

    from batchlint.sources.strings import without_lone_surrogates

    text = without_lone_surrogates(raw.decode("utf-8", "replace").encode())
    try:
        return jiter.from_json(text, catch_duplicate_keys=False, allow_inf_nan=True)
    except ValueError:  # nested too deep for it
        return json.loads(text)
