"""Passes over the requests that are known to be clean, by the compiled scanner."""

from __future__ import annotations

from array import array
from ctypes import string_at
from typing import Final

from batchlint.engine.custom_ids import CustomIds
from batchlint.engine.native import KNOWN, NEW, NativeScanner
from batchlint.sources.item import Item
from batchlint.sources.reader import Begin, Reader, Separator, SkippedRun

MOST: Final = 1 << 20
"""Requests that are passed over at a time."""
WORD: Final = 8
"""Bytes of a number of the scanner's columns."""


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

    def pass_over(self, data: bytes, at: int, end: int, begin: Begin, separator: Separator) -> SkippedRun | None:
        """The clean requests that begin at `data[at:end]`, up to the first whose id was used before."""
        why = self._native.scan(data, at, end, separator, self._limit, begin)
        outcome = self._native.outcome
        count = outcome.requests
        self._candidate = (data, outcome.candidate, outcome.candidate_length) if why in (NEW, KNOWN) else None
        self._tag = outcome.tag if why == KNOWN else 0
        if not count:
            return None
        ids = string_at(outcome.ids, outcome.ids_length).decode().split("\n")
        columns = (outcome.offsets, outcome.lengths, outcome.lines, outcome.line_offsets)
        offsets, lengths, lines, line_offsets = (array("q", string_at(column, count * WORD)) for column in columns)
        size, length = outcome.size, outcome.consumed
        if (new := self._new_ids(ids)) < count:
            self._candidate = None
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

    def tag_of(self, item: Item) -> int:
        """The number of what is found in the item, where that is known; else 0."""
        return self._tag if self._tag and self._is_candidate(item) else 0

    def learn(self, item: Item, tag: int) -> None:
        """This was found in the item; if it is the one at which the last scan ended, it is found in those like it."""
        if self._is_candidate(item):
            self._candidate = None
            self._native.learn(tag)

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
