"""`anyOf` or `allOf` next to `type`, `properties` and the like, in a schema for structured outputs.

In the schema of an answer, or of a tool with `strict: true`, a union is alone: next to it there may be `title`,
`description`, `default`, `enum` and `const`, and no `type`, `properties`, `required`, `additionalProperties`, `$ref` or
`discriminator`. (The API says `anyOf` also where it means `allOf`.)

The API then answers, for that request only and hours later: `output_config.format.schema: For 'anyOf', 'properties,
required, type' is not supported`.

Example:

    {"type": "string", "anyOf": [{"enum": ["a", "b"]}, {"pattern": "^x-"}]}

Instead:

    {"anyOf": [{"type": "string", "enum": ["a", "b"]}, {"type": "string", "pattern": "^x-"}]}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from batchlint.analysis.request_schemas import SchemaProblem, answer_schemas, tool_list
from batchlint.analysis.structured_output import compiled
from batchlint.facts import json_schema
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("carried:strict", "output-format"),
    source="live capture 2026-09-27",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    for schema in tool_list(request).strict_schemas:
        yield from schema.problems(_below_the_outermost)
    for schema in answer_schemas(request):
        yield from schema.problems(_siblings)


def _below_the_outermost(schema: Any) -> Iterator[SchemaProblem]:
    """Leaves the outermost level of a tool to tool-schema-combinator."""
    return (fault for fault in _siblings(schema) if len(fault.pointer) > 1)


def _siblings(schema: Any) -> Iterator[SchemaProblem]:
    for pointer, value in compiled(schema):
        union = "anyOf" if "anyOf" in value else "allOf"
        siblings = sorted(json_schema().refused_beside_combinators.intersection(value))
        if union in value and siblings:
            yield SchemaProblem(
                (*pointer, siblings[-1]),
                f"{', '.join(f'`{name}`' for name in siblings)} next to `{union}` in structured outputs",
                f"move {'it' if len(siblings) == 1 else 'them'} into the branches of `{union}`",
                "schema_siblings",
                {"keywords": ", ".join(siblings)},
                at_key=True,
            )
