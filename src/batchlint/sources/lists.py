"""Reads the items of a JSON list, and the two containers that hold one: a bare array and an envelope."""

from __future__ import annotations

import sys
from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING, Literal

from batchlint.sources.at_cursor import BEGINS_VALUE, NAMES, irregularity_at, syntax_error_at
from batchlint.sources.boundaries import exact_item, quick_items
from batchlint.sources.broken import CutShortError, NotJsonError
from batchlint.sources.form import LISTED
from batchlint.sources.item import Irregularity
from batchlint.sources.reader import Mark, Read, Reader
from batchlint.sources.strings import string_value
from batchlint.sources.window import Window

if TYPE_CHECKING:
    from batchlint.sources.readable import Readable

Ended = Literal["closed", "cut", "stopped"]
"""How reading ended: after the closing bracket, at the end of the file before that, or at an item that is not to be
read.
"""
Listed = Generator[Read, None, tuple[int, Ended]]
Reading = Generator[Read, None, Mark | None]


def read_array(source: Readable, mark: Mark, reader: Reader, stop: int | None, is_inside: bool) -> Reading:
    """The items of a file that is one list, from a mark on up to the first that begins at `stop` or after it.

    `is_inside`: the mark is at an item of the list, not before it. Returns where reading ended; None at the end of
    the file.
    """
    window = Window(source, mark.offset, source.size, mark.line, mark.line_offset)
    if is_inside:
        index, ended = yield from _list_items(window, mark.index, reader, stop, "item")
    else:
        window.peek()
        window.at += 1
        index, ended = yield from _list_items(window, 0, reader, stop)
    if ended == "stopped":
        return Mark(window.here, index, *window.line())
    if ended == "closed":
        yield from _text_after(window)
    return None


def read_envelope(source: Readable, mark: Mark, reader: Reader, stop: int | None, is_inside: bool) -> Reading:
    """The same for a file that is one object with the list as its member `requests`."""
    window = Window(source, mark.offset, source.size, mark.line, mark.line_offset)
    if not is_inside:
        window.peek()
    try:
        index, ended = yield from _members(window, mark.index, reader, stop, is_inside)
    except NotJsonError as broken:
        window.at, length = broken.start, broken.end - broken.start
        yield irregularity_at(window, broken.kind, broken.detail, length)
    except CutShortError as cut:
        window.at = cut.end
        yield irregularity_at(window, "truncated-json", f"inside {cut.within}", 0)
    else:
        if ended == "stopped":
            return Mark(window.here, index, *window.line())
        if ended == "closed":
            yield from _text_after(window)
    return None


def _list_items(window: Window, index: int, reader: Reader, stop: int | None, due: str = "first item") -> Listed:
    """The items of a list, of which "first item" or "item" is due at the cursor. That is left after the closing
    bracket, or at the first item that begins at `stop` or after it.

    Returns the next index, and how it ended.
    """
    stop = sys.maxsize if stop is None else stop
    guess_from = 0
    comma = None
    while True:
        cut = irregularity_at(window, "truncated-json", "inside the list of requests", 0)
        byte = window.peek()
        if not byte:
            yield cut
            return index, "cut"
        if byte == b"]":
            if comma is not None and due == "item":
                yield comma
            window.at += 1
            return index, "closed"
        if byte == b",":
            comma = irregularity_at(window, "invalid-json", "a comma before the closing bracket", 1)
            if due != "comma":
                yield comma._replace(detail="a comma where an item should be")
                window.skip(byte)
            else:
                window.at += 1
            due = "item"
        elif byte in BEGINS_VALUE:
            if due == "comma":
                yield irregularity_at(window, "invalid-json", "a comma is missing before this item", 1)
            if window.here >= guess_from:
                index, guess_from = yield from quick_items(window, index, LISTED, reader, stop)
            if window.here >= stop:
                return index, "stopped"
            item, goes_on = exact_item(window, index, LISTED)
            yield item
            index += 1
            if goes_on == "nowhere":
                return index, "cut"
            due = "comma" if goes_on == "after" else "item"
        else:
            found = syntax_error_at(window, b"[", "comma" if due == "comma" else "value")
            if byte == b"}":
                yield found
                window.skip(byte)
                continue
            from batchlint.sources.recovery import recover

            _, goes_on = recover(window, 0, LISTED)
            yield found
            if goes_on == "nowhere":
                return index, "cut"
            due = "item"


def _members(window: Window, index: int, reader: Reader, stop: int | None, is_inside: bool) -> Listed:
    """The members of the envelope that opens at the cursor, which is left after its closing brace, or at the first
    item that begins at `stop` or after it.

    `is_inside`: the cursor is at an item of the list. Raises NotJsonError and CutShortError where a key, or a value
    other than the list, is broken.
    """
    due, met = "first key", is_inside
    if is_inside:
        index, ended = yield from _list_items(window, index, reader, stop, "item")
        if ended != "closed":
            return index, ended
        due = "comma"
    else:
        window.at += 1
    comma = None
    while True:
        cut = irregularity_at(window, "truncated-json", "inside the object that holds the requests", 0)
        byte = window.peek()
        if not byte:
            yield cut
            return index, "cut"
        if byte == b"}":
            if comma is not None and due == "key":
                yield comma
            window.at += 1
            return index, "closed"
        if byte == b"," and due == "comma":
            comma = irregularity_at(window, "invalid-json", "a comma before the closing brace", 1)
            window.at += 1
            due = "key"
            continue
        if byte != b'"':
            yield syntax_error_at(window, b"{", due)
            return index, "cut"
        if due == "comma":
            yield irregularity_at(window, "invalid-json", "a comma is missing before this key", 1)
        end = window.value_end()
        name = string_value(window.data[window.at : end])
        if name != "requests":
            yield irregularity_at(window, "member-beside-requests", name, end - window.at)
        elif met:
            yield irregularity_at(window, "duplicate-key", name, end - window.at)
        window.at = end
        if window.peek() not in (b":", b""):
            yield irregularity_at(window, "invalid-json", "expected ':' after the key", 1)
            return index, "cut"
        window.at = min(window.at + 1, len(window.data))
        byte = window.peek()
        if name == "requests" and byte == b"[":
            window.at += 1
            index, ended = yield from _list_items(window, index, reader, stop)
            if ended != "closed":
                return index, ended
        else:
            end = window.value_end()
            if name == "requests":
                yield irregularity_at(window, "requests-not-a-list", NAMES.get(byte, "a number"), end - window.at)
            window.at = end
        due, met = "comma", met or name == "requests"


def _text_after(window: Window) -> Iterator[Irregularity]:
    byte = window.peek()
    if byte:
        line = window.data[window.at :].partition(b"\n")[0].rstrip()
        yield irregularity_at(window, "text-after-list", NAMES.get(byte, "text"), len(line))
