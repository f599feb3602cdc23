"""Passes over the requests that are known to be clean, by the compiled scanner."""

from __future__ import annotations

from array import array
from ctypes import string_at
from typing import Any, Final

from batchlint.engine.custom_ids import CustomIds
from batchlint.engine.native import KNOWN, NEW, OTHER, NativeScanner
from batchlint.sources.decode import read_json
from batchlint.sources.item import Item
from batchlint.sources.reader import Begin, Reader, Separator, SkippedRun

MOST: Final = 1 << 20
"""Requests that are passed over at a time."""
WORD: Final = 8
"""Bytes of a number of the scanner's columns."""
PATIENCE: Final = 32
"""Scans in vain, one after the other, after which few requests are looked at."""
PAUSE: Final = 7
"""Requests that are not looked at then; a scan is cheap, and a request that is judged though it was known is dear."""


class KnownRequest(dict[str, Any]):
    """Stands for the value of a request of which it is known what is found: of what it holds, the id alone is read."""

    __slots__ = ("tag",)
    tag: int
    """The number of what is found."""


class Scanner(Reader):
    """A reader that leaves out what the scanner knows to be clean, but for the ids, which are looked at here."""

    passes_over = True

    def __init__(self, native: NativeScanner, custom_ids: CustomIds, reads_known: bool = False) -> None:
        """`reads_known`: whether all of a request is to be read, though it is known what is found in it."""
        self._native = native
        self._reads_known = reads_known
        self._custom_ids = custom_ids
        self._candidate: tuple[bytes, int, int] | None = None
        self._tag = 0
        # After an id that was used before, few are looked at at a time: what is scanned after such an id is in vain.
        self._limit = MOST
        self._stopped_at: int | None = None
        """Where the request begins at which the last scan ended, and which no other scan need look at."""
        self._is_unusual = False
        """Whether that one is not usual."""
        self._in_vain = self._pause = 0

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
        self._in_vain = self._in_vain + 1 if why == OTHER and not count else 0
        if not count:
            self._pause = PAUSE if self._in_vain > PATIENCE else 0
            return None
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

    def read(self, raw: bytes) -> Any:
        """The value of an item's bytes; a `KnownRequest` where it is known what is found in the item."""
        if not self._tag or self._reads_known or not self._is_candidate(raw):
            return read_json(raw)
        outcome = self._native.outcome
        known = KnownRequest(custom_id=raw[outcome.candidate_id : outcome.candidate_id_end].decode())
        known.tag = self._tag
        return known

    def tag_of(self, item: Item) -> int:
        """The number of what is found in the item, where that is known; else 0."""
        if isinstance(item.value, KnownRequest):
            return item.value.tag
        return self._tag if self._tag and self._is_candidate(item.raw) else 0

    def learn(self, item: Item, tag: int) -> None:
        """This was found in the item; if it is the one at which the last scan ended, it is found in those like it."""
        if self._is_candidate(item.raw):
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

    def _is_candidate(self, raw: bytes) -> bool:
        if self._candidate is None:
            return False
        data, at, length = self._candidate
        return length == len(raw) and data.startswith(raw, at)

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
