"""A schema as text: the same bytes on every machine, small to ship, and a line a change in a diff."""

import json
from typing import Any

WIDTH = 120
FIRST = (
    "$schema",
    "$id",
    "title",
    "description",
    "x-batchlint",
    "type",
    "$ref",
    "required",
    "properties",
    "if",
    "then",
)


def text_of(schema: Any) -> str:
    """The schema as JSON text: what fits on a line is on one, the rest is broken up, indented by one space a level."""
    return _laid_out(_ordered(schema), 0) + "\n"


def _ordered(value: Any) -> Any:
    """The same value with the keys of its objects in one order: those in FIRST, then the others by the alphabet."""
    if isinstance(value, list):
        return [_ordered(item) for item in value]
    if not isinstance(value, dict):
        return value
    keys = sorted(value, key=lambda key: (FIRST.index(key) if key in FIRST else len(FIRST), key))
    return {key: _ordered(value[key]) for key in keys}


def _laid_out(value: Any, depth: int) -> str:
    flat = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, dict | list) or not value or depth + len(flat) <= WIDTH:
        return flat
    inner, outer = "\n" + " " * (depth + 1), "\n" + " " * depth
    if isinstance(value, list):
        return "[" + ",".join(inner + _laid_out(item, depth + 1) for item in value) + outer + "]"
    lines = (f"{inner}{json.dumps(key)}: {_laid_out(item, depth + 1)}" for key, item in value.items())
    return "{" + ",".join(lines) + outer + "}"
