"""A content block, tool, source or other variant of a type that the API does not know.

The `type` member decides which variant an object is. Types of other APIs (`image_url`, `input_text`, `function`) and
misspelt ones are refused.

The API then answers, for that request only and hours later: `messages.0.content.0: Input tag 'image_url' found using
'type' does not match any of the expected tags: ...`.

Example:

    {"type": "image_url", "image_url": {"url": "https://example.com/cat.png"}}

Instead:

    {"type": "image", "source": {"type": "url", "url": "https://example.com/cat.png"}}
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
    wakes_on=("schema:tag",),
    source="recorded answers of the API; Python SDK 2.12.0 request types",
    checked="2026-11-23",
)

INSTEAD = {
    "image_url": 'write {"type": "image", "source": {"type": "url", "url": "..."}}',
    "input_image": 'write {"type": "image", "source": {"type": "url", "url": "..."}}',
    "input_text": 'write {"type": "text", "text": "..."}',
    "output_text": 'write {"type": "text", "text": "..."}',
    "input_file": 'write {"type": "document", "source": {...}}',
    "file": 'write {"type": "document", "source": {...}}',
    "function": 'write {"name": "...", "description": "...", "input_schema": {...}}, without a wrapper',
    "tool_call": 'write {"type": "tool_use", "id": "...", "name": "...", "input": {...}}',
    "reasoning": 'write {"type": "thinking", "thinking": "...", "signature": "..."}',
}
"""What stands here for types of other APIs that people carry over."""


def check(violation: Violation) -> Iterator[Problem]:
    allowed = violation.expected if isinstance(violation.expected, list) else [violation.expected]
    names = [name for name in allowed if isinstance(name, str)]
    value = violation.value
    nearest = meant(value, names) if isinstance(value, str) and value not in INSTEAD else None
    shown = f'"{value[:60]}"' if isinstance(value, str) else "of this kind"
    yield Problem(
        pointer=violation.pointer,
        message=f"unknown type {shown}" + (f"; did you mean `{nearest}`?" if nearest else ""),
        help=INSTEAD.get(value, "")
        if isinstance(value, str) and value in INSTEAD
        else f"known here: {', '.join(names)}",
        api_error=(
            f"{api_path(violation.item, violation.pointer[:-1])}: Input tag '{value}' found using 'type' does not match any of the expected tags"
        ),
    )
