"""Finds the bytes that a pointer names, in the bytes of one item: a scanner of our own, run only for what will be
shown.

It takes valid JSON for granted and does not look at what it passes over. Offsets count from the first byte of the
item. A pointer is a tuple of keys (str) and indexes (int). Of a key that is repeated the last member counts, as it
does for the decoder."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from batchlint.sources.lexemes import skip_blanks
from batchlint.sources.skipping import brackets, end_of_known_value, member_at
from batchlint.sources.strings import string_value

Pointer = tuple[str | int, ...]


class Span(NamedTuple):
    """From `start` to `end`, exclusive, in bytes."""

    start: int
    end: int


class _Step(NamedTuple):
    """Where a pointer has led: the key, if it is a member, and where the value begins."""

    key: Span | None
    value: int


LONG: Final = 1 << 10
"""Bytes of an object or list from which on its end is remembered, so that nothing is passed over twice."""
HASTY: Final = 3
"""Objects and lists, from the outermost one, in which it is worth a look through all that follows whether a name comes
again: most places are one of a kind."""


class ItemSpans:
    """The places of one item, found one after the other: what is passed over on the way to one is known for the next.

    So all places of an item cost no more than one walk through it.
    """

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self._opened: dict[int, _Opened] = {}
        self._ends: dict[int, int] = {}

    def value_span(self, pointer: Pointer) -> Span:
        """The whole value that the pointer names. Raises LookupError if there is none."""
        start = self._last_step(pointer).value
        return Span(start, self.end_of(start))

    def key_span(self, pointer: Pointer) -> Span:
        """The key, with its quotes, of the member that the pointer names. Raises LookupError if there is none, or no
        key.
        """
        key = self._last_step(pointer).key
        if key is None:
            raise LookupError(f"{pointer} names no member")
        return key

    def resolve(self, pointer: Pointer, at_key: bool = False) -> Span:
        """The value that the pointer names, or its key if `at_key`; of a pointer that leads nowhere the longest part
        that leads somewhere.

        An element of a list has no key, nor has the whole item: there it is the value.
        """
        steps = list(self._steps(pointer))
        key, start = steps[-1]
        if at_key and key is not None and len(steps) == len(pointer) + 1:
            return key
        return Span(start, self.end_of(start))

    def end_of(self, start: int) -> int:
        """Where the value ends that begins at `start`."""
        if self.raw[start : start + 1] not in (b"{", b"["):
            return end_of_known_value(self.raw, start)
        known = self._ends.get(start)
        if known is not None:
            return known
        opened: list[int] = []
        for place, due in brackets(self.raw, start, len(self.raw)):
            if len(due) > len(opened):
                opened.append(place)
                continue
            begin = opened.pop()
            if place - begin >= LONG:
                self._ends[begin] = place + 1
            if not due:
                return place + 1
        return len(self.raw)

    def start_of(self, pointer: Pointer) -> int:
        """Where the value begins that the pointer names. Raises LookupError if there is none."""
        return self._last_step(pointer).value

    def part_span(self, pointer: Pointer) -> Span:
        """The whole part that the pointer names: a member with its key, or an element. Raises LookupError if there is
        none.
        """
        key, value = self._last_step(pointer)
        return Span(value if key is None else key.start, self.end_of(value))

    def _last_step(self, pointer: Pointer) -> _Step:
        steps = list(self._steps(pointer))
        if len(steps) <= len(pointer):
            raise LookupError(f"{pointer} leads nowhere after {pointer[: len(steps) - 1]}")
        return steps[-1]

    def _steps(self, pointer: Pointer) -> Iterator[_Step]:
        """The way along the pointer as far as it leads, the whole item first."""
        step: _Step | None = _Step(None, skip_blanks(self.raw, 0))
        for name in pointer:
            if step is None:
                return
            yield step
            opened = self._opened.get(step.value)
            if opened is None:
                hasty = len(self._opened) < HASTY
                opened = self._opened[step.value] = _Opened(self.raw, step.value, self.end_of, hasty)
            step = opened.member(name) if isinstance(name, str) else opened.element(name)
        if step is not None:
            yield step


class _Opened:
    """The inside of an object or a list, read as far as somebody wanted to know."""

    __slots__ = ("_at", "_elements", "_end_of", "_hasty", "_members", "_raw", "_start")

    def __init__(self, raw: bytes, start: int, end_of: Callable[[int], int], hasty: bool) -> None:
        self._raw = raw
        self._start = start
        self._end_of = end_of
        self._at = skip_blanks(raw, start + 1)
        self._members: dict[bytes | str, _Step] = {}
        self._elements = array("Q")
        self._hasty = hasty

    def member(self, name: str) -> _Step | None:
        """The last member of that name, if this is an object."""
        raw = self._raw
        if raw[self._start : self._start + 1] != b"{":
            return None
        plain = b'"' + name.encode("utf-8", "replace") + b'"'
        hasty, self._hasty = self._hasty, False
        while member := member_at(raw, self._at):
            written, plain_value = member.group(1, 2)
            value = member.end() if plain_value is None else member.start(2)
            step = _Step(Span(*member.span(1)), value)
            self._members[string_value(written) if b"\\" in written else written] = step
            self._at = self._next(value) if plain_value is None else member.end()
            if hasty and written == plain and self._comes_no_more(name, plain, value):
                return step
        return self._last(self._members.get(plain), self._members.get(name))

    def element(self, index: int) -> _Step | None:
        """The element at that index, if this is a list."""
        raw = self._raw
        if raw[self._start : self._start + 1] != b"[":
            return None
        while len(self._elements) <= index and raw[self._at : self._at + 1] not in (b"]", b""):
            self._elements.append(self._at)
            self._at = self._next(self._at)
        return _Step(None, self._elements[index]) if index < len(self._elements) else None

    def _comes_no_more(self, name: str, plain: bytes, value: int) -> bool:
        """Whether a name cannot come again after a value, in no spelling."""
        return name.isidentifier() and self._raw.find(plain, value) < 0 and self._raw.find(b"\\u", value) < 0

    @staticmethod
    def _last(one: _Step | None, other: _Step | None) -> _Step | None:
        return max((step for step in (one, other) if step is not None), key=lambda step: step.value, default=None)

    def _next(self, value: int) -> int:
        """Where the next member or element begins after the one whose value begins at `value`, or where the closing
        bracket is.
        """
        at = skip_blanks(self._raw, self._end_of(value))
        return skip_blanks(self._raw, at + 1) if self._raw[at : at + 1] == b"," else at


_latest: list[ItemSpans] = []


def places_in(raw: bytes) -> ItemSpans:
    """The places of an item; those of the last one are kept, since several of one item are looked for in a row."""
    if not _latest or _latest[0].raw != raw:
        _latest[:] = [ItemSpans(raw)]
    return _latest[0]


def value_span(raw: bytes, pointer: Pointer) -> Span:
    """`ItemSpans.value_span` for one place."""
    return places_in(raw).value_span(pointer)


def resolve(raw: bytes, pointer: Pointer, at_key: bool = False) -> Span:
    """`ItemSpans.resolve` for one place."""
    return places_in(raw).resolve(pointer, at_key)


def start_of(raw: bytes, pointer: Pointer) -> int:
    """`ItemSpans.start_of` for one place."""
    return places_in(raw).start_of(pointer)


def part_span(raw: bytes, pointer: Pointer) -> Span:
    """`ItemSpans.part_span` for one place."""
    return places_in(raw).part_span(pointer)
