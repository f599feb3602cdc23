"""A member that must be there is not.

What is required stands in the API's reference: in params `model`, `max_tokens` and `messages`, in a message `role`
and `content`, in a content block what its type needs.

The API then answers, for that request only and hours later: `messages: Field required`. A missing `custom_id` or
`params` refuses the whole batch.

Example:

    {"custom_id": "a", "params": {"model": "claude-opus-4-8", "messages": [...]}}

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
    wakes_on=("schema:required",),
    source="recorded answers of the API; Python SDK 2.12.0 request types",
    checked="2026-11-23",
)


def check(violation: Violation) -> Iterator[Problem]:
    name = violation.expected
    yield Problem(
        pointer=violation.pointer,
        message=f"`{name}` is missing",
        help=f"add `{name}`",
        api_error=f"{api_path(violation.item, (*violation.pointer, name))}: Field required",
        impact=violation.impact,
    )
