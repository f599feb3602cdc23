"""How many pages a PDF has, and how much text they show.

The pages are those of the page tree that the last cross-reference leads to; where that is damaged, the last object of
each number is taken. Where there is no such tree they are guessed from whatever looks like one, and so is the text
always. Whatever the data, nothing is raised, and how much is read, inflated and counted is bounded.
"""

from __future__ import annotations

import re
import zlib
from binascii import Error, a2b_base64
from collections.abc import Callable, Iterator
from itertools import islice
from typing import NamedTuple

from batchlint.caching import ByLargeText
from batchlint.media.pdf_objects import PdfObjects
from batchlint.media.pdf_words import BrokenPdfError, Dictionary, number, reference, references

BELIEVED = 50
"""Pages that a file may state without their being counted: no limit is as low."""
MAX_COUNTED = 2_000
"""Pages that are counted; a file that has as many may well have all that it states."""
MAX_GUESSED = 10_000
"""Pages that are guessed at most."""
MAX_INFLATED = 32_000_000
"""Bytes that are inflated of one file, so that a small file cannot cost minutes."""
MAX_STREAM = 4_000_000
"""Bytes that are inflated of one stream."""
STREAM_COST = 1_000
"""What a stream counts towards MAX_INFLATED next to its bytes."""
BEFORE_STREAM = 300
"""Bytes before a stream in which its dictionary says what it is."""
MAX_SHOWN = 2_000_000
"""Characters of text after which no further stream is looked at: any limit is passed by then."""
NO_TEXT = re.compile(rb"/Image|/Length1|/XRef|/ObjStm|/Metadata|/EmbeddedFile")

PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
# Possessive, and content with a string that has no end, so that no text makes it try the same bytes again and again.
SHOWN_TEXT = re.compile(
    rb"\(((?:[^\\()]|\\.|\((?:[^\\()]|\\.){0,4000}+\)){0,4000}+)\)?|<([0-9A-Fa-f\s]{2,8000}+)>", re.DOTALL
)
ESCAPED = re.compile(rb"\\(?:[0-7]{1,3}|.)", re.DOTALL)


class PageCount(NamedTuple):
    """The pages of a PDF."""

    number: int
    is_sure: bool
    """Whether the file holds together; what is not sure must not make an error."""


class Text(NamedTuple):
    """What a PDF holds next to its pages."""

    characters: int
    """Of the text that its pages show; 0: none that can be read."""
    size: int
    """Bytes of the file."""


def _pages(data_base64: str) -> PageCount | None:
    for repair in (False, True):
        try:
            return _counted(PdfObjects(data_base64, repair))
        except BrokenPdfError:
            continue
    return _guessed(data_base64)


def _text(data_base64: str) -> Text:
    data = _decoded(data_base64)
    if data is None:
        return Text(0, len(data_base64) // 4 * 3)
    shown = 0
    for stream in _inflated(data, _is_text):
        shown += _shown_characters(stream)
        if shown > MAX_SHOWN:
            break
    return Text(shown, len(data))


pdf_pages = ByLargeText(_pages)
"""The pages of a PDF in base64; None: it is no PDF, or does not say them in a readable way."""
pdf_text = ByLargeText(_text)
"""What a PDF in base64 holds next to its pages. All of it is decoded and inflated for that."""


def _counted(objects: PdfObjects) -> PageCount:
    root = objects.dictionary(_target(objects.trailer, b"/Root"))
    top = _target(root, b"/Pages")
    stated = number(objects.words(objects.dictionary(top).get(b"/Count", [])))
    if 0 < stated <= BELIEVED:
        return PageCount(stated, is_sure=True)
    found = _leaves(objects, top)
    if not (found or stated):
        raise BrokenPdfError("no pages")
    if found >= MAX_COUNTED:
        found = max(found, min(stated, MAX_GUESSED))
        return PageCount(found, is_sure=True)
    return PageCount(found or min(stated, MAX_GUESSED), is_sure=found == stated)


def _leaves(objects: PdfObjects, top: int) -> int:
    """The pages of the tree, of many only the first."""
    waiting, seen, found = [top], set[int](), 0
    while waiting and found < MAX_COUNTED:
        node = waiting.pop()
        if node in seen:
            raise BrokenPdfError("a page tree in a circle")
        seen.add(node)
        if len(seen) > 2 * MAX_COUNTED:
            raise BrokenPdfError("too many branches of the page tree")
        members = objects.dictionary(node)
        if b"/Kids" in members:
            waiting += references(objects.words(members[b"/Kids"]))
        else:
            found += 1
    return found


def _target(members: Dictionary, name: bytes) -> int:
    target = reference(members.get(name, []))
    if target is None:
        raise BrokenPdfError(f"no {name.decode()}")
    return target


def _guessed(data_base64: str) -> PageCount | None:
    """The objects that say they are pages, in plain sight or else in object streams."""
    data = _decoded(data_base64)
    if data is None:
        return None
    count = _in_sight(data) or sum(_in_sight(stream) for stream in _inflated(data, lambda words: b"/ObjStm" in words))
    return PageCount(min(count, MAX_GUESSED), is_sure=False) if count else None


def _in_sight(data: bytes) -> int:
    return sum(1 for _ in islice(PAGE.finditer(data), MAX_GUESSED))


def _decoded(data_base64: str) -> bytes | None:
    try:
        data = a2b_base64(data_base64[: len(data_base64) // 4 * 4])
    except (Error, ValueError):
        return None
    return data if b"%PDF-" in data[:1024] else None


def _is_text(words: bytes) -> bool:
    """Whether a stream with these words before it may show text."""
    return NO_TEXT.search(words) is None


def _inflated(data: bytes, is_wanted: Callable[[bytes], bool]) -> Iterator[bytes]:
    """The streams of a PDF that are wanted by the words before them, inflated where they are deflated."""
    left = MAX_INFLATED
    end = 0
    while left > 0:
        begin = data.find(b"stream", end) + len(b"stream")
        end = data.find(b"endstream", begin)
        if begin < len(b"stream") or end < 0:
            return
        if is_wanted(data[max(0, begin - BEFORE_STREAM) : begin]):
            raw = data[begin : min(end, begin + MAX_STREAM)].lstrip(b"\r\n")
            try:
                stream = zlib.decompressobj().decompress(raw, min(MAX_STREAM, left))
            except zlib.error:
                stream = raw
            left -= len(stream)
            yield stream
        left -= STREAM_COST
        end += len(b"endstream")


def _shown_characters(stream: bytes) -> int:
    """Characters of the strings in a content stream that shows text (`BT ... Tj ... ET`); 0 for any other stream."""
    if b"BT" not in stream or (b"Tj" not in stream and b"TJ" not in stream):
        return 0
    return sum(_length(found) for found in SHOWN_TEXT.finditer(stream))


def _length(found: re.Match[bytes]) -> int:
    plain, hexadecimal = found.groups()
    if plain is None:
        return len(hexadecimal) // 4  # mostly two bytes a character
    return len(ESCAPED.sub(b"x", plain)) if b"\\" in plain else len(plain)
