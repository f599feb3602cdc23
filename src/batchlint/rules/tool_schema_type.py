"""A tool's `input_schema` that does not say `"type": "object"`.

The input of a tool is always an object, also where it has one property or none, and the schema has to say so itself: on
its outermost level, as one name and not as a list.

The API then answers, for that request only and hours later: `tools.0.custom.input_schema.type: Field required`.

Example:

    {"name": "search", "input_schema": {"properties": {"query": {"type": "string"}}}}

Instead:

    {"name": "search", "input_schema": {"type": "object", "properties": {"query": {"type": "string"}}}}
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from batchlint.analysis.request_schemas import COMBINATORS, ToolList, tool_list
from batchlint.edits import Insert, Replace, safe
from batchlint.facts import errors
from batchlint.json_schema.wording import shown
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("tool:custom",),
    source="error texts quoted in many issues; published OpenAPI document",
    checked="2026-11-23",
    fixes=("safe",),
)

OTHER_TYPES = ("string", "number", "integer", "boolean", "array", "null")
"""Types of JSON that a schema may mean, so that it is not only the word that is wrong."""


def check(request: Request) -> Iterable[Problem]:
    return tool_list(request).problems(_without_type_object)


def _without_type_object(tools: ToolList) -> Iterator[Problem]:
    for schema in tools.schemas:
        kind = schema.value.get("type")
        if kind == "object" or ("type" not in schema.value and not schema.value.keys().isdisjoint(COMBINATORS)):
            continue  # Alternatives on the outermost level are the mistake of tool-schema-combinator.
        name = (schema.tool or {}).get("name")
        whose = f'the input_schema of the tool "{name[:60]}"' if name else "the input_schema of a tool"
        if "type" in schema.value:
            at = (*schema.pointer, "type")
            yield Problem(
                pointer=at,
                message=f'{whose} says that `type` is {shown(kind)}; it must be "object"',
                help='write "type": "object"; a single value becomes a property of it',
                api_error=errors().text("not_in_enum", path=f"{schema.path}.type", expected="'object'"),
                fix=None if kind in OTHER_TYPES else safe(Replace(at, "object")),
            )
        else:
            yield Problem(
                pointer=schema.pointer,
                message=f"{whose} has no `type`",
                help='add "type": "object"' + ("" if schema.value else "; a tool without input has no more than that"),
                api_error=errors().text("field_required", path=f"{schema.path}.type"),
                fix=safe(Insert(schema.pointer, "type", "object", first=True)),
            )
