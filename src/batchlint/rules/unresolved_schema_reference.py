"""A `$ref` that leads nowhere, or out of the schema.

A reference may lead to a definition in the same schema, counted from its outermost level: `#/$defs/Name`. It leads
nowhere where a part of a larger schema was cut out without its definitions, or where `$defs` are deeper than the
reference says. Other files and addresses are never fetched. In a schema for structured outputs (the answer's, or that
of a strict tool) that is refused; in any other tool the model sees a name without a meaning, which is a warning.

The API then answers, for that request only and hours later: `output_config.format.schema: Invalid schema: Reference to
non-existent definition: #/$defs/Line`.

Example:

    {"type": "array", "items": {"$ref": "#/$defs/Line"}}

Instead:

    {"type": "array", "items": {"$ref": "#/$defs/Line"}, "$defs": {"Line": {"type": "string"}}}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from batchlint.analysis.request_schemas import SchemaProblem, answer_schemas, tool_list
from batchlint.json_schema.walk import find, subschemas
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("tool:custom", "output-format"),
    source="error texts quoted in public code 2026; docs: build-with-claude/structured-outputs",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    for schema in tool_list(request).schemas:
        if schema.tool and not schema.tool.get("strict"):
            yield from schema.problems(_in_plain_tool)
    for schema in (*tool_list(request).strict_schemas, *answer_schemas(request)):
        yield from schema.problems(_in_structured_output)


def _in_plain_tool(schema: Any) -> Iterator[SchemaProblem]:
    return (fault._replace(error=None, values={}, severity="warning") for fault in _in_structured_output(schema))


def _in_structured_output(schema: Any) -> Iterator[SchemaProblem]:
    inside = list(subschemas(schema))
    renamed = any(pointer and isinstance(value, dict) and "$id" in value for pointer, value in inside)
    for pointer, value in inside:
        reference = value.get("$ref") if isinstance(value, dict) else None
        if not isinstance(reference, str):
            continue
        if not reference.startswith("#"):
            yield SchemaProblem(
                (*pointer, "$ref"),
                f'the reference "{reference[:70]}" leads out of the schema',
                "copy what it leads to into `$defs`, and refer to it as #/$defs/NAME",
            )
        elif reference.startswith("#/") and not renamed and find(schema, reference) is None:
            yield SchemaProblem(
                (*pointer, "$ref"),
                f'the reference "{reference[:70]}" leads nowhere',
                "define it in `$defs` on the outermost level of this schema",
                "schema_reference_missing",
                {"reference": reference[:200]},
            )
