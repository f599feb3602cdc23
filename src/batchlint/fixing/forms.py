"""Edits of the form of a whole file: one value on each line, and UTF-8."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import Final

from batchlint.edits import Edit, OneValueALine, Splice
from batchlint.fixing.one_line import on_one_line
from batchlint.sources import UNREADABLE, Irregularity, Source
from batchlint.sources.lexemes import BLANKS

CHUNK: Final = 1 << 20
MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks and the encodings that they tell; that of UTF-32 begins as that of UTF-16 does, and comes first."""


def form_splices(source: Source, edit: Edit) -> Iterator[Splice]:
    """What an edit of the form does to a file, in the order of the file; nothing for one that it does not fit.

    Raises UnicodeDecodeError for a file that is not in the encoding that its mark tells.
    """
    return _one_value_a_line(source) if isinstance(edit, OneValueALine) else _recoded(source)


def _one_value_a_line(source: Source) -> Iterator[Splice]:
    end: int | None = None
    for item in source:
        if isinstance(item, Irregularity):
            continue
        if end is not None:
            yield from _between(source, end, item.offset)
        end = item.offset + len(item.raw)
        if item.value is not UNREADABLE and b"\n" in item.raw:
            yield Splice(item.offset, end, on_one_line(item.raw))
    if end is not None:
        yield from _behind(source, end)


def _between(source: Source, start: int, end: int) -> Iterator[Splice]:
    """What separates two values becomes a line end, if it is commas and blanks and not a line end already."""
    gap = source.read(start, min(end - start, CHUNK))
    if gap.strip(BLANKS + b",") or end - start > CHUNK:
        return
    if b"," in gap or b"\n" not in gap:
        yield Splice(start, end, b"\r\n" if b"\r\n" in gap else b"\n")


def _behind(source: Source, start: int) -> Iterator[Splice]:
    """Commas after the last value go."""
    rest = source.read(start, CHUNK)
    if b"," in rest and not rest.strip(BLANKS + b",") and start + len(rest) == source.size:
        last = rest.rindex(b",") + 1
        yield Splice(start, start + last)


def _recoded(source: Source) -> Iterator[Splice]:
    begin = source.read(0, 4)
    mark, encoding = next((each for each in MARKS if begin.startswith(each[0])), (b"", ""))
    if not mark:
        return
    yield Splice(0, len(mark))
    decoder = codecs.getincrementaldecoder(encoding)()
    at = len(mark)
    while data := source.read(at, CHUNK):
        yield Splice(at, at + len(data), decoder.decode(data).encode())
        at += len(data)
    decoder.decode(b"", final=True)
