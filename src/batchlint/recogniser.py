"""Requests that need no second judgement: a program that writes a batch repeats itself in all but the texts.

A request whose outline is known is neither decoded nor judged again. What is left to prove is that its bytes are JSON
(`batchlint.json_proof`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property
from typing import Any, Final

from batchlint.custom_ids import CustomIds, Places
from batchlint.judgement import LONGEST_RECOGNISED, Judgement, Recognised
from batchlint.large import Large
from batchlint.outline import can_be_matched, leaves_out_what_it_may, outline_of, pattern_of
from batchlint.sources.decode import read_json
from batchlint.sources.item import Item
from batchlint.sources.reader import Begin, Clean, Reader, Separator, lines_of
from batchlint.stand_ins import without_images

ALL_OUTLINES: Final = 4_000_000
"""Bytes of all outlines that are kept at a time; a real file has a few outlines."""
ALL_MET: Final = 20_000
"""Outlines of which it is known that they were met once."""
TRIED: Final = 2_000
"""Requests of unknown outline after which it is seen whether looking for them is worth it."""
USUAL: Final = 16
"""Outlines of clean requests, at most, that are looked for by one pattern ..."""
ALL_USUAL: Final = 32_000
"""... and their bytes: to make the pattern takes a microsecond a byte or two."""
CHOSEN_AFTER: Final = 200
"""Requests that were recognised one by one after which the usual outlines are chosen ..."""
CHOSEN_AGAIN: Final = 8
"""... and after so many times as many they are chosen anew."""
BEHIND: Final[dict[Separator, bytes]] = {
    "line feed": rb"(?=\n|\Z)",
    "comma": rb"(?=[ \t\r\n]*+,[ \t\r\n]*+\{)",
}
"""What must come behind a request that is passed over."""
Match = Callable[[bytes, int, int], re.Match[bytes] | None]
"""Matches bytes from one place to another."""


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

    def __init__(self, custom_ids: CustomIds, legal_id: str, large: Large) -> None:
        """`custom_ids` takes the ids of what is passed over, `legal_id` is the pattern of those that need no look.

        No `large` request is recognised, nor one that is long without its images.
        """
        self._custom_ids = custom_ids
        self._legal_id = legal_id
        self._longest = min(large.least, LONGEST_RECOGNISED)
        self._most_bytes = large.most_bytes
        self._met: set[int] = set()
        self._known: dict[bytes, _Known] = {}
        self._size = 0
        self._unknown = 0
        self._recognised = 0
        self._choose_after = CHOSEN_AFTER
        self._usual: list[bytes] = []
        self._match_usual: dict[Separator, Match] = {}
        self._flawed = (b"", 0)
        self._latest = (b"", b"")

    def read(self, raw: bytes) -> Any:
        """`Recognised`, or the value of an item's bytes. Raises ValueError where there is a flaw in them."""
        outlined = self._outlined(raw)
        if outlined is None:
            return read_json(raw)
        texts, outline = outlined
        known = self._known.get(outline)
        if known is None:
            self._latest = (raw, outline)
            self._count_unknown()
            return read_json(raw)
        try:
            custom_id = self._id_of(texts)
        except ValueError:
            return read_json(raw)
        self._count(known)
        return Recognised(custom_id, known.judgement)

    def pass_over(self, data: bytes, at: int, end: int, begin: Begin, separator: Separator) -> Clean | None:
        """The requests that begin at `data[at:end]`, whose outlines are usual and in which nothing was found."""
        match = self._match_usual.get(separator) or self._matching_usual(separator)
        if match is None or (data is self._flawed[0] and at < self._flawed[1]):
            return None
        ids: dict[str, None] = {}
        begins, ends, following = [], [], at
        is_used = self._custom_ids.is_used
        while (found := match(data, following, end)) is not None and found.end() - following <= self._longest:
            custom_id = found[found.lastindex or 1].decode()
            if custom_id in ids or is_used(custom_id):
                break
            ids[custom_id] = None
            begins.append(following)
            ends.append(found.end())
            following = ends[-1] + 1 if separator == "line feed" else data.index(b"{", ends[-1])
        if not ids:
            return None
        if not self._is_json(data[at : ends[-1]], separator):
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
        """Keeps what was found in this request if its outline came before, and it holds for all others that have it."""
        raw, outline = self._latest
        if raw is not item.raw or item.irregularities:
            return
        if hash(outline) not in self._met:
            if len(self._met) >= ALL_MET:
                self._met.clear()
            self._met.add(hash(outline))
            return
        if not leaves_out_what_it_may(outline, item.value):
            return
        self._size += len(outline)
        if self._size > ALL_OUTLINES:
            self._known.clear()
            self._size = len(outline)
        self._known[outline] = _Known(judgement)

    def _outlined(self, raw: bytes) -> tuple[bytes, bytes] | None:
        """What there is of a request without its images, which are known to be JSON, and its outline.

        None where it is too long, or nothing is recognised any more.
        """
        if self._longest < 0 or len(raw) > self._most_bytes:
            return None
        texts, marked = without_images(raw)
        return (texts, outline_of(marked)) if len(texts) <= self._longest else None

    @cached_property
    def _id_of(self) -> Callable[[bytes], str | None]:
        from batchlint.json_proof import id_of

        return id_of

    @cached_property
    def _is_json(self) -> Callable[[bytes, Separator], bool]:
        from batchlint.json_proof import is_json

        return is_json

    def _count(self, known: _Known) -> None:
        known.recognised += 1
        self._recognised += 1
        if self._recognised == self._choose_after:
            self._choose_after *= CHOSEN_AGAIN
            clean = [outline for outline, each in self._known.items() if each.is_clean and can_be_matched(outline)]
            usual = sorted(clean, key=lambda outline: -self._known[outline].recognised)[:USUAL]
            while sum(map(len, usual)) > ALL_USUAL:
                usual.pop()
            if usual != self._usual:
                self._usual = usual
                self._match_usual.clear()

    def _matching_usual(self, separator: Separator) -> Match | None:
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
