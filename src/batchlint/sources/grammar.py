"""The grammar of JSON over bytes: a scanner without recursion that yields tokens and stops exactly where the text
goes wrong.

It serves what the fast parser cannot: to find where a value ends, and to say what is wrong with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from batchlint.sources.lexemes import BLANK, BRACE, SCALAR, STRING

_VALUE: Final = rb"(?P<string>" + STRING + rb")|(?P<scalar>" + SCALAR + rb")|(?P<open>[{\[])"
_KEY: Final = rb"(?P<key>" + STRING + rb")" + BLANK + rb":"

_value = re.compile(BLANK + rb"(?:" + _VALUE + rb")").match
_first_item = re.compile(BLANK + rb"(?:" + _VALUE + rb"|(?P<close>\]))").match
_key = re.compile(BLANK + _KEY).match
_first_key = re.compile(BLANK + rb"(?:" + _KEY + rb"|(?P<close>\}))").match
_after_member = re.compile(BLANK + rb"(?:,|(?P<close>\}))").match
_after_item = re.compile(BLANK + rb"(?:,|(?P<close>\]))").match
_DUE: Final = {
    _value: "value",
    _first_item: "first item",
    _key: "key",
    _first_key: "first key",
    _after_member: "comma",
    _after_item: "comma",
}


class Token(NamedTuple):
    """A token and where it is; `role` is "key", "string", "scalar", "open" or "close". Quotes belong to it."""

    role: str
    start: int
    end: int


def tokens(data: bytes, at: int = 0) -> Iterator[Token]:
    """The tokens of the one value that begins at or after `at`, commas and colons left out.

    Raises `NotJsonError` or `CutShortError` where the text is no JSON. What comes after the value is not looked at.
    """
    opened = bytearray()
    expected = _value
    while True:
        match = expected(data, at)
        if match is None:
            from batchlint.sources.faults import fault

            raise fault(data, at, opened, _DUE[expected])
        at = match.end()
        role = match.lastgroup
        if role is None:  # a comma
            expected = _key if opened[-1] == BRACE else _value
            continue
        yield Token(role, match.start(role), match.end(role))
        if role == "key":
            expected = _value
            continue
        if role == "open":
            opened.append(data[at - 1])
            expected = _first_key if opened[-1] == BRACE else _first_item
            continue
        if role == "close":
            opened.pop()
        if not opened:
            return
        expected = _after_member if opened[-1] == BRACE else _after_item


def end_of_value(data: bytes, at: int = 0) -> int:
    """Where the value that begins at or after `at` ends; raises as `tokens` does."""
    end = at
    for token in tokens(data, at):
        end = token.end
    return end
