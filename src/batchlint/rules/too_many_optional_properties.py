"""More optional properties in the schemas for structured outputs than the API takes.

The schema of the answer and those of all tools with `strict: true` together may have no more than 24 properties that
are not listed in `required`, nested objects counted; each makes the grammar much larger. A property that may be null
and is required does not count here, but does for too-many-union-types. batchlint counts a definition once, however
often it is referred to, so the API may count more.

The API then answers, for that request only and hours later: `Schemas contains too many optional parameters (28), which
would make grammar compilation inefficient. Reduce the number of optional parameters in your tool schemas (limit: 24).`

Example, with 28 properties:

    {"type": "object", "properties": {...}, "required": [], "additionalProperties": false}

Instead:

    {"type": "object", "properties": {...}, "required": ["id", "name", ...], "additionalProperties": false}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from batchlint.analysis.request_schemas import counted_in_all
from batchlint.analysis.structured_output import compiled, listed, properties_of
from batchlint.facts import errors, limits
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("carried:strict", "output-format"),
    source="docs: build-with-claude/structured-outputs; live probe 2026-08-16; error texts quoted in issues",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    most = limits().strict.optional_properties
    found, pointer = counted_in_all(request, _optional_properties)
    if found > most:
        yield Problem(
            pointer=pointer,
            message=f"{found:,} optional properties in structured outputs; the limit is {most}",
            help="list more of them in `required`, or split the request",
            api_error=errors().text("too_many_optional", found=found, limit=most),
        )


def _optional_properties(schema: Any) -> int:
    count = 0
    for _, value in compiled(schema):
        required = {name for name in listed(value, "required") if isinstance(name, str)}
        count += len(properties_of(value).keys() - required)
    return count
