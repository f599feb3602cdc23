"""Asks the compiled scanner about single requests."""

from __future__ import annotations

import json
from typing import Any

import pytest

from batchlint.engine.native import CUT, END, LIMIT, NEW, OTHER, NativeScanner, state
from batchlint.sources.reader import Begin
from batchlint.tokens.bound import largest_costs

LIBRARY = state().library
needs_scanner = pytest.mark.skipif(LIBRARY is None, reason=f"no scanner: {state().reason}")
WHY = {END: "known", LIMIT: "limit", NEW: "usual", OTHER: "other", CUT: "cut"}
MANY = 1_000
LIMITS = {
    "bytes": 1_000_000,
    "breakpoints": 4,
    "images": 20,
    "image_side": 8000,
    "image_length": 100_000,
    "optional_properties": 24,
    "tokens": 80_000,
    **{f"tokens_{name}": 0 for name in largest_costs()},
}
"""Limits of a request where no test says others; tokens cost nothing."""


def scanner(schema: Any, **limits: float) -> NativeScanner:
    """A scanner by a schema of requests."""
    assert LIBRARY is not None
    return NativeScanner(LIBRARY, json.dumps(schema).encode(), json.dumps(LIMITS | limits).encode())


def of_params(schema: Any, **root: Any) -> dict[str, Any]:
    """A schema of requests by one of params; other members of the root are given by name."""
    definitions = schema.pop("$defs", {}) if isinstance(schema, dict) else {}
    return {"properties": {"custom_id": {"type": "string"}, "params": schema}, "$defs": definitions, **root}


def verdict(scanner: NativeScanner, params: bytes) -> str:
    """What the scanner says of a request with these bytes of params: `known`, `usual`, `other` or `cut`."""
    data = b'{"custom_id":"a","params":%s}' % params
    why = scanner.scan(data, 0, len(data), "line feed", MANY, Begin(0, 1, 0))
    is_all = why != NEW or scanner.outcome.candidate_length == len(data)
    return WHY[why] if is_all else "other"
