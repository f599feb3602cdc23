"""Requests that need no second judgement: a program that writes a batch repeats itself in all but the texts.

A request whose outline is known is neither decoded nor judged again. What is left to prove is that its bytes are JSON:
msgspec passes over them without making values of them, and Python looks at the UTF-8, at which msgspec does not look.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any, Final

import msgspec

from batchlint.custom_ids import CustomIds
from batchlint.judgement import Judgement, Recognised
from batchlint.outline import leaves_out_texts_alone, outline_of, pattern_of
from batchlint.sources.decode import read_json
from batchlint.sources.item import Item
from batchlint.sources.reader import Clean, Reader

LONGEST_REQUEST: Final = 16_384
"""Bytes of the longest request whose outline is made; to decode a longer one costs little more than that."""
LONGEST_OUTLINE: Final = 4_096
"""Bytes of the longest outline that is kept."""
MOST_OUTLINES: Final = 2_000
"""Outlines that are kept at a time; a real file has a few."""
TRIED: Final = 2_000
"""Requests of unknown outline after which it is seen whether looking for them is worth it."""
USUAL: Final = 16
"""Outlines of clean requests that are looked for by one pattern."""
CHOSEN_AFTER: Final = 500
"""Requests that were recognised one by one after which the usual outlines are chosen ..."""
CHOSEN_AGAIN: Final = 8
"""... and after so many times as many they are chosen anew."""


class _Request(msgspec.Struct):
    """A request of which no more is decoded than the id."""

    custom_id: str | None = None


_id_of = msgspec.json.Decoder(_Request).decode
_pass_over_lines = msgspec.json.Decoder(msgspec.Raw).decode_lines


class _Known:
    """A judgement, and how many requests were recognised by its outline."""

    __slots__ = ("judgement", "recognised")

    def __init__(self, judgement: Judgement) -> None:
        self.judgement = judgement
        self.recognised = 0

    @property
    def is_clean(self) -> bool:
        """Whether nothing is left to be said of these requests but what their ids are."""
        return not (self.judgement.found or self.judgement.rules)


class Judgements(Reader):
    """The judgements of a run by outline, put to use while files are read."""

    def __init__(self, custom_ids: CustomIds, legal_id: str, longest: int) -> None:
        """`custom_ids` takes the ids of what is passed over, `legal_id` is the pattern of those that need no look.

        No request of more bytes than `longest` is recognised.
        """
        self._custom_ids = custom_ids
        self._legal_id = legal_id
        self._longest = min(longest, LONGEST_REQUEST)
        self._known: dict[bytes, _Known] = {}
        self._unknown = 0
        self._recognised = 0
        self._choose_after = CHOSEN_AFTER
        self._match_usual: Callable[[bytes, int], re.Match[bytes] | None] | None = None
        self._flawed = (b"", 0)

    def read(self, raw: bytes) -> Any:
        """`Recognised`, or the value of an item's bytes. Raises ValueError where there is a flaw in them."""
        if len(raw) > self._longest:
            return read_json(raw)
        known = self._known.get(outline_of(raw))
        if known is None:
            self._count_unknown()
            return read_json(raw)
        try:
            custom_id = _id_of(raw).custom_id
            raw.isascii() or raw.decode()
        except (msgspec.MsgspecError, UnicodeDecodeError):
            return read_json(raw)
        self._count(known)
        return Recognised(custom_id, known.judgement)

    def pass_over(self, lines: bytes, at: int, base: int, line: int) -> Clean | None:
        """The requests at the beginning of `lines[at:]` whose outline is usual and in which nothing was found."""
        match = self._match_usual
        if match is None or (lines is self._flawed[0] and at < self._flawed[1]):
            return None
        begins, ids = [at], []
        while (found := match(lines, at)) is not None and found.end() - at <= self._longest:
            ids.append(found[found.lastindex or 0].decode())
            at = found.end() + 1
            begins.append(at)
        count = self._custom_ids.new_ones(ids)
        if not count:
            return None
        begin, end = begins[0], begins[count] - 1
        if not is_json(lines[begin:end]):
            self._flawed = (lines, end)
            return None
        lengths = [behind - each - 1 for each, behind in pairwise(begins[: count + 1])]
        self._custom_ids.add_lines(ids[:count], [base + each for each in begins[:count]], lengths, line)
        return Clean(count, sum(lengths), end - begin)

    def keep(self, item: Item, judgement: Judgement) -> None:
        """Keeps what was found in this request if it holds for all others of its outline."""
        if len(item.raw) > self._longest or item.irregularities or not leaves_out_texts_alone(item.value):
            return
        outline = outline_of(item.raw)
        if len(outline) <= LONGEST_OUTLINE:
            if len(self._known) >= MOST_OUTLINES:
                self._known.clear()
            self._known[outline] = _Known(judgement)

    def _count(self, known: _Known) -> None:
        known.recognised += 1
        self._recognised += 1
        if self._recognised == self._choose_after:
            self._choose_after *= CHOSEN_AGAIN
            clean = [outline for outline, each in self._known.items() if each.is_clean]
            usual = sorted(clean, key=lambda outline: -self._known[outline].recognised)[:USUAL]
            self._match_usual = pattern_of(usual, self._legal_id).match if usual else None

    def _count_unknown(self) -> None:
        """Gives up looking for known outlines where most requests are unlike all others."""
        self._unknown += 1
        if self._unknown == TRIED and self._recognised < TRIED and self._match_usual is None:
            self._longest = -1


def is_json(lines: bytes) -> bool:
    """Whether lines that are known to have the form of JSON are so in their strings too."""
    try:
        _pass_over_lines(lines)
        return lines.isascii() or bool(lines.decode())
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return False
