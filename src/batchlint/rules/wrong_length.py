"""A text or a list that is too short or too long.

The API then answers, for that request only and hours later: `messages.0.content.0.tool_use.name: String should have
at most 200 characters`.

Example:

    {"type": "tool_use", "id": "toolu_1", "name": "", "input": {}}

Instead:

    {"type": "tool_use", "id": "toolu_1", "name": "search", "input": {}}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.rule import Metadata, Problem
from batchlint.schema import Violation
from batchlint.schema.api_path import api_path

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    wakes_on=("schema:minLength", "schema:maxLength", "schema:minItems", "schema:maxItems"),
    source="API reference and published OpenAPI document",
    checked="2026-11-23",
)


def check(violation: Violation) -> Iterator[Problem]:
    least = violation.keyword.startswith("min")
    text = violation.keyword.endswith("Length")
    bound, unit = violation.expected, "character" if text else "element"
    limit = f"at {'least' if least else 'most'} {bound:,} {unit}{'' if bound == 1 else 's'}"
    kind, theirs = ("String", "characters") if text else ("List", "items")
    yield Problem(
        pointer=violation.pointer,
        message=f"`{violation.pointer[-1]}` has {len(violation.value):,} {unit}s; it must have {limit}",
        help=f"{'lengthen' if least else 'shorten'} it to {limit}",
        api_error=(
            f"{api_path(violation.item, violation.pointer)}: {kind} should have at {'least' if least else 'most'} {bound} {theirs}"
        ),
    )
