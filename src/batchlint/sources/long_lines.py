"""Lines that are too long to be read as a whole, and items that are too large to be decoded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from batchlint.sources.item import Irregularity, Item
from batchlint.sources.window import Window

if TYPE_CHECKING:
    from batchlint.sources.readable import Readable
    from batchlint.sources.unread import Passed

HEAVY_FROM: Final = 1 << 22
"""Bytes of an item from which on its values are counted before they are decoded."""


class LongLine(NamedTuple):
    """A line of very many bytes."""

    length: int
    """Up to and with its line feed."""
    lines: int
    """More than one where its value goes on over line feeds."""
    begin: int
    """The absolute offset of what is not blank."""
    raw: bytes
    """That, where it is short after all; nothing where there is nothing but blanks."""
    passed: Passed | None
    """The outcome where it is not."""


def long_line(source: Readable, start: int, end: int, most: int) -> LongLine:
    """Reads a line that begins at an offset and may have no end, in little memory."""
    window = Window(source, start, end, 1, start)
    while True:  # Blanks, up to a line feed.
        rest = window.data[window.at :]
        kept = rest.lstrip(b" \t\r")
        window.at += len(rest) - len(kept)
        if kept or not window.more():
            break
    begin = window.here
    while len(window.data) - window.at < most and b"\n" not in window.data[window.at :] and window.more():
        pass
    feed = window.data.find(b"\n", window.at)
    if feed >= 0 or window.ended:
        stop = feed if feed >= 0 else len(window.data)
        raw = window.data[window.at : stop].rstrip(b" \t\r")
        if len(raw) <= most:
            return LongLine(window.base + stop + 1 - start, 1, begin, raw, None)
    passed = _passed(window, source)
    return LongLine(window.here + 1 - start, window.line()[0], begin, b"", passed)


def passed_over(source: Readable, raw: bytes, begin: int) -> Passed | None:
    """What becomes of an item whose values would take too much memory; None for any other."""
    most = source.most_item_bytes
    if most is None:
        return None
    from batchlint.sources.unread import is_heavy

    if len(raw) <= most and (len(raw) < HEAVY_FROM or not is_heavy(raw, most)):
        return None
    return _passed(Window(source, begin, begin + len(raw)), source)


def _passed(window: Window, source: Readable) -> Passed:
    """What becomes of the value at the cursor, which is left at the end of its line; nothing may be after it."""
    from batchlint.sources.unread import skip_unread, text_after

    begin = window.here
    passed = skip_unread(window, source)
    behind = text_after(window, begin)
    return passed if behind is None or passed.flaws else passed._replace(flaws=(behind,))


def unread_item(passed: Passed, index: int, begin: int, line: int, line_offset: int, most: int | None) -> Item:
    """The item that was passed over; it says so of itself."""
    large = most is not None and passed.size > most
    what = f"the request has {passed.size:,} bytes" + ("" if large else " and too many values")
    size = Irregularity("unread-item", begin, begin + 1, line, line_offset, index, what, ())
    flaws = (
        Irregularity(flaw.kind, begin + flaw.start, begin + flaw.end, line, line_offset, index, flaw.detail)
        for flaw in passed.flaws
    )
    return Item(index, begin, line, line_offset, b"", passed.value, (size, *flaws))
