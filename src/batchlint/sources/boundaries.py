"""Cuts items out of a window: by where the next one seems to begin, proved by parsing, or else by the grammar."""

from __future__ import annotations

import re
import sys
from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING, Any, Final

from batchlint.sources.broken import CutShortError, NotJsonError, TooLargeError
from batchlint.sources.decode import decode
from batchlint.sources.flaw import Flaw, placed
from batchlint.sources.form import LISTED, Form, GoesOn
from batchlint.sources.item import UNREADABLE, Item
from batchlint.sources.lexemes import BLANK, BLANKS, COMMA
from batchlint.sources.reader import Begin, Reader, SkippedRun
from batchlint.sources.recovery import recover, remark
from batchlint.sources.window import CHUNK, Window

if TYPE_CHECKING:
    from batchlint.sources.readable import Readable

_after_comma: Final = re.compile(rb"," + BLANK + rb"(?=" + LISTED.beginning.pattern + rb")")
NEAR: Final = 1 << 8
"""Bytes in which the beginning of an item, and the comma before it, are not cut in two."""
AT_A_TIME: Final = 1 << 12
"""Bytes in which the beginning of an item is looked for at a time."""


def quick_items(
    window: Window, index: int, form: Form, reader: Reader, stop: int = sys.maxsize
) -> Generator[Item | SkippedRun, None, tuple[int, int]]:
    """The items from the cursor on as far as guessing carries, with the cursor left at the first that needs the
    grammar.

    Returns the next index, and the absolute offset before which guessing again leads to nothing. Of what begins at
    `stop` or after it nothing is read.
    """
    most = window.source.most_item_bytes
    while window.here < stop:
        if form.commas and reader.passes_over:
            begin = Begin(window.here, *window.line())
            clean = reader.pass_over(window.data, window.at, min(len(window.data), stop - window.base), begin, "comma")
            if clean is not None:
                yield clean
                index += clean.requests
                window.at += clean.length
        at = window.at
        cut = _next_cut(window.data, at, form)
        if cut is None:
            if at == 0 or not window.more():
                return index, window.base + len(window.data)
            continue
        raw, following = cut
        if most is not None and len(raw) > most:
            return index, window.base + following
        try:
            value = reader.read(raw)
        except ValueError:
            return index, window.base + following
        line, line_offset = window.line()
        yield Item(index, window.here, line, line_offset, raw, value)
        index += 1
        window.at = following
    return index, window.here


def listed_at(source: Readable, offset: int, limit: int | None = None) -> int | None:
    """Where the first item of a list seems to begin, at an offset or after it, with a comma before it.

    With a limit, one that begins after it need not be found.
    """
    at = max(offset - NEAR, 0)
    while len(data := source.read(at, CHUNK)) > NEAR or at < offset:
        for match in _after_comma.finditer(data):
            if at + match.end() >= offset:
                return at + match.end()
        if len(data) < CHUNK or (limit is not None and at >= limit):
            break
        at += len(data) - NEAR
    return None


def _next_cut(data: bytes, at: int, form: Form) -> tuple[bytes, int] | None:
    """What may be the bytes of the item that begins at `at`, and where the next one begins then."""
    for cut in _beginnings(data, at + 1, form):
        end = cut - 1
        while data[end] in BLANKS:
            end -= 1
        if form.commas:
            if data[end] != COMMA:
                continue  # an object inside the item
            end -= 1
            while data[end] in BLANKS:
                end -= 1
        return data[at : end + 1], cut
    return None


def _beginnings(data: bytes, start: int, form: Form) -> Iterator[int]:
    """Where items may begin, from `start` on. The pattern looks at each byte, so images are passed over first: they
    have no braces.
    """
    while start >= 0:
        end = start + AT_A_TIME
        for match in form.beginning.finditer(data, start, end):
            yield match.start() + form.lead
        brace = data.rfind(b"{", start + form.lead, end)
        cut_off = form.beginning.match(data, brace - form.lead) if brace >= 0 else None
        if cut_off and cut_off.end() > end:
            yield brace
        start = data.find(b"{", end) - form.lead


def _unread(window: Window, index: int, offset: int, line: int, line_offset: int) -> Item:
    from batchlint.sources.long_lines import unread_item
    from batchlint.sources.unread import skip_unread

    source = window.source
    return unread_item(skip_unread(window, source), index, offset, line, line_offset, source.most_item_bytes)


def exact_item(window: Window, index: int, form: Form) -> tuple[Item, GoesOn]:
    """The item at the cursor by the grammar, with the cursor moved on."""
    line, line_offset = window.line()
    offset = window.here
    value: Any = UNREADABLE
    goes_on: GoesOn = "after"
    try:
        end = window.value_end(window.source.most_item_bytes)
    except TooLargeError:
        return _unread(window, index, offset, line, line_offset), "after"
    except CutShortError as cut:
        text = raw = window.data[window.at :].rstrip(BLANKS)
        end = cut.end - window.at
        flaws: tuple[Flaw, ...] = (Flaw("truncated-json", end, end, f"inside {cut.within}"),)
        window.at, goes_on = len(window.data), "nowhere"
    except NotJsonError as broken:
        fault = broken.start - window.at
        text = window.data[window.at : broken.end]
        raw, goes_on = recover(window, fault, form)
        flaws = (Flaw(broken.kind, fault, len(text), broken.detail + remark(window, form, goes_on)),)
    else:
        text = raw = window.data[window.at : end]
        window.at = end
        value, flaws = decode(raw)
    told = placed(flaws, text, index, offset, line, line_offset) if flaws else ()
    return Item(index, offset, line, line_offset, raw, value, told), goes_on
