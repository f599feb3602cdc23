"""The sections of a PDF's cross-reference: tables and streams that say where its objects are (ISO 32000-1, 7.5.4)."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import islice
from typing import NamedTuple

from batchlint.media.pdf_words import BrokenPdfError, Dictionary, dictionary, number

ENTRY = 20
"""Bytes of an entry of a table."""
TRAILER = 4_096
"""Bytes in which the dictionary after a table is looked for."""
MAX_SUBSECTIONS = 1_000
MAX_FOUND = 200_000
"""Objects that are found in a file without a cross-reference."""
OBJECT = re.compile(rb"(?<!\d)(\d{1,10})\s{1,8}\d{1,5}\s{1,8}obj\b")
SUBSECTION = re.compile(rb"\s*(\d{1,10})[ \t]+(\d{1,10})[ \t]*(?:\r\n|\r|\n)")
NONE, UP = 0, 2
"""PNG filters: bytes as they are, or what each differs by from the one in the row above."""

ReadBytes = Callable[[int, int], bytes]


class ObjectPlace(NamedTuple):
    """Where an object is."""

    offset: int
    """In the file; of an object in an object stream, the number of that stream's object."""
    packed: int | None
    """Its index in an object stream; None: it is in the file itself."""


class ObjectRange(NamedTuple):
    """Objects with consecutive numbers."""

    first: int
    length: int
    start: int
    """Of the first one's entry: its place in the file, or its row in the stream."""


class XrefTable:
    """A table; an entry is read when it is wanted."""

    def __init__(self, read: ReadBytes, place: int) -> None:
        """Reads the headings of the table after the word xref, and its trailer; raises BrokenPdfError."""
        self._read = read
        self._ranges: list[ObjectRange] = []
        while heading := SUBSECTION.match(read(place, 64)):
            self._ranges.append(ObjectRange(int(heading[1]), int(heading[2]), place + heading.end()))
            place += heading.end() + int(heading[2]) * ENTRY
            if len(self._ranges) > MAX_SUBSECTIONS:
                raise BrokenPdfError("a table in too many parts")
        after = read(place, TRAILER).lstrip()
        if not after.startswith(b"trailer"):
            raise BrokenPdfError("no trailer after the table")
        self.trailer: Dictionary = dictionary(after.removeprefix(b"trailer"))[0]

    def __contains__(self, wanted: int) -> bool:
        return _index(self._ranges, wanted) is not None

    def place(self, wanted: int) -> ObjectPlace | None:
        """Where an object is; None: it is free."""
        for first, count, start in self._ranges:
            if first <= wanted < first + count:
                entry = self._read(start + (wanted - first) * ENTRY, ENTRY).split()
                if len(entry) != 3 or entry[2] not in (b"n", b"f"):
                    raise BrokenPdfError("no entry where one should be")
                return ObjectPlace(number(entry[:1]), None) if entry[2] == b"n" else None
        return None


class XrefStream:
    """A cross-reference stream: rows of three numbers."""

    def __init__(self, members: Dictionary, data: bytes) -> None:
        """Takes the dictionary and the inflated bytes of the stream; raises BrokenPdfError."""
        self.trailer = members
        self._widths = [number([word]) for word in members.get(b"/W", [])[1:-1]]
        if len(self._widths) != 3 or not 0 < sum(self._widths) <= 24:
            raise BrokenPdfError("no widths of a cross-reference stream")
        index = [number([word]) for word in members.get(b"/Index", [])[1:-1]]
        index = index or [0, number(members.get(b"/Size", []))]
        self._ranges: list[ObjectRange] = []
        start = 0
        for first, count in zip(index[::2], index[1::2], strict=False):
            self._ranges.append(ObjectRange(first, count, start))
            start += count
        parameters = members.get(b"/DecodeParms", [])
        after = parameters.index(b"/Predictor") + 1 if b"/Predictor" in parameters else len(parameters)
        predictor = b"".join(parameters[after : after + 1]) or b"1"
        self._filtered = predictor != b"1"
        if self._filtered and not (predictor.isdigit() and int(predictor) >= 10):
            raise BrokenPdfError("a predictor that is not known")
        self._data = data
        filters = set(data[:: sum(self._widths) + 1]) if self._filtered else {NONE}
        if not (filters <= {UP} or filters <= {NONE}):
            raise BrokenPdfError("a mixture of filters")
        self._filter = UP if UP in filters else NONE

    def __contains__(self, wanted: int) -> bool:
        return _index(self._ranges, wanted) is not None

    def place(self, wanted: int) -> ObjectPlace | None:
        """Where an object is; None: it is free."""
        kind, second, third = self._row(_index(self._ranges, wanted) or 0)
        if kind not in (1, 2):
            return None
        return ObjectPlace(second, None if kind == 1 else third)

    def _row(self, row: int) -> tuple[int, int, int]:
        length = sum(self._widths) + self._filtered
        end = (row + 1) * length
        if end > len(self._data):
            raise BrokenPdfError("a cross-reference stream that is cut off")
        columns = range(self._filtered, length)
        if self._filter == UP:
            values = bytes(sum(self._data[column:end:length]) & 0xFF for column in columns)
        else:
            values = self._data[end - length + self._filtered : end]
        one, two = self._widths[0], self._widths[0] + self._widths[1]
        kind = int.from_bytes(values[:one], "big") if one else 1
        return kind, int.from_bytes(values[one:two], "big"), int.from_bytes(values[two:], "big")


class Found:
    """What stands in for a cross-reference that is damaged: the last object of each number in the file itself."""

    def __init__(self, data: bytes) -> None:
        """Looks through a whole file; raises BrokenPdfError where nothing says which object is the root."""
        objects = islice(OBJECT.finditer(data), MAX_FOUND)
        self._places = {int(found[1]): ObjectPlace(found.start(), None) for found in objects}
        trailer = data.rfind(b"trailer")
        if trailer < 0:
            raise BrokenPdfError("no trailer")
        self.trailer: Dictionary = dictionary(data[trailer + len(b"trailer") :][:TRAILER])[0]

    def __contains__(self, wanted: int) -> bool:
        return wanted in self._places

    def place(self, wanted: int) -> ObjectPlace | None:
        """Where an object is."""
        return self._places[wanted]


Section = XrefTable | XrefStream | Found


def _index(ranges: list[ObjectRange], wanted: int) -> int | None:
    """The row of an object, counted from the first entry of the section; None: the section has none for it."""
    return next(
        (start + wanted - first for first, count, start in ranges if first <= wanted < first + count),
        None,
    )
