"""A `format` of a string that structured outputs do not know.

The schema of an answer, or of a tool with `strict: true`, may ask for the formats date-time, time, date, duration,
email, hostname, uri, ipv4, ipv6 and uuid. Any other is refused, also where JSON Schema or OpenAPI know it: `phone`,
`url`, `uri-reference`, `binary`, `password`, `regex`.

The API then answers, for that request only and hours later: `output_config.format.schema: For 'string' type, format
'phone' is not supported`.

Example:

    {"type": "string", "format": "phone"}

Instead:

    {"type": "string", "description": "phone number, with country code"}
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from batchlint.analysis.keyword_fixes import into_description
from batchlint.analysis.request_schemas import SchemaProblem, structured_problems
from batchlint.analysis.structured_output import compiled, types_of
from batchlint.facts import limits
from batchlint.json_schema.walk import Subschema
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("carried:strict", "output-format"),
    source="docs: build-with-claude/structured-outputs; error texts quoted in public code 2026-10",
    checked="2026-11-23",
    fixes=("unsafe",),
)


def check(request: Request) -> Iterable[Problem]:
    return structured_problems(request, _unknown_formats)


def _unknown_formats(schema: Any) -> Iterator[SchemaProblem]:
    known = limits().strict.string_formats
    for pointer, value in compiled(schema):
        form = value.get("format")
        if isinstance(form, str) and form not in known and "string" in types_of(value):
            yield SchemaProblem(
                (*pointer, "format"),
                f'structured outputs do not know the format "{form[:60]}"',
                f"write {', '.join(known)}, or describe it in the description",
                "schema_format_unsupported",
                {"format": form[:80]},
                fix=into_description(Subschema(pointer, value), "format"),
            )
