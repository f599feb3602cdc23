"""Passes over the requests that are known to be clean, by the compiled scanner."""

from __future__ import annotations

from array import array
from ctypes import string_at
from typing import Final

from batchlint.engine.custom_ids import CustomIds
from batchlint.engine.native import KNOWN, NEW, OTHER, NativeScanner
from batchlint.sources.item import Item
from batchlint.sources.reader import Begin, Reader, Separator, SkippedRun

MOST: Final = 1 << 20
"""Requests that are passed over at a time."""
WORD: Final = 8
"""Bytes of a number of the scanner's columns."""
LONGEST_PAUSE: Final = 31
"""Requests that are not looked at after many in a row were looked at in vain."""


class Scanner(Reader):
    """A reader that leaves out what the scanner knows to be clean, but for the ids, which are looked at here."""

    passes_over = True

    def __init__(self, native: NativeScanner, custom_ids: CustomIds) -> None:
        self._native = native
        self._custom_ids = custom_ids
        self._candidate: tuple[bytes, int, int] | None = None
        self._tag = 0
        # After an id that was used before, few are looked at at a time: what is scanned behind such an id is in vain.
        self._limit = MOST
        self._stopped_at: int | None = None
        """Where the request begins at which the last scan ended, and which no other scan need look at."""
        self._is_unusual = False
        """Whether that one is not usual."""
        self._pause = self._next_pause = 0

    def pass_over(self, data: bytes, at: int, end: int, begin: Begin, separator: Separator) -> SkippedRun | None:
        """The clean requests that begin at `data[at:end]`, up to the first whose id was used before."""
        if self._is_left(begin.offset):
            return None
        why = self._native.scan(data, at, end, separator, self._limit, begin)
        outcome = self._native.outcome
        count = outcome.requests
        self._candidate = (data, outcome.candidate, outcome.candidate_length) if why in (NEW, KNOWN) else None
        self._tag = outcome.tag if why == KNOWN else 0
        self._is_unusual = why == OTHER
        self._stopped_at = begin.offset + outcome.consumed if why in (NEW, KNOWN, OTHER) else None
        if not count:
            self._next_pause = 0 if why != OTHER else min(2 * self._next_pause + 1, LONGEST_PAUSE)
            self._pause = self._next_pause // 2
            return None
        self._next_pause = 0
        ids = string_at(outcome.ids, outcome.ids_length).decode().split("\n")
        columns = (outcome.offsets, outcome.lengths, outcome.lines, outcome.line_offsets)
        offsets, lengths, lines, line_offsets = (array("q", string_at(column, count * WORD)) for column in columns)
        size, length = outcome.size, outcome.consumed
        if (new := self._new_ids(ids)) < count:
            self._candidate = self._stopped_at = None
            self._limit = 1
            begins = line_offsets if separator == "line feed" else offsets
            length = begins[new] - begin.offset
            ids, offsets, lengths = ids[:new], offsets[:new], lengths[:new]
            lines, line_offsets = lines[:new], line_offsets[:new]
            size = sum(lengths)
            if not new:
                return None
        else:
            self._limit = min(2 * self._limit, MOST)
        return SkippedRun(len(ids), size, length, ids, (offsets, lengths, lines, line_offsets))

    def is_unusual(self, item: Item) -> bool:
        """Whether the item is known not to be usual."""
        return self._is_unusual and item.offset == self._stopped_at

    def tag_of(self, item: Item) -> int:
        """The number of what is found in the item, where that is known; else 0."""
        return self._tag if self._tag and self._is_candidate(item) else 0

    def learn(self, item: Item, tag: int) -> None:
        """This was found in the item; if it is the one at which the last scan ended, it is found in those like it."""
        if self._is_candidate(item):
            self._candidate = self._stopped_at = None
            self._native.learn(tag)

    def _is_left(self, offset: int) -> bool:
        """Whether the request that begins there is left to others without a look at it."""
        if offset == self._stopped_at:
            return True
        if not self._pause:
            return False
        self._pause -= 1
        self._candidate = None
        self._tag = 0
        self._is_unusual, self._stopped_at = True, offset
        return True

    def _is_candidate(self, item: Item) -> bool:
        if self._candidate is None:
            return False
        data, at, length = self._candidate
        return data[at : at + length] == item.raw

    def _new_ids(self, ids: list[str]) -> int:
        """How many of the first ids were not used before, here or earlier."""
        used = self._custom_ids.among(ids)
        if not used and len(set(ids)) == len(ids):
            return len(ids)
        for count, custom_id in enumerate(ids):
            if custom_id in used:
                return count
            used.add(custom_id)
        return len(ids)
