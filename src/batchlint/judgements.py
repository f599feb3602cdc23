"""Requests that need no second judgement: a program that writes a batch repeats itself in all but the texts.

A request whose outline is known is neither decoded nor judged again. What is left to prove is that its bytes are JSON:
msgspec passes over them without making values of them, and Python looks at the UTF-8, at which msgspec does not look.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, Final

import msgspec

from batchlint.judgement import Judgement, Recognised
from batchlint.outline import has_left_out_id, leaves_out_texts_alone, outline_of, pattern_of
from batchlint.sources.item import Item

LONGEST_REQUEST: Final = 16_384
"""Bytes of the longest request whose outline is made; to decode a longer one costs little more than that."""
LONGEST_OUTLINE: Final = 4_096
"""Bytes of the longest outline that is kept."""
MOST_OUTLINES: Final = 2_000
"""Outlines that are kept at a time; a real file has a few."""
TRIED: Final = 2_000
"""Requests of unknown outline after which it is seen whether looking for them is worth it."""
USUAL: Final = 16
"""Outlines that are looked for first, by one pattern."""
CHOSEN_AFTER: Final = 500
"""Requests that were recognised by an outline of their own after which the usual ones are chosen, and chosen anew after
so many times as many."""
CHOSEN_AGAIN: Final = 8

_pass_over = msgspec.json.Decoder(msgspec.Raw).decode


class _Request(msgspec.Struct):
    """A request of which no more is decoded than the id."""

    custom_id: str | None = None


_id_of = msgspec.json.Decoder(_Request).decode


class _Known:
    """A judgement, and how many requests were recognised by its outline."""

    __slots__ = ("judgement", "recognised")

    def __init__(self, judgement: Judgement) -> None:
        self.judgement = judgement
        self.recognised = 0


class Judgements:
    """The judgements of a run by outline; `read` is a reader of items that makes use of them."""

    def __init__(self, decode: Callable[[bytes], Any], longest: int) -> None:
        """`decode` makes the value of an item's bytes; no item of more bytes than `longest` is looked for."""
        self._decode = decode
        self._longest = min(longest, LONGEST_REQUEST)
        self._known: dict[bytes, _Known] = {}
        self._recognised = self._unknown = self._unusual = 0
        self._choose_after = CHOSEN_AFTER
        self._usual: Sequence[Judgement] = ()
        self._match: Callable[[bytes], re.Match[bytes] | None] = lambda raw: None

    def read(self, raw: bytes) -> Any:
        """`Recognised`, or the value of an item's bytes. Raises ValueError where there is a flaw in them."""
        if len(raw) > self._longest:
            return self._decode(raw)
        match = self._match(raw)
        try:
            if match is not None:
                number = match.lastindex or 0
                recognised = Recognised(match[number].decode(), self._usual[number - 1])
                _pass_over(raw)
            else:
                known = self._known.get(outline_of(raw))
                if known is None:
                    self._count_unknown()
                    return self._decode(raw)
                recognised = Recognised(_id_of(raw).custom_id, known.judgement)
                self._count_unusual(known)
            raw.isascii() or raw.decode()
        except (msgspec.MsgspecError, UnicodeDecodeError):
            return self._decode(raw)
        self._recognised += 1
        return recognised

    def keep(self, item: Item, judgement: Judgement) -> None:
        """Keeps what was found in this request if it holds for all others of its outline."""
        if len(item.raw) > self._longest or item.irregularities or not leaves_out_texts_alone(item.value):
            return
        outline = outline_of(item.raw)
        if len(outline) <= LONGEST_OUTLINE:
            if len(self._known) >= MOST_OUTLINES:
                self._known.clear()
            self._known[outline] = _Known(judgement)

    def _count_unusual(self, known: _Known) -> None:
        known.recognised += 1
        self._unusual += 1
        if self._unusual == self._choose_after:
            self._choose_usual()

    def _choose_usual(self) -> None:
        """Makes one pattern of the outlines by which most requests were recognised."""
        self._choose_after *= CHOSEN_AGAIN
        with_id = [(outline, known) for outline, known in self._known.items() if has_left_out_id(outline)]
        usual = sorted(with_id, key=lambda each: -each[1].recognised)[:USUAL]
        self._usual = [known.judgement for _, known in usual]
        if usual:
            self._match = pattern_of([outline for outline, _ in usual]).fullmatch

    def _count_unknown(self) -> None:
        """Gives up where most requests are unlike all others."""
        self._unknown += 1
        if self._unknown == TRIED:
            if self._recognised < TRIED:
                self._longest = -1
            self._recognised = self._unknown = 0
