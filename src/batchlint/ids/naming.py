"""Makes legal ids of those that the API would not take."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container
from typing import Final

DIGEST_LENGTH: Final = 12
"""Hexadecimal digits after the readable part; more where two ids would still meet."""
_ILLEGAL: Final = re.compile(r"[^a-zA-Z0-9_-]+")


def new_id(original: str, occurrence: int, taken: Container[str], max_length: int) -> str:
    """A legal id that shows what it was, made of the original and of how many times it came before, and nothing else.

    So the same request has the same id in every attempt, wherever it is; `taken` are ids that it must not be.
    """
    digest = hashlib.sha256(f"{occurrence}\0{original}".encode("utf-8", "surrogatepass")).hexdigest()
    count = f"-{occurrence}" if occurrence > 1 else ""
    for length in range(DIGEST_LENGTH, max_length):
        ending = f"{count}-{digest[:length]}"
        candidate = readable(original)[: max_length - len(ending)].rstrip("-") + ending
        if candidate not in taken:
            return candidate
    raise AssertionError("two texts with the same sha256")


def readable(original: str) -> str:
    """The part of an id that is legal, with a dash for what is not."""
    return _ILLEGAL.sub("-", original).strip("-") or "request"
