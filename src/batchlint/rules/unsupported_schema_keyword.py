"""A keyword that structured outputs do not take.

The schema of an answer, and that of a tool with `strict: true`, is compiled, and knows only a part of JSON Schema: no
`oneOf` and `not`, no conditions, no bounds of numbers, no `maxItems`, `uniqueItems`, or `minItems` above 1. The SDKs
write such limits into the description when they build a schema from types; one from another library keeps them. Tools
that are not strict may use them all.

The API then answers, for that request only and hours later: `output_config.format.schema: For 'integer' type,
properties maximum, minimum are not supported`.

Example:

    {"type": "integer", "minimum": 1, "maximum": 5}

Instead:

    {"type": "integer", "description": "from 1 to 5"}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from batchlint.analysis.keyword_fixes import fix_of_keyword
from batchlint.analysis.request_schemas import COMBINATORS, SchemaProblem, answer_schemas, tool_list
from batchlint.analysis.structured_output import compiled, refusing_type
from batchlint.json_schema.walk import Subschema
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("carried:strict", "output-format"),
    source="live captures 2026-08-16 and 2026-09-27; error texts quoted in issues; docs: structured-outputs",
    checked="2026-11-23",
    fixes=("safe", "unsafe"),
)

INSTEAD = {
    "oneOf": "write anyOf",
    "items": "give the type that has it a branch of its own in anyOf",
    "minItems": "write 0 or 1, and the number into the description",
    "prefixItems": "write an object with a property for each place",
    "name": "remove it: it is not part of the schema",
    "strict": "remove it: it is not part of the schema",
}


def check(request: Request) -> Iterator[Problem]:
    for schema in tool_list(request).strict_schemas:
        yield from schema.problems(_in_tool)
    for schema in answer_schemas(request):
        yield from schema.problems(_in_answer)


def _in_tool(schema: Any) -> Iterator[SchemaProblem]:
    """Leaves alternatives on the outermost level to tool-schema-combinator."""
    return (fault for fault in _in_answer(schema) if len(fault.pointer) > 1 or fault.pointer[0] not in COMBINATORS)


def _in_answer(schema: Any) -> Iterator[SchemaProblem]:
    for subschema in compiled(schema):
        refused = {keyword: kind for keyword in subschema.value if (kind := refusing_type(keyword, subschema.value))}
        for keyword, kind in refused.items():
            together = sorted(other for other in refused if refused[other] == kind and other != "minItems")
            yield _fault(subschema, keyword, kind, together)


def _fault(subschema: Subschema, keyword: str, kind: str, together: list[str]) -> SchemaProblem:
    values: dict[str, object] = {"type": kind, "keyword": keyword, "keywords": ", ".join(together)}
    error = "schema_properties_unsupported" if len(together) > 1 else "schema_property_unsupported"
    if kind == "any":
        error = "schema_type_unsupported" if keyword in COMBINATORS else "schema_keyword_unsupported"
    elif keyword == "minItems" and kind == "array":
        error = "schema_minimum_items"
    shown = f"`{keyword}` above 1" if error == "schema_minimum_items" else f"`{keyword}`"
    return SchemaProblem(
        (*subschema.pointer, keyword),
        f"structured outputs do not take {shown}" + ("" if kind == "any" else f" for the type {kind}"),
        INSTEAD.get(keyword, "remove it, and write it into the description"),
        error,
        values,
        at_key=True,
        fix=fix_of_keyword(subschema, keyword),
    )
