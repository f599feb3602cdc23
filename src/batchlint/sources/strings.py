"""What the strings of a text say."""

from __future__ import annotations

import re
from typing import Final

ESCAPE: Final = re.compile(
    rb"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(u[dD][89a-fA-F][0-9a-fA-F]{2})|.)", re.DOTALL
)
"""An escape, or two that make a pair of surrogates; group 1 is a surrogate that stands alone."""


def without_lone_surrogates(text: bytes) -> bytes:
    """The text with U+FFFD for each surrogate that stands alone, not a byte longer or shorter."""
    return ESCAPE.sub(lambda escape: b"\\ufffd" if escape[1] else escape[0], text)


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
