"""Puts a value on one line."""

from __future__ import annotations

import re
from typing import Final

from batchlint.sources.lexemes import BLANKS

STRING: Final = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)


def on_one_line(raw: bytes) -> bytes:
    """The same value without line breaks between its parts: a blank comes after a comma, nothing elsewhere."""
    if b"\n" not in raw and b"\r" not in raw:
        return raw
    at, parts = 0, []
    for string in STRING.finditer(raw):
        parts += [_without_breaks(raw[at : string.start()]), string[0]]
        at = string.end()
    return b"".join((*parts, _without_breaks(raw[at:])))


def _without_breaks(text: bytes) -> bytes:
    """What is between two strings, without line breaks and what is around them."""
    if b"\n" not in text and b"\r" not in text:
        return text
    first, *others, last = text.replace(b"\r", b"\n").split(b"\n")
    parts = [first.rstrip(BLANKS), *(part for each in others if (part := each.strip(BLANKS))), last.lstrip(BLANKS)]
    return b"".join(part + (b" " if part.endswith(b",") else b"") for part in parts[:-1]) + parts[-1]
