"""Passes over an item that is too large to be decoded: proves its JSON and reads its id, in little memory.

Nothing is built of it and nothing is recursive; of a text that is longer than a window only its end is looked for.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, Final, NamedTuple, NoReturn

from batchlint.sources.broken import CutShortError, NotJsonError
from batchlint.sources.flaw import TEXT_AFTER, Flaw
from batchlint.sources.item import Unread
from batchlint.sources.lexemes import BLANK, BRACE, QUOTE, SCALAR, STRING
from batchlint.sources.strings import string_value
from batchlint.sources.window import Window

if TYPE_CHECKING:
    from batchlint.sources.readable import Readable

SLICE: Final = 1 << 20
"""Bytes that are counted at a time."""
LONGEST_TOKEN: Final = 1 << 16
"""Bytes of a number, or of an id that is read."""
OBJECT, LIST, VALUE = 232, 88, 64
"""Bytes of memory that an object, a list and any other value take, next to their texts."""

_PLAIN: Final = rb"(?:" + STRING + rb"|" + SCALAR + rb")"
_MEMBER: Final = STRING + BLANK + rb":" + BLANK + _PLAIN + BLANK
_FLAT: Final = (
    rb"(?:" + _PLAIN + rb"|\{" + BLANK + rb"(?:" + _MEMBER + rb"(?:," + BLANK + _MEMBER + rb")*+)?+\}"
    rb"|\[" + BLANK + rb"(?:" + _PLAIN + BLANK + rb"(?:," + BLANK + _PLAIN + BLANK + rb")*+)?+\])"
)
_items = re.compile(rb"(?:" + BLANK + _FLAT + BLANK + rb",)++").match
_members = re.compile(rb"(?:" + BLANK + STRING + BLANK + rb":" + BLANK + _FLAT + BLANK + rb",)++").match
_in_string = re.compile(rb'[^"\\\x00-\x1f]*+(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*+)*+').match
_scalar = re.compile(SCALAR).match
_strings = re.compile(STRING)
_whole_strings = re.compile(rb'(?:[^"]++|' + STRING + rb")*+").match


class Passed(NamedTuple):
    """An item that was passed over: the bytes of it, its id, and what is wrong with its text."""

    size: int
    custom_id: str | None
    flaws: tuple[Flaw, ...]

    @property
    def value(self) -> Unread:
        """What stands for its value."""
        return Unread({} if self.custom_id is None else {"custom_id": self.custom_id})


def is_heavy(raw: bytes, most: int) -> bool:
    """Whether the values of an item are more than fit in memory next to what is made of them to judge them.

    With the most bytes that an item may have by default, these are 40 MiB, a little more than the 100,000 messages take
    that the API takes; to judge them takes eight times as much.
    """
    most = most * 5 // 8
    return _weight(raw) > most and _weight_outside_strings(raw, most) > most


def _weight_outside_strings(raw: bytes, most: int) -> int:
    """The weight of all that is in no string, counted slice by slice until it is more than that."""
    at = weight = 0
    while at < len(raw) and weight <= most:
        part = _whole_strings(raw, at, at + SLICE)
        end = part.end() if part else at
        weight += _weight(_strings.sub(b"", raw[at:end]))
        long = _strings.match(raw, end)
        at = long.end() if long else max(end, at + 1)
    return weight


def _weight(text: bytes) -> int:
    return OBJECT * text.count(b"{") + LIST * text.count(b"[") + VALUE * text.count(b",")


def skip_unread(window: Window, source: Readable) -> Passed:
    """Passes over the value at the cursor, which is left after it, or at the end where that is not found."""
    begin = window.here
    scan = _Scan(window)
    flaws: list[Flaw] = []
    try:
        scan.run()
    except NotJsonError as broken:
        flaws.append(
            Flaw(
                broken.kind,
                window.base + broken.start - begin,
                window.base + broken.end - begin,
                broken.detail,
                fatal=True,
            )
        )
    except CutShortError as cut:
        end = window.here - begin
        flaws.append(Flaw("truncated-json", end, end, f"inside {cut.within}", fatal=True))
    size = window.here - begin
    place = _not_utf8(source, begin, size)
    if place is not None:
        flaws.insert(0, Flaw("invalid-utf-8", place, place + 1, "a byte belongs to no character"))
    return Passed(size, scan.custom_id, tuple(flaws))


def text_after(window: Window, begin: int) -> Flaw | None:
    """What is after a value on its line; the cursor is left at the end of the line."""
    flaw = None
    while True:
        feed = window.data.find(b"\n", window.at)
        stop = feed if feed >= 0 else len(window.data)
        if flaw is None and window.data[window.at : stop].strip(b" \t\r"):
            flaw = Flaw("invalid-json", window.here - begin, window.here - begin + 1, TEXT_AFTER, fatal=True)
        window.at = stop
        if feed >= 0 or not window.more():
            return flaw


class _Scan:
    """Goes through one value."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._opened = bytearray()
        self.custom_id: str | None = None

    def run(self) -> None:
        window, opened = self._window, self._opened
        due = "value"
        while True:
            if len(opened) > 1 and due in ("value", "key"):
                passed = _members(window.data, window.at) if due == "key" else None
                if due == "value" and opened[-1] != BRACE:
                    passed = _items(window.data, window.at)
                window.at = passed.end() if passed else window.at
            byte = window.peek()
            if not byte:
                raise CutShortError(window.at, "an object" if opened and opened[-1] == BRACE else "a list")
            if due == "comma":
                if byte == b",":
                    window.at += 1
                    due = "key" if opened[-1] == BRACE else "value"
                    continue
                due = self._closed(byte, due)
            elif byte in b"}]" and due.startswith("first"):
                due = self._closed(byte, due)
            elif due.endswith("key"):
                self._key(byte, due)
                due = "value"
                continue
            else:
                due = self._value(byte, due)
            if due == "end":
                return

    def _closed(self, byte: bytes, due: str) -> str:
        if not self._opened or byte != (b"}" if self._opened[-1] == BRACE else b"]"):
            self._fail(due)
        self._window.at += 1
        self._opened.pop()
        return "comma" if self._opened else "end"

    def _key(self, byte: bytes, due: str) -> None:
        if byte != b'"':
            self._fail(due)
        key = self._string()
        if self._window.peek() != b":":
            self._fail("comma")
        self._window.at += 1
        if len(self._opened) == 1 and key == b'"custom_id"' and self._window.peek() == b'"':
            self.custom_id = None
            text = self._peeked_string()
            self.custom_id = None if text is None else string_value(text)

    def _value(self, byte: bytes, due: str) -> str:
        window = self._window
        if byte == b'"':
            self._string()
        elif byte in b"{[":
            self._opened += byte
            window.at += 1
            return "first key" if byte == b"{" else "first item"
        else:
            if len(window.data) - window.at < LONGEST_TOKEN:
                window.more()
            scalar = _scalar(window.data, window.at)
            if scalar is None:
                self._fail(due)
            window.at = scalar.end()
        return "comma" if self._opened else "end"

    def _peeked_string(self) -> bytes | None:
        window = self._window
        if len(window.data) - window.at < LONGEST_TOKEN:
            window.more()
        found = _strings.match(window.data, window.at, window.at + LONGEST_TOKEN)
        return found[0] if found else None

    def _string(self) -> bytes:
        """Passes over a string; gives it where it is short."""
        window = self._window
        start = window.here
        window.at += 1
        while True:
            passed = _in_string(window.data, window.at)
            end = passed.end() if passed else window.at
            if end < len(window.data) and window.data[end] == QUOTE:
                window.at = end + 1
                size = window.here - start
                return window.data[window.at - size : window.at] if size <= min(window.at, LONGEST_TOKEN) else b""
            if len(window.data) - end > 12 or window.ended:
                window.at = end
                self._fail_in_string()
            window.at = end
            window.more()

    def _fail_in_string(self) -> NoReturn:
        window = self._window
        if window.at == len(window.data):
            raise CutShortError(window.at, "a string")
        raise NotJsonError(window.at, window.at + 1, "a character that is not allowed inside a string")

    def _fail(self, due: str) -> NoReturn:
        from batchlint.sources.faults import fault

        raise fault(self._window.data, self._window.at, bytes(self._opened[-1:]), due)


def _not_utf8(source: Readable, begin: int, size: int) -> int | None:
    """Where bytes begin that are no character, counted from the beginning of the item."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    at = 0
    while at < size:
        data = source.read(begin + at, min(1 << 20, size - at))
        if not data:
            break
        try:
            decoder.decode(data, at + len(data) >= size)
        except UnicodeDecodeError as error:
            return at + error.start
        at += len(data)
    return None
