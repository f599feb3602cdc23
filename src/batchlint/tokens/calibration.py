"""The numbers that `tools/calibrate_tokens.py` fitted to counts of the API, typed: `facts/calibration.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

Numbers = Mapping[str, float]


class Calibration(NamedTuple):
    """What one generation of tokenizers needs. A feature or term that has no number counts nothing."""

    text: Numbers
    """Tokens by feature of a token (`features.py`)."""
    characters: Numbers
    """Tokens by feature of a text (`characters.py`)."""
    structure: Numbers
    """Tokens by term of a piece (`pieces.py`), and what files need."""
    below: Numbers
    """By how much the count may be lower: parts of the tokens of each kind of text, and `tokens` of any request."""
    above: Numbers
    """By how much it may be higher."""


@cache
def calibration(generation: str) -> Calibration:
    """The numbers of a generation ("v3", "4.7" or "4.8")."""
    from batchlint.facts.reading import read

    return calibration_from(read("calibration"), generation)


def calibration_from(document: Mapping[str, Any], generation: str) -> Calibration:
    """The numbers of a generation in a document such as calibration.toml."""
    tables = document["generation"][generation]
    return Calibration(*(tables[name] for name in Calibration._fields))


@cache
def certainty() -> Numbers:
    """What holds for all generations: see `[certainty]` in the file."""
    from batchlint.facts.reading import read

    table: Numbers = read("calibration")["certainty"]
    return table
