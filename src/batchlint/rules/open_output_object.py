"""An object in a schema for structured outputs that does not say `"additionalProperties": false`.

Structured outputs, and tools with `strict: true`, know no open objects: every object in the schema, also inside lists
and definitions, has to forbid what it does not list. A map with free names cannot be had; a list of pairs can. The SDKs
add it when they build a schema from types; one that is written into a batch by hand, or by another library, has to
bring it.

The API then answers, for that request only and hours later: `output_config.format.schema: For 'object' type,
'additionalProperties' must be explicitly set to false`.

Example:

    {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]}

Instead:

    {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"], "additionalProperties": false}
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from batchlint.analysis.request_schemas import COMBINATORS, SchemaProblem, structured_problems
from batchlint.analysis.structured_output import compiled, properties_of, types_of
from batchlint.edits import Insert, Replace, safe
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("carried:strict", "output-format"),
    source="live captures 2026-09-07 and 2026-09-27; error texts quoted in many issues",
    checked="2026-11-23",
    fixes=("safe",),
)


def check(request: Request) -> Iterable[Problem]:
    return structured_problems(request, _open_objects)


def _open_objects(schema: Any) -> Iterator[SchemaProblem]:
    for pointer, value in compiled(schema):
        if "object" not in types_of(value) or value.get("additionalProperties") is False:
            continue
        if not COMBINATORS.isdisjoint(value):
            continue  # Beside a union there may be no object; schema-combinator-siblings says so.
        if "additionalProperties" in value:
            further = value["additionalProperties"]
            at = (*pointer, "additionalProperties")
            yield SchemaProblem(
                at,
                "an object in structured outputs cannot be open",
                "write false, and list every property; a map becomes a list of name and value",
                "open_object",
                {"value": "true" if further is True else "object"},
                fix=safe(Replace(at, False)) if further is True and properties_of(value) else None,
            )
        else:
            yield SchemaProblem(
                pointer,
                "an object in structured outputs has to forbid further properties",
                'add "additionalProperties": false',
                "additional_properties",
                fix=safe(Insert(pointer, "additionalProperties", False)) if properties_of(value) else None,
            )
