"""Finds the bytes that a pointer names, in the bytes of one item: a scanner of our own, run only for what will be
shown.

It takes valid JSON for granted and does not look at what it passes over. Offsets count from the first byte of the
item. A pointer is a tuple of keys (str) and indexes (int). Of a key that is repeated the last member counts, as it
does for the decoder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from batchlint.sources.lexemes import skip_blanks
from batchlint.sources.strings import string_value

Pointer = tuple[str | int, ...]

_ANY_STRING: Final = rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
_string_end = re.compile(_ANY_STRING, re.DOTALL).match
_scalar_end = re.compile(rb"[^,\]}\s]++").match
_member_at = re.compile(
    rb"(" + _ANY_STRING + rb")[ \t\r\n]*+:[ \t\r\n]*+"
    rb"(?:(" + _ANY_STRING + rb"|[^,\]}\s{\[\"]++)[ \t\r\n]*+,?+[ \t\r\n]*+)?+",
    re.DOTALL,
).match
"""A key and its colon; where the value is no object or list, that too (group 2), and its comma."""
_to_bracket = re.compile(rb'[^"{}\[\]]*+(?:' + _ANY_STRING + rb'[^"{}\[\]]*+)*+([{}\[\]])', re.DOTALL).match
"""Everything up to the next bracket outside of strings, and the bracket."""


class Span(NamedTuple):
    """From `start` to `end`, exclusive, in bytes."""

    start: int
    end: int


class _Step(NamedTuple):
    """Where a pointer has led: the key, if it is a member, and where the value begins."""

    key: Span | None
    value: int


def value_span(raw: bytes, pointer: Pointer) -> Span:
    """The whole value that the pointer names. Raises LookupError if there is none."""
    start = _last_step(raw, pointer).value
    return Span(start, end_of_known_value(raw, start))


def start_of(raw: bytes, pointer: Pointer) -> int:
    """Where the value begins that the pointer names. Raises LookupError if there is none."""
    return _last_step(raw, pointer).value


def part_span(raw: bytes, pointer: Pointer) -> Span:
    """The member that the pointer names, from its key to the end of its value, or the element of a list. Raises
    LookupError if there is none.
    """
    key, value = _last_step(raw, pointer)
    return Span(value if key is None else key.start, end_of_known_value(raw, value))


def key_span(raw: bytes, pointer: Pointer) -> Span:
    """The key, with its quotes, of the member that the pointer names. Raises LookupError if there is none, or no
    key.
    """
    key = _last_step(raw, pointer).key
    if key is None:
        raise LookupError(f"{pointer} names no member")
    return key


def resolve(raw: bytes, pointer: Pointer, at_key: bool = False) -> Span:
    """The value that the pointer names, or its key if `at_key`; of a pointer that leads nowhere the longest part
    that leads somewhere.

    An element of a list has no key, nor has the whole item: there it is the value.
    """
    steps = list(_steps(raw, pointer))
    key, start = steps[-1]
    if at_key and key is not None and len(steps) == len(pointer) + 1:
        return key
    return Span(start, end_of_known_value(raw, start))


def end_of_known_value(raw: bytes, start: int) -> int:
    """Where the valid value ends that begins at `start`; the end of `raw` if it is not valid after all."""
    if raw[start : start + 1] in (b"{", b"["):
        return _bracketed_end(raw, start)
    match = (_string_end if raw[start : start + 1] == b'"' else _scalar_end)(raw, start)
    return match.end() if match else len(raw)


def brackets(data: bytes, start: int, limit: int) -> Iterator[tuple[int, bytearray]]:
    """The brackets outside of strings from `start` to `limit`: where each stands, and which closing ones are due then.

    The innermost is the last. It ends where they do not match.
    """
    due = bytearray()
    match = _to_bracket(data, start, limit)
    while match:
        place = match.end() - 1
        bracket = data[place]
        if bracket in b"{[":
            due.append(bracket + 2)  # in ASCII each closing bracket comes two behind its opening one
        elif not due or due.pop() != bracket:
            return
        yield place, due
        match = _to_bracket(data, place + 1, limit)


def _bracketed_end(data: bytes, start: int) -> int:
    """Where the object or list ends that begins at `start`, going by strings and brackets alone."""
    for place, due in brackets(data, start, len(data)):
        if not due:
            return place + 1
    return len(data)


def _last_step(raw: bytes, pointer: Pointer) -> _Step:
    steps = list(_steps(raw, pointer))
    if len(steps) <= len(pointer):
        raise LookupError(f"{pointer} leads nowhere behind {pointer[: len(steps) - 1]}")
    return steps[-1]


def _steps(raw: bytes, pointer: Pointer) -> Iterator[_Step]:
    """The way along the pointer as far as it leads, the whole item first."""
    step: _Step | None = _Step(None, skip_blanks(raw, 0))
    for name in pointer:
        if step is None:
            return
        yield step
        step = _member(raw, step.value, name) if isinstance(name, str) else _element(raw, step.value, name)
    if step is not None:
        yield step


def _member(raw: bytes, start: int, name: str) -> _Step | None:
    """The last member of that name, if an object begins at `start`."""
    if raw[start : start + 1] != b"{":
        return None
    found = None
    plain = b'"' + name.encode("utf-8", "replace") + b'"'
    member = _member_at(raw, skip_blanks(raw, start + 1))
    while member:
        written, plain_value = member.group(1, 2)
        value = member.end() if plain_value is None else member.start(2)
        if (string_value(written) == name) if b"\\" in written else (written == plain):
            found = _Step(Span(*member.span(1)), value)
            if name.isidentifier() and raw.find(plain, value) < 0 and raw.find(b"\\u", value) < 0:
                break  # It cannot come again, in no spelling.
        member = _member_at(raw, _next(raw, value) if plain_value is None else member.end())
    return found


def _element(raw: bytes, start: int, index: int) -> _Step | None:
    """The element at that index, if a list begins at `start`."""
    if raw[start : start + 1] != b"[":
        return None
    at = skip_blanks(raw, start + 1)
    for _ in range(index):
        at = _next(raw, at)
    return _Step(None, at) if raw[at : at + 1] not in (b"]", b"") else None


def _next(raw: bytes, value: int) -> int:
    """Where the next member or element begins behind the one whose value begins at `value`, or where the closing
    bracket stands.
    """
    at = skip_blanks(raw, end_of_known_value(raw, value))
    return skip_blanks(raw, at + 1) if raw[at : at + 1] == b"," else at
