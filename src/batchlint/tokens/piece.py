"""A piece of a request that costs tokens, and how to look into values that may be anything."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

Pointer = tuple[str | int, ...]
"""The way from params to a value; `estimate` and its kin put ("params",) before it."""


class Piece(NamedTuple):
    """A piece of a request: its tokens are those of its texts, of its terms, and the fixed ones."""

    pointer: Pointer
    what: str
    """In words for a person: "text", "tool result", "image"."""
    texts: tuple[Any, ...] = ()
    """Strings as they are; any other value is written as JSON, in one line unless it is Indented or Escaped."""
    terms: Mapping[str, float] = {}
    """Names of calibrated constants, and how often each is counted."""
    fixed: int = 0
    """Tokens that are known from elsewhere: patches of an image, a documented prompt."""
    spare: Mapping[str, float] = {}
    """Names of calibrated constants by which it may cost more, and how often each is counted."""
    at_least: bool = False
    """Whether it costs more that nobody can know from the request."""


class Indented(NamedTuple):
    """A value that the API writes as indented JSON."""

    value: object


class Escaped(NamedTuple):
    """A value that the API writes as JSON in ASCII: any other character as `\\u` and four digits."""

    value: object


def string(value: object) -> str:
    """The value, where it is a string."""
    return value if isinstance(value, str) else ""


def members(value: object) -> dict[str, Any]:
    """The value, where it is an object."""
    return value if isinstance(value, dict) else {}


def entries(value: object) -> list[dict[str, Any]]:
    """The objects of a list; anything else in it keeps its place as an empty one."""
    return [members(entry) for entry in value] if isinstance(value, list) else []


def output_formats(params: dict[str, Any]) -> dict[Pointer, Indented]:
    """The schemas of structured output, by where they are: the place of today, and the older one."""
    places: dict[Pointer, object] = {
        ("output_config", "format"): members(params.get("output_config")).get("format"),
        ("output_format",): params.get("output_format"),
    }
    return {pointer: Indented(output.get("schema")) for pointer, output in places.items() if isinstance(output, dict)}
