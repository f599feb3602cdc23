"""A value that is not one of those allowed.

The API takes only the values that its reference lists, for example `user` and `assistant` for a role, or `5m` and
`1h` for the lifetime of a cache.

The API then answers, for that request only and hours later: `service_tier: Input should be 'auto' or 'standard_only'`.

Example:

    {"role": "tool", "content": "..."}

Instead:

    {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "toolu_1", "content": "..."}]}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from batchlint.rule import Metadata, Problem
from batchlint.schema import Violation
from batchlint.schema.api_path import api_path
from batchlint.spelling import meant

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    wakes_on=("schema:enum", "schema:const"),
    source="Python SDK 2.12.0 request types",
    checked="2026-11-23",
)


def check(violation: Violation) -> Iterator[Problem]:
    allowed = violation.expected if violation.keyword == "enum" else [violation.expected]
    names = [value for value in allowed if isinstance(value, str)]
    nearest = meant(violation.value, names) if isinstance(violation.value, str) else None
    yield Problem(
        pointer=violation.pointer,
        message=f"`{violation.pointer[-1]}` may not be {_shown(violation.value)}"
        + (f"; did you mean `{nearest}`?" if nearest else ""),
        help=f"write {_listed([f'`{value}`' if isinstance(value, str) else _shown(value) for value in allowed])}",
        api_error=f"{api_path(violation.item, violation.pointer)}: Input should be {_listed([repr(name) for name in names])}",
        impact=violation.impact,
    )


def _shown(value: Any) -> str:
    if isinstance(value, str):
        return f'"{value[:60]}"'
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return "a list" if isinstance(value, list) else "an object" if isinstance(value, dict) else str(value)


def _listed(words: list[str]) -> str:
    return " or ".join(filter(None, [", ".join(words[:-1]), words[-1]])) if words else "nothing"
