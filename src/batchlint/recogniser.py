"""Requests that need no second judgement: a program that writes a batch repeats itself in all but the texts.

A request whose outline is known is neither decoded nor judged again. What is left to prove is that its bytes are JSON:
msgspec passes over them without making values of them, and Python looks at the UTF-8, at which msgspec does not look.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, Final

import msgspec

from batchlint.custom_ids import CustomIds, Places
from batchlint.judgement import LONGEST_RECOGNISED, Judgement, Recognised
from batchlint.outline import leaves_out_id, leaves_out_texts_alone, outline_of, pattern_of
from batchlint.sources.decode import read_json
from batchlint.sources.item import Item
from batchlint.sources.reader import Begin, Clean, Reader, Separator

ALL_OUTLINES: Final = 4_000_000
"""Bytes of all outlines that are kept at a time; a real file has a few outlines."""
TRIED: Final = 2_000
"""Requests of unknown outline after which it is seen whether looking for them is worth it."""
USUAL: Final = 16
"""Outlines of clean requests, at most, that are looked for by one pattern ..."""
ALL_USUAL: Final = 32_000
"""... and their bytes: to make the pattern takes a microsecond a byte or two."""
CHOSEN_AFTER: Final = 500
"""Requests that were recognised one by one after which the usual outlines are chosen ..."""
CHOSEN_AGAIN: Final = 8
"""... and after so many times as many they are chosen anew."""
BEHIND: Final[dict[Separator, bytes]] = {
    "line feed": rb"(?=\n|\Z)",
    "comma": rb"(?=[ \t\r\n]*+,[ \t\r\n]*+\{)",
}
"""What must come behind a request that is passed over."""


class _Request(msgspec.Struct):
    """A request of which no more is decoded than the id."""

    custom_id: str | None = None


_id_of = msgspec.json.Decoder(_Request).decode
_pass_over_lines = msgspec.json.Decoder(msgspec.Raw).decode_lines
_pass_over_list = msgspec.json.Decoder(list[msgspec.Raw]).decode


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


class Recogniser(Reader):
    """The judgements of a run by outline, put to use while files are read."""

    def __init__(self, custom_ids: CustomIds, legal_id: str, longest: int) -> None:
        """`custom_ids` takes the ids of what is passed over, `legal_id` is the pattern of those that need no look.

        No request of more bytes than `longest` is recognised.
        """
        self._custom_ids = custom_ids
        self._legal_id = legal_id
        self._longest = min(longest, LONGEST_RECOGNISED)
        self._known: dict[bytes, _Known] = {}
        self._size = 0
        self._unknown = 0
        self._recognised = 0
        self._choose_after = CHOSEN_AFTER
        self._usual: list[bytes] = []
        self._match_usual: dict[Separator, Callable[[bytes, int], re.Match[bytes] | None]] = {}
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

    def pass_over(self, data: bytes, at: int, begin: Begin, separator: Separator) -> Clean | None:
        """The requests that begin at `data[at:]`, whose outlines are usual and in which nothing was found."""
        match = self._match_usual.get(separator) or self._matching_usual(separator)
        if match is None or (data is self._flawed[0] and at < self._flawed[1]):
            return None
        ids: dict[str, None] = {}
        begins, ends, following = [], [], at
        is_used = self._custom_ids.is_used
        while (found := match(data, following)) is not None and found.end() - following <= self._longest:
            custom_id = found[found.lastindex or 1].decode()
            if custom_id in ids or is_used(custom_id):
                break
            ids[custom_id] = None
            begins.append(following)
            ends.append(end := found.end())
            following = end + 1 if separator == "line feed" else data.index(b"{", end)
        if not ids:
            return None
        if not is_json(data[at : ends[-1]], separator):
            self._flawed = (data, ends[-1])
            return None
        lengths = list(map(int.__sub__, ends, begins))
        offsets = [begin.offset - at + each for each in begins]
        if separator == "line feed":
            places: Places = (offsets, lengths, range(begin.line, begin.line + len(ids)), offsets)
        else:
            places = (offsets, lengths, *lines_of(data, begins, begin))
        self._custom_ids.add_new(list(ids), places)
        return Clean(len(ids), sum(lengths), following - at)

    def keep(self, item: Item, judgement: Judgement) -> None:
        """Keeps what was found in this request if it holds for all others of its outline."""
        if len(item.raw) > self._longest or item.irregularities or not leaves_out_texts_alone(item.value):
            return
        outline = outline_of(item.raw)
        self._size += len(outline)
        if self._size > ALL_OUTLINES:
            self._known.clear()
            self._size = len(outline)
        self._known[outline] = _Known(judgement)

    def _count(self, known: _Known) -> None:
        known.recognised += 1
        self._recognised += 1
        if self._recognised == self._choose_after:
            self._choose_after *= CHOSEN_AGAIN
            clean = [outline for outline, each in self._known.items() if each.is_clean and leaves_out_id(outline)]
            usual = sorted(clean, key=lambda outline: -self._known[outline].recognised)[:USUAL]
            while sum(map(len, usual)) > ALL_USUAL:
                usual.pop()
            if usual != self._usual:
                self._usual = usual
                self._match_usual.clear()

    def _matching_usual(self, separator: Separator) -> Callable[[bytes, int], re.Match[bytes] | None] | None:
        """Matches the usual requests with this separator behind them; None where nothing is usual yet."""
        if not self._usual:
            return None
        pattern = re.compile(pattern_of(self._usual, self._legal_id) + BEHIND[separator])
        self._match_usual[separator] = pattern.match
        return pattern.match

    def _count_unknown(self) -> None:
        """Gives up looking for known outlines where most requests are unlike all others."""
        self._unknown += 1
        if self._unknown == TRIED and self._recognised < TRIED and not self._usual:
            self._longest = -1


def is_json(data: bytes, separator: Separator) -> bool:
    """Whether values that are known to have the form of JSON are so in their strings too."""
    try:
        if separator == "line feed":
            _pass_over_lines(data)
        else:
            _pass_over_list(b"[%s]" % data)
        return data.isascii() or bool(data.decode())
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return False


def lines_of(data: bytes, begins: Sequence[int], first: Begin) -> tuple[list[int], list[int]]:
    """The lines on which items begin at these places in `data`, and the absolute offsets at which those lines do."""
    lines, line_offsets = [], []
    base, line, line_offset = first.offset - begins[0], first.line, first.line_offset
    last = begins[0]
    for begin in begins:
        feeds = data.count(b"\n", last, begin)
        if feeds:
            line += feeds
            line_offset = base + data.rindex(b"\n", last, begin) + 1
        lines.append(line)
        line_offsets.append(line_offset)
        last = begin
    return lines, line_offsets
