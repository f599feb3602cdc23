"""Passes over values of JSON that is known to be valid, going by quotes and brackets alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_ANY_STRING: Final = rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
_string_end = re.compile(_ANY_STRING, re.DOTALL).match
_scalar_end = re.compile(rb"[^,\]}\s]++").match
member_at = re.compile(
    rb"(" + _ANY_STRING + rb")[ \t\r\n]*+:[ \t\r\n]*+"
    rb"(?:(" + _ANY_STRING + rb"|[^,\]}\s{\[\"]++)[ \t\r\n]*+,?+[ \t\r\n]*+)?+",
    re.DOTALL,
).match
"""A key and its colon; where the value is no object or list, that too (group 2), and its comma."""
_to_bracket = re.compile(rb'[^"{}\[\]]*+(?:' + _ANY_STRING + rb'[^"{}\[\]]*+)*+([{}\[\]])', re.DOTALL).match
"""Everything up to the next bracket outside of strings, and the bracket."""


def end_of_known_value(raw: bytes, start: int) -> int:
    """Where the valid value ends that begins at `start`; the end of `raw` if it is not valid after all."""
    if raw[start : start + 1] in (b"{", b"["):
        return _bracketed_end(raw, start)
    match = (_string_end if raw[start : start + 1] == b'"' else _scalar_end)(raw, start)
    return match.end() if match else len(raw)


def brackets(data: bytes, start: int, limit: int) -> Iterator[tuple[int, bytearray]]:
    """The brackets outside of strings from `start` to `limit`: where each is, and which closing ones are due then.

    The innermost is the last. It ends where they do not match.
    """
    due = bytearray()
    match = _to_bracket(data, start, limit)
    while match:
        place = match.end() - 1
        bracket = data[place]
        if bracket in b"{[":
            due.append(bracket + 2)  # in ASCII each closing bracket comes two after its opening one
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
