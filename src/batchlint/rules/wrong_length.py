"""A text or a list that is too short or too long.

The API then answers, for that request only and hours later: `messages: at least one message is required`, or
`messages.0.content.0.tool_use.name: String should have at most 200 characters`.

Example:

    {"type": "tool_use", "id": "toolu_1", "name": "", "input": {}}

Instead:

    {"type": "tool_use", "id": "toolu_1", "name": "search", "input": {}}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.facts import errors, members
from batchlint.rule import Metadata, Problem
from batchlint.schema import Violation

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("schema:minLength", "schema:maxLength", "schema:minItems", "schema:maxItems"),
    source="API reference and published OpenAPI document; issue threads",
    checked="2026-11-23",
    fixes=("safe",),
)

BOUNDS = {
    "minLength": ("at least", "character", "too_short"),
    "maxLength": ("at most", "character", "too_long"),
    "minItems": ("at least", "element", "too_few_items"),
    "maxItems": ("at most", "element", "too_many_items"),
}
"""By keyword: our words, and the key of what the API answers."""


def check(violation: Violation) -> Iterator[Problem]:
    from batchlint.analysis.schema_fixes import fix_of_value

    known = None
    if isinstance(violation.value, str) and violation.pointer:
        known = members().find_value(str(violation.pointer[-1]), violation.value)
    words, unit, refusal = BOUNDS[violation.keyword]
    bound, found = violation.expected, len(violation.value)
    if violation.pointer == ("params", "messages") and not found:
        refusal = "no_messages"
    limit = f"{words} {_counted(bound, unit)}"
    empty = "is empty" if not found else f"has {_counted(found, unit)}"
    yield Problem(
        pointer=violation.pointer,
        message=f"`{violation.pointer[-1]}` {empty}; it must have {limit}",
        help=f"{'shorten it to' if words == 'at most' else 'write'} {limit}" if known is None else known.instead,
        api_error=errors().text(refusal, path=violation.api_path, limit=bound, found=found),
        fix=None if known is None else fix_of_value(violation, known, None),
    )


def _counted(number: int, unit: str) -> str:
    return f"{number:,} {unit}{'' if number == 1 else 's'}"
