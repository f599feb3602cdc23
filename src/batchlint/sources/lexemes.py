"""The smallest parts of JSON text, as patterns over bytes."""

from __future__ import annotations

import re
from typing import Final

BLANKS: Final = b" \t\r\n"
BRACE: Final = ord("{")
BRACKET: Final = ord("[")
COMMA: Final = ord(",")
QUOTE: Final = ord('"')
BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"

BLANK: Final = rb"[ \t\r\n]*+"
STRING_HEAD: Final = rb'"[^"\\\x00-\x1f]*+(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*+)*+'
STRING: Final = STRING_HEAD + rb'"'
SCALAR: Final = (
    rb"(?:-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?+(?:[eE][+-]?+[0-9]++)?+|true|false|null|NaN|-?Infinity)"
    rb"(?![0-9A-Za-z_.+\-])"
)
"""`NaN`, `Infinity` and `-Infinity` belong to it: they are no JSON, but whoever decodes tells them better than the
grammar does.
"""

string_at = re.compile(STRING).match
string_head_at = re.compile(STRING_HEAD).match
"""A string up to its closing quote, or up to what must not be in it."""

_blanks_at = re.compile(BLANK).match


def skip_blanks(data: bytes, at: int) -> int:
    """Where the next byte is that is no blank, or the end of the data."""
    match = _blanks_at(data, at)
    return match.end() if match else at
