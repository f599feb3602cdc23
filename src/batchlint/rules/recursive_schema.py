"""A schema that refers to itself, where the API has to compile it.

Recursive types (a tree, a comment with answers, an expression) cannot be had in structured outputs: neither in the
schema of the answer nor in that of a strict tool, nor in a tool that code execution may call. A tool of the usual kind
may be recursive.

The API then answers, for that request only and hours later: `output_config.format.schema: Circular reference detected
in schema definitions: Node -> Node`.

Example:

    {"$defs": {"Node": {"type": "object", "properties": {"child": {"$ref": "#/$defs/Node"}}}}, "$ref": "#/$defs/Node"}

Instead, with as many levels as are needed, or with a list of nodes that name their parents:

    {"type": "array", "items": {"type": "object", "properties": {"id": {...}, "parent": {...}}}}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from batchlint.analysis.request_schemas import SchemaProblem, answer_schemas, tool_list
from batchlint.analysis.tool_callers import called_by_code
from batchlint.facts import json_schema
from batchlint.json_schema.walk import circles
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("carried:strict", "carried:allowed_callers", "output-format"),
    source="live capture 2026-09-27; docs: tool-use/programmatic-tool-calling",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    for schema in (*tool_list(request).strict_schemas, *answer_schemas(request)):
        yield from schema.problems(_circles)
    for schema in tool_list(request).schemas:
        if schema.tool and called_by_code(schema.tool) and not schema.tool.get("strict"):
            yield from schema.problems(_circles_in_called_tool)


def _circles(schema: Any) -> Iterator[SchemaProblem]:
    through = json_schema().applicators.keys() - {"$defs", "definitions"}
    for reference, target in circles(schema, through):
        name = str(target.pointer[-1])[:60] if target.pointer else "#"
        shown = f'"{name}"' if target.pointer else "the schema"
        direct = reference.pointer[: len(target.pointer)] == target.pointer
        yield SchemaProblem(
            (*reference.pointer, "$ref"),
            f"{shown} refers to itself" + ("" if direct else ", by way of other definitions"),
            "write out as many levels as are needed, or a flat list",
            "recursive_schema" if direct else None,
            {"cycle": f"{name} -> {name}"} if direct else {},
        )


def _circles_in_called_tool(schema: Any) -> Iterator[SchemaProblem]:
    return (fault._replace(error=None, values={}) for fault in _circles(schema))
