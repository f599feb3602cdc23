"""A JSON Schema that is none: of a tool's input, or of the answer.

Schemas are read as draft 2020-12, whatever their `$schema` says, and one wrong keyword of one tool refuses the whole
request. Usual offenders are types of another language (`dict`, `any`), `required: true` inside a property instead of a
list next to `properties`, `exclusiveMinimum: true`, a list under `items`, an empty `anyOf`, and null where a program
wrote out a keyword that it did not use. Unknown keywords such as `nullable` or `example` are not a problem.

The API then answers, for that request only and hours later, without saying where: `tools.0.custom.input_schema: JSON
schema is invalid. It must match JSON Schema draft 2020-12 (https://json-schema.org/draft/2020-12).`

Example:

    {"type": "object", "properties": {"id": {"type": "int", "required": true}}}

Instead:

    {"type": "object", "properties": {"id": {"type": "integer"}}, "required": ["id"]}
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from batchlint.analysis.request_schemas import SchemaProblem, ToolList, answer_schemas, tool_list
from batchlint.json_schema.metaschema import MetaschemaViolation, is_valid, metaschema_violations
from batchlint.json_schema.wording import advised, described
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("tool:custom", "output-format"),
    source="error texts quoted in many issues; JSON Schema draft 2020-12",
    checked="2026-11-23",
)

MOST = 20
"""Problems reported for one schema; a program that got more wrong is fixed before the rest is read."""
TOLD_BY_OTHERS = {("type",), ("allOf",), ("anyOf",), ("oneOf",)}
"""Keywords on the outermost level of a tool's schema that tool-schema-type and tool-schema-combinator look at."""
ANNOTATIONS = frozenset(
    ("title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly", "$comment")
)


def check(request: Request) -> Iterator[Problem]:
    yield from tool_list(request).problems(_of_tools)
    for schema in answer_schemas(request):
        yield from schema.problems(_of_answers)


def _of_tools(tools: ToolList) -> Iterator[Problem]:
    for schema in tools.schemas:
        yield from schema.problems(_of_tool)


def _of_tool(schema: Any) -> Iterator[SchemaProblem]:
    for invalidity in _first_invalidities(schema):
        if invalidity.pointer not in TOLD_BY_OTHERS:
            yield _fault(invalidity, "invalid_schema")


def _of_answers(schema: Any) -> Iterator[SchemaProblem]:
    for invalidity in _first_invalidities(schema):
        fault = _fault(invalidity, "tuple_items" if _is_tuple(invalidity) else None)
        yield fault._replace(severity="warning") if invalidity.keyword in ANNOTATIONS else fault


def _first_invalidities(schema: Any) -> Iterator[MetaschemaViolation]:
    return iter(()) if is_valid(schema) else islice(metaschema_violations(schema), MOST)


def _fault(invalidity: MetaschemaViolation, error: str | None) -> SchemaProblem:
    return SchemaProblem(invalidity.pointer, described(invalidity), advised(invalidity), error)


def _is_tuple(invalidity: MetaschemaViolation) -> bool:
    return invalidity.pointer[-1] == "items" and isinstance(invalidity.value, list)
