"""How the API writes what is not text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache

from batchlint.tokens.piece import Indented, Piece


def texts(piece: Piece) -> Iterator[str]:
    """The texts of a piece as the API writes them."""
    for value in piece.texts:
        text = value if isinstance(value, str) else written(value)
        if text:
            yield text


def written(value: object) -> str:
    """A value as JSON, with spaces; what cannot be written so (nested too deep, an endless number) is left out."""
    try:
        if isinstance(value, Indented):
            return _indented(json.dumps(value.value, ensure_ascii=False))
        return json.dumps(value, ensure_ascii=False)
    except (ValueError, TypeError, RecursionError):
        return ""


@lru_cache(maxsize=64)
def _indented(text: str) -> str:
    """JSON text with line breaks; remembered, as the requests of a batch mostly ask for the same output."""
    return json.dumps(json.loads(text), ensure_ascii=False, indent=2)
