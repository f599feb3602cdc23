"""Values of the strings in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

ESCAPE: Final = re.compile(
    rb"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(u[dD][89a-fA-F][0-9a-fA-F]{2})|.)", re.DOTALL
)
"""An escape, or two that make a pair of surrogates; group 1 is a surrogate that is alone."""


def without_lone_surrogates(text: bytes) -> bytes:
    """The text with U+FFFD for each surrogate that is alone, not a byte longer or shorter."""
    if b"\\ud" not in text and b"\\uD" not in text:
        return text
    replaced = bytearray(text)
    for alone in lone_surrogates(text, 0, len(text)):
        replaced[alone.start() : alone.end()] = b"\\ufffd"
    return bytes(replaced)


def lone_surrogates(text: bytes, start: int, end: int) -> Iterator[re.Match[bytes]]:
    """The escapes of surrogates that are alone, one at a time: there may be millions."""
    return (escape for escape in ESCAPE.finditer(text, start, end) if escape[1])


def string_value(token: bytes) -> str:
    """What a string or key says, given with its quotes; U+FFFD stands for what is no character."""
    if b"\\" in token:
        import json

        try:
            value: str = json.loads(without_lone_surrogates(token).decode("utf-8", "replace"), strict=False)
        except ValueError:
            pass
        else:
            return value
    return token[1:-1].decode("utf-8", "replace")
