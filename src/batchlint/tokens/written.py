"""How the API writes what is not text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache

from batchlint.tokens.piece import Escaped, Indented, Piece


def texts(piece: Piece) -> Iterator[str]:
    """The texts of a piece as the API writes them."""
    for value in piece.texts:
        if text := text_of(value):
            yield text


def sized_texts(piece: Piece) -> Iterator[tuple[str, float]]:
    """The texts of a piece, and the bytes that each has in the file for a byte of it: escapes make it longer."""
    for value in piece.texts:
        if text := text_of(value):
            is_longer = isinstance(value, Escaped) and "\\u" in text
            yield text, min(1.0, len(_bare(value)) / len(text)) if is_longer else 1.0


def text_of(value: object) -> str:
    """A string as it is, any other value as JSON."""
    return value if isinstance(value, str) else written(value)


def _bare(value: Escaped) -> bytes:
    return written(value.value).encode("utf-8", "surrogatepass")


def written(value: object) -> str:
    """A value as JSON, with spaces; what cannot be written so (nested too deep, an endless number) is left out."""
    try:
        if isinstance(value, Indented):
            return _indented(json.dumps(value.value, ensure_ascii=False))
        if isinstance(value, Escaped):
            return json.dumps(value.value)
        return json.dumps(value, ensure_ascii=False)
    except (ValueError, TypeError, RecursionError):
        return ""


@lru_cache(maxsize=64)
def _indented(text: str) -> str:
    """JSON text with line breaks; remembered, as the requests of a batch mostly ask for the same output."""
    return json.dumps(json.loads(text), ensure_ascii=False, indent=2)
