"""How many pages and characters a PDF has, as far as that can be told without a PDF library.

Most files say the number of pages in plain text, or in an object stream that inflates to plain text. Whatever the
data, nothing is raised; inflating is bounded.
"""

from __future__ import annotations

import re
import zlib
from binascii import Error, a2b_base64
from collections.abc import Iterator
from itertools import islice

MAX_INFLATED = 64_000_000
"""Bytes that are inflated of one file, so that a small file cannot cost minutes."""
MAX_STREAM = 8_000_000
"""Bytes that are inflated of one stream."""
STREAM_COST = 1_000
"""What a stream counts towards MAX_INFLATED beside its bytes."""
MAX_DICTIONARY = 20_000
"""Bytes before and after the type of a node of the page tree, most of which lists its children."""
MAX_NODES = 5_000
"""Nodes of the page tree that are looked at."""

PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
PAGE_TREE = re.compile(rb"/Type\s*/Pages(?![A-Za-z])")
COUNT = re.compile(rb"/Count\s+(\d{1,6})(?!\d)")
# Possessive, so that no text makes them try the same bytes again and again.
SHOWN_TEXT = re.compile(rb"\(((?:[^\\()]|\\.){0,4000}+)\)|<([0-9A-Fa-f\s]{2,8000}+)>", re.DOTALL)


def pdf_pages(data_base64: str) -> int | None:
    """The number of pages; None when the data is no PDF, or one that does not say it in a readable way."""
    data = _decoded(data_base64)
    return None if data is None else _pages(data)


def pdf_content(data_base64: str) -> tuple[int | None, int, int]:
    """Pages as `pdf_pages`, characters of text that the pages show (0: none that can be read), and bytes."""
    data = _decoded(data_base64)
    if data is None:
        return None, 0, len(data_base64) // 4 * 3
    shown = sum(map(_shown_characters, _inflated(data)))
    return _pages(data), shown, len(data)


def _decoded(data_base64: str) -> bytes | None:
    try:
        data = a2b_base64(data_base64[: len(data_base64) // 4 * 4])
    except (Error, ValueError):
        return None
    return data if b"%PDF-" in data[:1024] else None


def _pages(data: bytes) -> int | None:
    plain = _pages_in(data)
    return plain or max((_pages_in(stream) or 0 for stream in _inflated(data, b"/ObjStm")), default=0) or None


def _pages_in(text: bytes) -> int | None:
    """The greatest count that a node of the page tree states, or else the number of page objects."""
    nodes = islice(PAGE_TREE.finditer(text), MAX_NODES)
    counts = [int(count[1]) for node in nodes if (count := COUNT.search(_dictionary_at(text, node)))]
    return max(counts, default=0) or len(PAGE.findall(text)) or None


def _dictionary_at(text: bytes, found: re.Match[bytes]) -> bytes:
    start = text.rfind(b"<<", max(0, found.start() - MAX_DICTIONARY), found.start())
    end = text.find(b">>", found.end(), found.end() + MAX_DICTIONARY)
    return text[start:end] if 0 <= start < end else b""


def _inflated(data: bytes, kind: bytes = b"") -> Iterator[bytes]:
    """The streams of a PDF, inflated where they are deflated; only those whose dictionary has the word `kind`."""
    left = MAX_INFLATED
    end = 0
    while left > 0:
        begin = data.find(b"stream", end) + len(b"stream")
        end = data.find(b"endstream", begin)
        if begin < len(b"stream") or end < 0:
            return
        if kind not in data[max(0, begin - 300) : begin]:
            end += len(b"endstream")
            continue
        raw = data[begin:end].lstrip(b"\r\n")
        try:
            stream = zlib.decompressobj().decompress(raw, min(MAX_STREAM, left))
        except zlib.error:
            stream = raw[:MAX_STREAM]
        left -= len(stream) + STREAM_COST
        end += len(b"endstream")
        yield stream


def _shown_characters(stream: bytes) -> int:
    """Characters of the strings in a content stream that shows text (`BT ... Tj ... ET`); 0 for any other stream."""
    if b"BT" not in stream or (b"Tj" not in stream and b"TJ" not in stream):
        return 0
    return sum(
        len(found[1]) if found[1] is not None else len(found[2]) // 4  # hexadecimal is mostly two bytes a character
        for found in SHOWN_TEXT.finditer(stream)
    )
