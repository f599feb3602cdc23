"""Reads the items of a JSON list, and the two containers that hold one: a bare array and an envelope."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING

from batchlint.sources.broken import CutShortError, NotJsonError
from batchlint.sources.cuts import exact_item, quick_items
from batchlint.sources.form import LISTED
from batchlint.sources.item import Irregularity, Item
from batchlint.sources.reader import Reader, SkippedRun
from batchlint.sources.strings import string_value
from batchlint.sources.telling import BEGINS_VALUE, NAMES, told, wrong
from batchlint.sources.window import Window

if TYPE_CHECKING:
    from batchlint.sources.readable import Readable

Listed = Generator[Item | Irregularity | SkippedRun, None, tuple[int, bool]]


def read_array(source: Readable, start: int, reader: Reader) -> Iterator[Item | Irregularity | SkippedRun]:
    """The items of a file that is one list."""
    window = Window(source, start, source.size)
    window.peek()
    _, closed = yield from _list_items(window, 0, reader)
    if closed:
        yield from _text_behind(window)


def read_envelope(source: Readable, start: int, reader: Reader) -> Iterator[Item | Irregularity | SkippedRun]:
    """The items of a file that is one object with the list as its member `requests`."""
    window = Window(source, start, source.size)
    window.peek()
    try:
        closed = yield from _members(window, reader)
    except NotJsonError as broken:
        window.at, length = broken.start, broken.end - broken.start
        yield told(window, broken.kind, broken.detail, length)
    except CutShortError as cut:
        window.at = cut.end
        yield told(window, "truncated-json", f"inside {cut.within}", 0)
    else:
        if closed:
            yield from _text_behind(window)


def _list_items(window: Window, index: int, reader: Reader) -> Listed:
    """The items of the list that opens at the cursor, which is left behind its closing bracket.

    Returns the next index, and whether the closing bracket was reached.
    """
    window.at += 1
    due, guess_from = "first item", 0
    comma = None
    while True:
        cut = told(window, "truncated-json", "inside the list of requests", 0)
        byte = window.peek()
        if not byte:
            yield cut
            return index, False
        if byte == b"]":
            if comma is not None and due == "item":
                yield comma
            window.at += 1
            return index, True
        if byte == b",":
            comma = told(window, "invalid-json", "a comma before the closing bracket", 1)
            if due != "comma":
                yield comma._replace(detail="a comma where an item should be")
                window.skip(byte)
            else:
                window.at += 1
            due = "item"
        elif byte in BEGINS_VALUE:
            if due == "comma":
                yield told(window, "invalid-json", "a comma is missing before this item", 1)
            if window.here >= guess_from:
                index, guess_from = yield from quick_items(window, index, LISTED, reader)
            item, goes_on = exact_item(window, index, LISTED)
            yield item
            index += 1
            if goes_on == "nowhere":
                return index, False
            due = "comma" if goes_on == "behind" else "item"
        else:
            found = wrong(window, b"[", "comma" if due == "comma" else "value")
            if byte == b"}":
                yield found
                window.skip(byte)
                continue
            from batchlint.sources.resume import pass_over

            _, goes_on = pass_over(window, 0, LISTED)
            yield found
            if goes_on == "nowhere":
                return index, False
            due = "item"


def _members(window: Window, reader: Reader) -> Generator[Item | Irregularity | SkippedRun, None, bool]:
    """The members of the envelope that opens at the cursor, which is left behind its closing brace; whether that
    was reached.

    Raises NotJsonError and CutShortError where a key, or a value other than the list, is broken.
    """
    window.at += 1
    due, index, met = "first key", 0, False
    comma = None
    while True:
        cut = told(window, "truncated-json", "inside the object that holds the requests", 0)
        byte = window.peek()
        if not byte:
            yield cut
            return False
        if byte == b"}":
            if comma is not None and due == "key":
                yield comma
            window.at += 1
            return True
        if byte == b"," and due == "comma":
            comma = told(window, "invalid-json", "a comma before the closing brace", 1)
            window.at += 1
            due = "key"
            continue
        if byte != b'"':
            yield wrong(window, b"{", due)
            return False
        if due == "comma":
            yield told(window, "invalid-json", "a comma is missing before this member", 1)
        end = window.value_end()
        name = string_value(window.data[window.at : end])
        if name != "requests":
            yield told(window, "member-beside-requests", name, end - window.at)
        elif met:
            yield told(window, "duplicate-key", name, end - window.at)
        window.at = end
        if window.peek() not in (b":", b""):
            yield told(window, "invalid-json", "expected ':' behind the key", 1)
            return False
        window.at = min(window.at + 1, len(window.data))
        byte = window.peek()
        if name == "requests" and byte == b"[":
            index, closed = yield from _list_items(window, index, reader)
            if not closed:
                return False
        else:
            end = window.value_end()
            if name == "requests":
                yield told(window, "requests-not-a-list", NAMES.get(byte, "a number"), end - window.at)
            window.at = end
        due, met = "comma", met or name == "requests"


def _text_behind(window: Window) -> Iterator[Irregularity]:
    byte = window.peek()
    if byte:
        line = window.data[window.at :].partition(b"\n")[0].rstrip()
        yield told(window, "text-after-list", NAMES.get(byte, "text"), len(line))
