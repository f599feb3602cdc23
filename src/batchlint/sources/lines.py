"""Reads JSONL: one value on each line."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Final

from batchlint.sources.concatenated import SharedLines, concatenated_values
from batchlint.sources.item import Irregularity, Item
from batchlint.sources.lexemes import BLANKS, skip_blanks
from batchlint.sources.long_lines import HEAVY_FROM, LongLine, passed_over, unread_item
from batchlint.sources.reader import BrokenLines, Mark, NotApart, Read, Reader, SkippedRun
from batchlint.sources.whole_lines import CHUNK, BlankLines, lines_of, whole_lines
from batchlint.sources.window import Window

if TYPE_CHECKING:
    from batchlint.sources.alike import Alike
    from batchlint.sources.readable import Readable

REPORTED_AT_END: Final = frozenset({"pretty-printed-values", "several-values-on-line"})
"""Kinds of irregularities that are reported after all items, wherever they begin."""


def read_lines(source: Readable, mark: Mark, reader: Reader, end: int | None = None) -> Generator[Read, None, Mark]:
    """The items of a JSONL file: every line that is not blank, whether it can be read or not.

    Where a value goes on over several lines, it is values one after the other from there on, and no longer lines.
    They are read from a mark on, at which a line begins. With an `end` this is a part of the file, after which comes
    a line that is not blank, or nothing: `NotApart` is raised where not every line of it is an item or blank. Returns
    where the next line begins.
    """
    offset, index, line = mark.offset, mark.index, mark.line - 1
    read = offset  # everything before it has been read, lines that go on with a value too
    blank: tuple[int, int] | None = None  # offset and line of the first blank line of a run
    pretty: Irregularity | None = None
    shared_lines = SharedLines()
    counting: list[Alike] = []
    alike = _alike(source.enough)
    most = source.most_item_bytes
    looked_at = HEAVY_FROM if most is None else min(HEAVY_FROM, most)
    parts = whole_lines(source, offset, source.size if end is None else end)
    for text in lines_of(parts, mark, reader, counting):
        line += 1
        if isinstance(text, BlankLines):
            if offset >= read:
                blank = blank or (offset, line)
            line += text.lines - 1
            offset += text.length
            continue
        if isinstance(text, (SkippedRun, BrokenLines)):
            if blank is not None:
                yield _blank_lines(*blank, offset, line)
                blank = None
            yield text
            lines = text.requests if isinstance(text, SkippedRun) else text.lines
            index += lines
            line += lines - 1
            offset += text.length
            continue
        passed, more_lines = None, 0
        if isinstance(text, LongLine):
            length, more_lines, begin, raw, passed = text._replace(lines=text.lines - 1)
        else:
            raw, length, begin = text.strip(BLANKS), len(text) + 1, offset
            if len(raw) < len(text):
                begin += len(text) - len(text.lstrip(BLANKS))
        if offset < read:
            offset += length
            continue
        if not raw and passed is None:
            blank = blank or (offset, line)
            offset += length
            continue
        if blank is not None:
            yield _blank_lines(*blank, offset, line)
            blank = None
        if passed is None and len(raw) >= looked_at:
            passed = passed_over(source, raw, begin)
        if passed is not None:
            if end is not None and more_lines:
                raise NotApart
            yield unread_item(passed, index, begin, line, offset, most)
            index += 1
            line += more_lines
            offset += length
            continue
        try:
            value = reader.read(raw)
        except ValueError:
            from batchlint.sources.odd_lines import odd_line

            before = index
            odd = odd_line(source, raw, begin, line, offset, index, shared_lines, reader)
            if alike is not None and not isinstance(text, LongLine):
                odd = alike.watch(text, odd)
            index, shared_lines, read = yield from odd
            if alike is not None and alike.is_enough and not counting:
                counting.append(alike)
            if end is not None and (index == before or shared_lines.lines or read > end):
                raise NotApart from None
            if index == before:  # The value goes on after the line.
                pretty = Irregularity("pretty-printed-values", begin, begin + 1, line, offset, None, "")
                window = Window(source, begin, source.size, line, offset)
                index, shared_lines = yield from concatenated_values(window, index, shared_lines, reader)
                break
        else:
            yield Item(index, begin, line, offset, raw, value)
            index += 1
        offset += length
    if pretty is not None and index > 1:
        yield pretty._replace(detail=f"{index:,} values")
    if shared_lines.lines:
        yield shared_lines.irregularity()
    if end is not None and end < source.size and blank is not None:
        yield _blank_lines(*blank, offset, line + 1)
    if not index and end is None:
        yield Irregularity(
            "empty-file", mark.offset, source.size, 1, mark.offset, None, "nothing but blanks" if line else "0 bytes"
        )
    return Mark(offset, index, line + 1, offset)


def _alike(enough: int | None) -> Alike | None:
    """What counts broken lines, where not each of them is told."""
    if enough is None:
        return None
    from batchlint.sources.alike import Alike

    return Alike(enough)


def line_at(source: Readable, offset: int, limit: int | None = None) -> int | None:
    """Where the first line begins, at an offset or after it, that is not blank; None where there is none.

    With a limit, one that begins after it need not be found.
    """
    at, begin = max(offset - 1, 0), None if offset else 0
    while data := source.read(at, CHUNK):
        start = 0
        if begin is None:
            start = data.find(b"\n") + 1
            begin = at + start if start else None
        if begin is not None:
            place = skip_blanks(data, start)
            begin = at + data.rfind(b"\n", start, place) + 1 if b"\n" in data[start:place] else begin
            if place < len(data):
                return begin
        at += len(data)
        if limit is not None and at >= limit:
            break
    return None


def _blank_lines(begin: int, first: int, end: int, behind: int) -> Irregularity:
    """The blank lines from one offset and line to another."""
    count = behind - first
    detail = "a blank line" if count == 1 else f"{count:,} blank lines"
    return Irregularity("blank-line", begin, end, first, begin, None, detail)
