"""The words of a PDF's objects, as far as dictionaries of numbers, names and references need (ISO 32000-1, 7.2)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import islice

MAX_WORDS = 300_000
"""Words of one object that are read."""
MAX_DIGITS = 12
"""Digits of a number that can be one of a file."""

# Possessive, and content with a string that has no end, so that no text makes it try the same bytes again and again.
WORD = re.compile(
    rb"%[^\r\n]*+|<<|>>|[\[\]{}]|/[^\s\0()<>\[\]{}/%]*+|<[0-9A-Fa-f\s]*+>"
    rb"|\((?:[^\\()]|\\.|\((?:[^\\()]|\\.)*+\))*+\)?|[^\s\0()<>\[\]{}/%]++|[()<>]",
    re.DOTALL,
)
BEYOND = frozenset((b"endobj", b"stream", b"startxref"))
"""Words that follow an object."""
DEEPER = {b"<<": 1, b"[": 1, b">>": -1, b"]": -1}

Words = list[bytes]
Dictionary = Mapping[bytes, Words]


class BrokenPdfError(Exception):
    """A file that does not hold together, or is larger or odder than is followed."""


def dictionary(text: bytes) -> tuple[Dictionary, int]:
    """The words of each member of the dictionary that a text begins with, and its end; raises BrokenPdfError."""
    found: dict[bytes, Words] = {}
    value: Words | None = None
    depth = 0
    for match in islice(WORD.finditer(text), MAX_WORDS):
        word = match[0]
        if word.startswith(b"%"):
            continue
        if word in BEYOND or (depth == 0 and word != b"<<"):
            break
        depth += DEEPER.get(word, 0)
        if depth == 0:
            return found, match.end()
        if depth == 1 and word.startswith(b"/") and value != []:
            value = found[word] = []
        elif value is not None:
            value.append(word)
    raise BrokenPdfError("no whole dictionary")


def words(text: bytes) -> Words:
    """The words of the array or the single word that a text begins with; raises BrokenPdfError."""
    found: Words = []
    depth = 0
    for match in islice(WORD.finditer(text), MAX_WORDS):
        found.append(match[0])
        depth += DEEPER.get(match[0], 0)
        if depth == 0 and match.end() < len(text):
            return found
    raise BrokenPdfError("no whole value")


def reference(value: Words) -> int | None:
    """The number of the object that a value refers to; None: it refers to none."""
    return number(value[:1]) if len(value) == 3 and value[2] == b"R" else None


def references(value: Words) -> list[int]:
    """The numbers of the objects that an array refers to; raises BrokenPdfError where it holds anything else."""
    inner = value[1:-1]
    if value[:1] != [b"["] or len(inner) % 3 or any(word != b"R" for word in inner[2::3]):
        raise BrokenPdfError("no array of references")
    return [number([word]) for word in inner[::3]]


def number(value: Words) -> int:
    """A whole number from 0 on; raises BrokenPdfError for anything else."""
    if len(value) != 1 or not value[0].isdigit() or len(value[0]) > MAX_DIGITS:
        raise BrokenPdfError("no number")
    return int(value[0])
