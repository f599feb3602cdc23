"""A number outside the range that the API takes.

The API then answers, for that request only and hours later: `max_tokens: must be greater than or equal to 1`. A batch
is stricter than a single request here: `max_tokens: 0`, which warms the cache elsewhere, is refused.

Example:

    {"custom_id": "a", "params": {"model": "claude-opus-4-8", "max_tokens": 0, "messages": [...]}}

Instead:

    {"custom_id": "a", "params": {"model": "claude-opus-4-8", "max_tokens": 1024, "messages": [...]}}
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
    wakes_on=("schema:minimum", "schema:maximum", "schema:exclusiveMinimum", "schema:exclusiveMaximum"),
    source="recorded answers of the API; API reference",
    checked="2026-11-23",
)

BOUNDS = {
    "minimum": ("at least", "greater than or equal to"),
    "maximum": ("at most", "less than or equal to"),
    "exclusiveMinimum": ("greater than", "greater than"),
    "exclusiveMaximum": ("less than", "less than"),
}


def check(violation: Violation) -> Iterator[Problem]:
    ours, theirs = BOUNDS[violation.keyword]
    name, bound = violation.pointer[-1], violation.expected
    yield Problem(
        pointer=violation.pointer,
        message=f"`{name}` is {violation.value}; it must be {ours} {bound:,}",
        help=f"write a number that is {ours} {bound:,}",
        api_error=f"{api_path(violation.item, violation.pointer)}: Input should be {theirs} {bound}",
    )
