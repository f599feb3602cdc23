"""A property of a tool's `input_schema` whose name has a character that is not allowed, or too many of them.

The names of the properties are made of letters without accents, digits, `_`, `.` and `-`, 1 to 64 of them: no space,
`$`, `/`, `[]` or letter of another alphabet. That holds for certain on the outermost level; whether it holds deeper is
not documented, so there it is a warning.

The API then answers, for that request only and hours later: `tools.0.custom.input_schema.properties: Property keys
should match pattern '^[a-zA-Z0-9_.-]{1,64}$'`.

Example:

    {"type": "object", "properties": {"$filter": {"type": "string"}}}

Instead:

    {"type": "object", "properties": {"filter": {"type": "string"}}}
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from batchlint.analysis.request_schemas import SchemaProblem, ToolList, tool_list
from batchlint.facts import limits
from batchlint.json_schema.walk import subschemas
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("tool:custom",),
    source="live capture 2026-09-19; error texts quoted in many issues",
    checked="2026-11-23",
)


def check(request: Request) -> Iterable[Problem]:
    return tool_list(request).problems(_malformed_keys)


def _malformed_keys(tools: ToolList) -> Iterator[Problem]:
    for schema in tools.schemas:
        yield from schema.problems(_in_schema)


def _in_schema(schema: Any) -> Iterator[SchemaProblem]:
    import re

    pattern = limits().tool.property_key_pattern
    allowed = re.compile(pattern)
    for pointer, subschema in subschemas(schema):
        properties = subschema.get("properties") if isinstance(subschema, dict) else None
        for name in properties if isinstance(properties, dict) else ():
            if not allowed.fullmatch(name):
                yield SchemaProblem(
                    pointer=(*pointer, "properties", name),
                    message=_message(name) + (", below the outermost level" if pointer else ""),
                    help="write 1 to 64 letters, digits, _, . or -",
                    error=None if pointer else "property_keys",
                    values={} if pointer else {"pattern": pattern},
                    severity="warning" if pointer else None,
                    at_key=True,
                )


def _message(name: str) -> str:
    return f'the property name "{name[:70]}" is {"empty" if not name else "not one that a tool may have"}'
