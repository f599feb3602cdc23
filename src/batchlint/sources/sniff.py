"""Recognises from the first bytes of a file what holds its items."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from batchlint.sources.broken import CutShortError, NotJsonError
from batchlint.sources.item import Irregularity
from batchlint.sources.lexemes import BLANKS, BYTE_ORDER_MARK
from batchlint.sources.strings import string_value
from batchlint.sources.window import Window

if TYPE_CHECKING:
    from batchlint.sources.readable import Readable

Container = Literal["jsonl", "array", "envelope"]

HEAD: Final = 1 << 20
"""Bytes in which the end of the first line is looked for."""
NOT_UTF8: Final = (
    (b"\xff\xfe\x00\x00", "the file is UTF-32"),
    (b"\x00\x00\xfe\xff", "the file is UTF-32"),
    (b"\xff\xfe", "the file is UTF-16"),
    (b"\xfe\xff", "the file is UTF-16"),
    (b"\x1f\x8b", "the file is compressed with gzip"),
    (b"\x28\xb5\x2f\xfd", "the file is compressed with zstd"),
    (b"\xfd7zXZ\x00", "the file is compressed with xz"),
    (b"BZh", "the file is compressed with bzip2"),
    (b"PK\x03\x04", "the file is a zip archive"),
    (b"7z\xbc\xaf", "the file is a 7z archive"),
    (b"\x04\x22\x4d\x18", "the file is compressed with lz4"),
    (b"PAR1", "the file is Parquet, a table in columns"),
    (b"ORC", "the file is ORC, a table in columns"),
    (b"ARROW1\x00", "the file is Arrow (Feather), a table in columns"),
    (b"Obj\x01", "the file is Avro, a table in rows"),
    (b"SQLite ", "the file is a database of SQLite"),
    (b"\x89HDF", "the file is HDF5, a container of arrays"),
)
"""The beginning of a file that is not UTF-8 as a whole."""
DECIDING: Final = ("requests", "custom_id", "params")
"""Keys of an envelope and of a request: the first of them that is seen decides what a file is."""
_deciding_key = re.compile(rb'"(?:requests|custom_id|params)"').match


class Head(NamedTuple):
    """The known facts about a file from its beginning: where its text starts, and whether it can be read at all."""

    container: Container
    start: int
    irregularities: tuple[Irregularity, ...] = ()
    readable: bool = True


def head_of(source: Readable) -> Head:
    """Looks at the beginning of a file, and no further than to the first key that decides."""
    begin = source.read(0, 8)
    foreign = _not_utf8(begin)
    if foreign is not None:
        told = Irregularity("invalid-utf-8", 0, len(begin[:2]), 1, 0, None, foreign)
        return Head("jsonl", 0, (told,), readable=False)
    if not begin.startswith(BYTE_ORDER_MARK):
        return Head(_container(source, 0), 0)
    start = len(BYTE_ORDER_MARK)
    mark = Irregularity("byte-order-mark", 0, start, 1, 0, None, "a byte order mark")
    return Head(_container(source, start), start, (mark,))


def is_not_utf8(head: bytes) -> bool:
    """Whether a file that begins with these bytes is no UTF-8 as a whole."""
    return _not_utf8(head[:8]) is not None


def _not_utf8(begin: bytes) -> str | None:
    for magic, detail in NOT_UTF8:
        if begin.startswith(magic):
            return detail
    zeros = tuple(byte == 0 for byte in begin[:4])
    if zeros in ((False, True, False, True), (True, False, True, False)):
        return "the file is UTF-16, without a byte order mark"
    if zeros in ((False, True, True, True), (True, True, True, False)):
        return "the file is UTF-32, without a byte order mark"
    return None


def _container(source: Readable, start: int) -> Container:
    window = Window(source, start, source.size)
    first = window.peek()
    if first == b"[":
        return "array"
    if first != b"{" or not _has_requests(window):
        return "jsonl"
    return "jsonl" if _is_one_of_several_lines(source, start) else "envelope"


def _has_requests(window: Window) -> bool:
    """Whether the object at the cursor has a member `requests`; a key of a request decides too."""
    window.at += 1
    try:
        while window.peek() == b'"':
            plain = _deciding_key(window.data, window.at)
            if plain is not None:
                return plain[0] == b'"requests"'
            end = window.value_end()
            key = string_value(window.data[window.at : end])
            if key in DECIDING:
                return key == "requests"
            window.at = end
            if window.peek() != b":":
                return False
            window.at += 1
            if not window.peek():
                return False
            window.at = window.value_end()
            if window.peek() != b",":
                return False
            window.at += 1
    except (NotJsonError, CutShortError):
        pass
    return False


def _is_one_of_several_lines(source: Readable, start: int) -> bool:
    """Whether the first line is a whole value and others follow: JSONL, though each line looks like an envelope."""
    head = source.read(start, HEAD)
    text = head.lstrip(BLANKS)
    line, _, rest = text.partition(b"\n")
    if not rest.strip(BLANKS):
        return False
    from batchlint.sources.grammar import end_of_value

    try:
        return not line[end_of_value(line) :].strip(BLANKS)
    except (NotJsonError, CutShortError):
        return False
