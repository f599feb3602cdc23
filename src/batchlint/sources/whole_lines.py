"""Cuts a file into lines; those that are blank, known to be clean, or only to be counted come together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from batchlint.sources.lexemes import skip_blanks
from batchlint.sources.long_lines import LongLine, long_line
from batchlint.sources.reader import Begin, BrokenLines, Mark, Reader, SkippedRun

if TYPE_CHECKING:
    from batchlint.sources.alike import Alike
    from batchlint.sources.readable import Readable

CHUNK: Final = 1 << 18
"""Bytes read at a time."""

BLANK_BYTES: Final = (b" ", b"\t", b"\r", b"\n")


class BlankLines(NamedTuple):
    """Lines one after the other on which nothing stands but blanks."""

    lines: int
    length: int
    """Bytes, with their line feeds."""


class Lines(NamedTuple):
    """Whole lines: `data[start:end]`, without the line feed behind the last of them."""

    data: bytes
    start: int
    end: int


def lines_of(
    parts: Iterable[Lines | LongLine], mark: Mark, reader: Reader, counting: Sequence[Alike]
) -> Iterator[bytes | BlankLines | SkippedRun | BrokenLines | LongLine]:
    """The lines without their line feeds, and in place of some what the reader passes over, or what is only counted.

    An empty line behind the last line feed is none. `counting` is empty until enough is reported of broken lines.
    """
    offset, line = mark.offset, mark.line
    for part in parts:
        if isinstance(part, LongLine):
            yield part
            offset += part.length
            line += part.lines
            continue
        data, at, end = part
        base = offset - at
        offset += end + 1 - at
        while at <= end:
            if data[at : at + 1] in BLANK_BYTES:
                behind = data.rfind(b"\n", at, min(skip_blanks(data, at), end + 1)) + 1
                if behind:
                    lines = data.count(b"\n", at, behind)
                    yield BlankLines(lines, behind - at)
                    at = behind
                    line += lines
                    continue
            if counting:
                broken = counting[0].following(data, at, end, line, base + at)
                if broken is not None:
                    yield broken
                    at += broken.length
                    line += broken.lines
                    continue
            if reader.passes_over:
                begin = Begin(base + at, line, base + at)
                clean = reader.pass_over(data, at, end, begin, "line feed")
                if clean is not None:
                    yield clean
                    at += clean.length
                    line += clean.requests
                    continue
            feed = data.find(b"\n", at, end)
            if feed < 0:
                feed = end
            yield data[at:feed]
            at = feed + 1
            line += 1


def whole_lines(source: Readable, start: int, end: int) -> Iterator[Lines | LongLine]:
    """The whole lines of the file. Lines may be long, so each is copied once at most before somebody takes it out."""
    begun: list[bytes] = []
    at = start
    most = end if source.most_item_bytes is None else source.most_item_bytes
    while chunk := source.read(at, min(CHUNK, end - at)):
        at += len(chunk)
        first, last = chunk.find(b"\n"), chunk.rfind(b"\n")
        if begun and (len(begun) + 1) * CHUNK > most:
            line_start = at - len(chunk) - sum(map(len, begun))
            long = long_line(source, line_start, end, most)
            at, begun = line_start + long.length, []
            yield long
            continue
        if begun and first >= 0:
            line = b"".join((*begun, memoryview(chunk)[:first]))
            yield Lines(line, 0, len(line))
            begun = []
        else:
            first = -1
        if first < last:
            yield Lines(chunk, first + 1, last)
        if last + 1 < len(chunk):
            begun.append(chunk[last + 1 :])
    if begun:
        line = b"".join(begun)
        yield Lines(line, 0, len(line))
