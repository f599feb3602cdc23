"""A member that the API does not know.

The API refuses unknown members nearly everywhere, so a misspelt name fails the request even if the member was
optional. Where the name is near to one that the object may have, the finding says which; where it belongs to another
API or to a call of an SDK, it says where it belongs.

The API then answers, for that request only and hours later: `max_token: Extra inputs are not permitted`.

Example:

    {"custom_id": "a", "params": {"model": "claude-opus-4-8", "max_token": 100, "messages": [...]}}

Instead:

    {"custom_id": "a", "params": {"model": "claude-opus-4-8", "max_tokens": 100, "messages": [...]}}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.rule import Metadata, Problem
from batchlint.schema import Violation
from batchlint.schema.api_path import api_path
from batchlint.spelling import meant

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    wakes_on=("schema:additionalProperties",),
    source="recorded answers of the API; Python SDK 2.12.0 request types",
    checked="2026-11-23",
)


def check(violation: Violation) -> Iterator[Problem]:
    name = violation.expected
    pointer = (*violation.pointer, name)
    nearest = meant(name, violation.members)
    yield Problem(
        pointer=pointer,
        message=f"unknown member `{name[:80]}`" + (f"; did you mean `{nearest}`?" if nearest else ""),
        help=_help(violation, name, nearest),
        api_error=f"{api_path(violation.item, pointer)}: Extra inputs are not permitted",
        impact=violation.impact,
        at_key=True,
    )


def _help(violation: Violation, name: str, nearest: str | None) -> str:
    if nearest:
        return f"rename it to `{nearest}`"
    from batchlint.facts import members

    known = members().find(name, violation.pointer)
    return known.instead if known else "remove it"
