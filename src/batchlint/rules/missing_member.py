"""A required field is missing.

The API's reference says what is required: in params `model`, `max_tokens` and `messages`, in a message `role`
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

from batchlint.facts import errors
from batchlint.rule import Metadata, Pointer, Problem
from batchlint.schema import Violation

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("schema:required",),
    source="recorded answers of the API; Python SDK request types",
    checked="2026-11-23",
)


def check(violation: Violation) -> Iterator[Problem]:
    name, pointer = violation.expected, violation.pointer
    yield Problem(
        pointer=pointer,
        message=f"{_holder(pointer)} has no `{name}`",
        help=f"add `{name}`",
        api_error=errors().text("field_required", path=violation.api_path_of((*pointer, name))),
        impact=violation.impact,
    )


def _holder(pointer: Pointer) -> str:
    """What the object is called: "the request", "this message", "`source`"."""
    if not pointer:
        return "the request"
    if isinstance(pointer[-1], str):
        return f"`{pointer[-1]}`"
    kinds = {"messages": "this message", "tools": "this tool", "content": "this block", "system": "this block"}
    return kinds.get(str(pointer[-2]), "this element")
