"""The objects of a PDF, found by its last cross-reference, as its readers find them (ISO 32000-1, 7.5).

Of the base64 only what is looked at is decoded, mostly a few kilobytes. How much is read, inflated and followed is
bounded.
"""

from __future__ import annotations

import re
import zlib
from binascii import Error, a2b_base64
from collections.abc import Callable
from typing import TypeVar

from batchlint.media.pdf_sections import Found, ObjectPlace, Section, XrefStream, XrefTable
from batchlint.media.pdf_words import BrokenPdfError, Dictionary, Words, dictionary, number, reference, words

HEAD = 1_024
"""Bytes in which the header begins."""
END = 2_048
"""Bytes at the end in which the place of the last cross-reference is."""
WINDOWS = tuple(1_024 * 4**step for step in range(7))
"""Bytes of an object that are read, where those before were not enough."""
MAX_STREAM = 4_000_000
"""Bytes of a stream, and those that it is inflated to."""
MAX_READ = 2_000_000
"""Bytes that are read beyond as many as the file has, some again and again; a page takes one or two thousand."""
MAX_SECTIONS = 64
"""Sections of the cross-reference: one for each time that the file was saved."""

START = re.compile(rb"startxref\s+(\d{1,12})")
OBJECT = re.compile(rb"\s*(\d{1,10})\s+\d{1,5}\s+obj\b")
STREAM = re.compile(rb"\s*stream(?:\r\n|\n|\r)")

Parsed = TypeVar("Parsed")


class Base64Bytes:
    """The bytes of a file in base64, of which only those that are wanted are decoded; the first is that of `%PDF-`."""

    def __init__(self, data_base64: str) -> None:
        self._text = data_base64
        self._left = MAX_READ + len(data_base64)
        self._start = 0
        self._start = self(0, HEAD).find(b"%PDF-")
        if self._start < 0:
            raise BrokenPdfError("no PDF")

    def __call__(self, start: int, size: int) -> bytes:
        """So many bytes from a place on, or what there is of them."""
        self.spend(min(size, len(self._text)))
        start += self._start
        first = start // 3 * 4
        text = self._text[first : first + size * 4 // 3 + 8]
        try:
            return a2b_base64(text[: len(text) // 4 * 4])[start % 3 :][:size]
        except (Error, ValueError):
            raise BrokenPdfError("no base64") from None

    def spend(self, size: int) -> None:
        """Counts bytes that are read; raises BrokenPdfError when they become too many."""
        self._left -= size
        if self._left < 0:
            raise BrokenPdfError("too much to read")

    def all(self) -> bytes:
        """Every byte."""
        self._left += len(self._text)
        return self(0, len(self._text))

    def end(self) -> bytes:
        """The last bytes."""
        return self(max(0, len(self._text) // 4 * 3 - END - self._start), END + 3)


class PdfObjects:
    """The objects of the file that some base64 holds. Whatever cannot be followed raises BrokenPdfError."""

    def __init__(self, data_base64: str, repair: bool = False) -> None:
        """Reads the cross-reference; to `repair` it is to look through the whole file for objects instead."""
        self._bytes = Base64Bytes(data_base64)
        self._sections: list[Section] = []
        self._unpacked: dict[int, tuple[list[int], bytes]] = {}
        """Object streams: pairs of an object's number and its place, and the objects."""
        if repair:
            self._sections.append(Found(self._bytes.all()))
        else:
            starts = START.findall(self._bytes.end())
            if not starts:
                raise BrokenPdfError("no startxref")
            self._read_sections(int(starts[-1]))
        self.trailer = self._sections[0].trailer

    def dictionary(self, wanted: int) -> Dictionary:
        """An object that is a dictionary."""
        return self._parsed(wanted, dictionary)[0]

    def words(self, value: Words) -> Words:
        """The words of an array or a single word, also where a value only refers to it."""
        target = reference(value)
        return value if target is None else self._parsed(target, words)

    def _parsed(self, wanted: int, parse: Callable[[bytes], Parsed]) -> Parsed:
        place = self._place(wanted)
        if place.packed is not None:
            return parse(self._packed(place, wanted))
        return self._at(place.offset, wanted, parse)[0]

    def _place(self, wanted: int) -> ObjectPlace:
        for section in self._sections:
            if wanted in section:
                place = section.place(wanted)
                if place is None:
                    break
                return place
        raise BrokenPdfError("an object that is not there")

    def _at(self, offset: int, wanted: int | None, parse: Callable[[bytes], Parsed]) -> tuple[Parsed, int]:
        """What is at an offset, as the object of that number, and where its text begins."""
        for size in WINDOWS:
            window = self._bytes(offset, size)
            begin = OBJECT.match(window)
            if begin is None or (wanted is not None and int(begin[1]) != wanted):
                break
            try:
                return parse(window[begin.end() :]), offset + begin.end()
            except BrokenPdfError:
                if len(window) < size:
                    raise
        raise BrokenPdfError("no object where the cross-reference says")

    def _stream(self, offset: int, wanted: int | None) -> tuple[Dictionary, bytes]:
        """A stream that is at an offset: its dictionary and its bytes, inflated."""
        (members, end), place = self._at(offset, wanted, dictionary)
        size = self._length(members.get(b"/Length", []))
        raw = self._bytes(place + end, min(size, MAX_STREAM) + 16)
        begin = STREAM.match(raw)
        if begin is None or size > MAX_STREAM:
            raise BrokenPdfError("no stream, or a large one")
        data = raw[begin.end() : begin.end() + size]
        filters = [word for word in members.get(b"/Filter", []) if word not in (b"[", b"]")]
        if not filters:
            return members, data
        if filters != [b"/FlateDecode"]:
            raise BrokenPdfError("a filter that is not known")
        try:
            inflated = zlib.decompressobj().decompress(data, MAX_STREAM)
        except zlib.error:
            raise BrokenPdfError("a damaged stream") from None
        self._bytes.spend(len(inflated))
        return members, inflated

    def _length(self, value: Words) -> int:
        """The length of a stream, which may be in an object of its own, but not in a stream."""
        target = reference(value)
        if target is None:
            return number(value)
        place = self._place(target)
        if place.packed is not None:
            raise BrokenPdfError("the length of a stream in a stream")
        return number(self._at(place.offset, target, words)[0])

    def _read_sections(self, start: int) -> None:
        waiting, seen = [start], set[int]()
        while waiting:
            offset = waiting.pop(0)
            if offset in seen or len(seen) == MAX_SECTIONS:
                raise BrokenPdfError("a cross-reference in a circle, or in too many sections")
            seen.add(offset)
            self._sections.append(self._section(offset))
            trailer = self._sections[-1].trailer
            waiting += [number(trailer[name]) for name in (b"/XRefStm", b"/Prev") if name in trailer]

    def _section(self, offset: int) -> Section:
        head = self._bytes(offset, 64)
        if head.lstrip().startswith(b"xref"):
            return XrefTable(self._bytes, offset + head.index(b"xref") + len(b"xref"))
        return XrefStream(*self._stream(offset, None))

    def _packed(self, place: ObjectPlace, wanted: int) -> bytes:
        """The text of an object in an object stream."""
        if b"/Encrypt" in self.trailer:
            raise BrokenPdfError("encrypted")
        if place.offset not in self._unpacked:
            outer = self._place(place.offset)
            if outer.packed is not None:
                raise BrokenPdfError("an object stream in an object stream")
            members, data = self._stream(outer.offset, place.offset)
            first = self._length(members.get(b"/First", []))
            self._unpacked[place.offset] = [int(word) for word in data[:first].split() if word.isdigit()], data[first:]
        pairs, data = self._unpacked[place.offset]
        index = 2 * (place.packed or 0)
        if pairs[index : index + 1] != [wanted] or index + 1 >= len(pairs):
            raise BrokenPdfError("no such object in its object stream")
        begin, end = pairs[index + 1], pairs[index + 3] if index + 3 < len(pairs) else len(data)
        self._bytes.spend(max(0, end - begin))
        return data[begin:end] + b"\n"
