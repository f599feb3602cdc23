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

from batchlint.facts import errors
from batchlint.rule import Metadata, Problem
from batchlint.schema import Violation

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("schema:minimum", "schema:maximum", "schema:exclusiveMinimum"),
    source="recorded answers of the API; measured by users 2026-08-31; API reference",
    checked="2026-11-23",
)

BOUNDS = {
    "minimum": ("at least", "too_small"),
    "maximum": ("at most", "too_great"),
    "exclusiveMinimum": ("greater than", "not_above"),
}
"""By keyword: our words, and the key of what the API answers."""


def check(violation: Violation) -> Iterator[Problem]:
    words, refusal = BOUNDS[violation.keyword]
    bound = violation.expected
    if violation.pointer == ("params", "max_tokens"):
        refusal = "max_tokens_zero"
    elif violation.pointer in (("params", "temperature"), ("params", "top_p")):
        refusal = "out_of_unit_range"
    yield Problem(
        pointer=violation.pointer,
        message=f"`{violation.pointer[-1]}` is {str(violation.value)[:40]}; it must be {words} {bound:,}",
        help=f"write a number that is {words} {bound}",
        api_error=errors().text(refusal, path=violation.api_path, limit=bound),
    )
