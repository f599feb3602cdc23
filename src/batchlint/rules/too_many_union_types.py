"""More properties of several types in the schemas for structured outputs than the API takes.

The schema of the answer and those of all tools with `strict: true` together may have no more than 16 properties whose
type is a union: by `anyOf`, or by a list such as `["string", "null"]`. A schema that makes every field nullable runs
into it soon. batchlint counts a definition once, however often it is referred to, so the API may count more.

The API then answers, for that request only and hours later: `Schemas contains too many parameters with union types (24
parameters with type arrays or anyOf) ... (limit: 16 parameters with unions).`

Example, with 24 properties:

    {"type": "object", "properties": {"a": {"type": ["string", "null"]}, "b": {"type": ["string", "null"]}, ...}}

Instead, with an empty text for what is not known:

    {"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "string"}, ...}}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from batchlint.analysis.request_schemas import counted_in_all
from batchlint.analysis.structured_output import compiled, is_union, properties_of
from batchlint.facts import errors, limits
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("carried:strict", "output-format"),
    source="docs: build-with-claude/structured-outputs; error texts quoted in issues",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    most = limits().strict.union_properties
    found, pointer = counted_in_all(request, _union_properties)
    if found > most:
        yield Problem(
            pointer=pointer,
            message=f"{found:,} properties of several types in structured outputs; the limit is {most}",
            help="give more of them a single type, or leave them out of `required` instead of making them null",
            api_error=errors().text("too_many_unions", found=found, limit=most),
        )


def _union_properties(schema: Any) -> int:
    return sum(is_union(inner) for _, value in compiled(schema) for inner in properties_of(value).values())
