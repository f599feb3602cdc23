"""Reads a line of JSONL that is not one clean value."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Final

from batchlint.sources.concatenated import SharedLines, concatenated_values
from batchlint.sources.decode import decode_slowly, read_json
from batchlint.sources.flaw import TEXT_AFTER, Flaw, placed
from batchlint.sources.item import Irregularity, Item
from batchlint.sources.lexemes import BLANKS, BYTE_ORDER_MARK
from batchlint.sources.reader import Read, Reader
from batchlint.sources.spanning import value_over_lines
from batchlint.sources.window import Window

if TYPE_CHECKING:
    from batchlint.sources.readable import Readable

GLANCE: Final = 1 << 12
"""Bytes of the next line that are looked at to see whether it goes on with a broken one."""
IN_A_STRING: Final = "inside a string"
"""What the detail of a flaw says of a string that has no end, and of what must not be in one."""
LINE_BREAK: Final = "a line break inside a string; it is written \\n"

OddLine = Generator[Read, None, tuple[int, SharedLines, int]]


def odd_line(
    source: Readable,
    raw: bytes,
    begin: int,
    line: int,
    line_offset: int,
    index: int,
    shared_lines: SharedLines,
    reader: Reader,
) -> OddLine:
    """What is on a line that is not one clean value; nothing, if a value only begins there.

    Returns the next index, what came on lines with more than one value, and where reading goes on.
    """
    end = begin + len(raw)
    if raw.startswith(BYTE_ORDER_MARK):
        mark = len(BYTE_ORDER_MARK)
        yield Irregularity("byte-order-mark", begin, begin + mark, line, line_offset, index, "a byte order mark")
        raw, begin = raw[mark:], begin + mark
    if raw.endswith(b","):  # the lines of a list without its brackets
        value_text = raw[:-1].rstrip(BLANKS)
        try:
            value = reader.read(value_text)
        except ValueError:
            pass
        else:
            yield Item(index, begin, line, line_offset, value_text, value)
            return index + 1, shared_lines.one_more(end - 1, line, line_offset, by_comma=True), end
    value, flaws = decode_slowly(raw)
    fatal = next((flaw for flaw in flaws if flaw.fatal), None)
    if fatal is not None and fatal.detail is TEXT_AFTER:
        window = Window(source, begin, end, line, line_offset)
        return (*(yield from concatenated_values(window, index, shared_lines, reader)), end)
    whole = value_over_lines(source, begin, len(raw)) if fatal is not None and IN_A_STRING in fatal.detail else None
    if whole is not None:
        raw, end = whole, begin + len(whole)
        value, flaws = decode_slowly(raw)
    elif fatal is not None and fatal.detail == IN_A_STRING:
        if _is_broken_by_a_line_break(source, end):
            flaws = (*flaws[:-1], fatal._replace(kind="invalid-json", detail=LINE_BREAK))
    elif fatal is not None and _goes_on(source, fatal, end):
        return index, shared_lines, end
    yield Item(index, begin, line, line_offset, raw, value, placed(flaws, raw, index, begin, line, line_offset))
    return index + 1, shared_lines, end


def _is_broken_by_a_line_break(source: Readable, end: int) -> bool:
    """Whether a line that ends inside a string at `end` goes on in the next: no value and no blank line comes there."""
    following = _line_after(source, end).strip(BLANKS)
    return bool(following) and following[:1] not in b"{["


def _goes_on(source: Readable, flaw: Flaw, end: int) -> bool:
    """Whether a line that is broken by this flaw, and ends at `end`, only begins a value that is spread over lines.

    The next line tells: that of JSONL begins with a bracket or is a value by itself, one of a printed value is
    indented, or takes up where this one was cut.
    """
    following = _line_after(source, end)
    if following[:1] in b"{[" or (flaw.kind != "truncated-json" and following[:1] not in b" \t"):
        return False
    try:
        read_json(following)
    except ValueError:
        return True
    return False


def _line_after(source: Readable, offset: int) -> bytes:
    """The line that follows the one in which the offset is, after which only blanks come; if very long, its
    beginning.
    """
    for length in (GLANCE, 1 << 20):
        _, _, behind = source.read(offset, length).partition(b"\n")
        text, feed, _ = behind.partition(b"\n")
        if feed:
            break
    return text
