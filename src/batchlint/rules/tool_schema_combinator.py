"""`oneOf`, `anyOf`, `allOf` or `dependentSchemas` on the outermost level of a tool's `input_schema`.

The input of a tool is one object. Alternatives and conditions may be deeper, in a property, but not on the outermost
level, where libraries put them for a union of types or for "one of these must be given".

The API then answers, for that request only and hours later: `tools.0.custom.input_schema: input_schema does not support
oneOf, allOf, or anyOf at the top level`. It names `dependentSchemas` in the same way.

Example:

    {"type": "object", "properties": {...}, "anyOf": [{"required": ["id"]}, {"required": ["name"]}]}

Instead, with the condition written into the description:

    {"type": "object", "properties": {...}}
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from batchlint.analysis.request_schemas import COMBINATORS, ToolList, tool_list
from batchlint.facts import errors
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("tool:custom",),
    source="error texts quoted in many issues, 2025-06 to 2026-09",
    checked="2026-11-28",
)

REFUSED = COMBINATORS | {"dependentSchemas"}


def check(request: Request) -> Iterable[Problem]:
    return tool_list(request).problems(_top_level_combinators)


def _top_level_combinators(tools: ToolList) -> Iterator[Problem]:
    for schema in tools.schemas:
        found = [keyword for keyword in schema.value if keyword in REFUSED]
        if found:
            name = (schema.tool or {}).get("name")
            whose = f'the tool "{name[:60]}"' if name else "a tool"
            yield Problem(
                pointer=(*schema.pointer, found[0]),
                message=f"`{found[0]}` on the outermost level of the input_schema of {whose}",
                help="write one object with all properties, and what excludes what into the descriptions",
                api_error=errors().text(_refusal(found[0]), path=schema.path),
                at_key=True,
            )


def _refusal(keyword: str) -> str:
    return "top_level_combinator" if keyword in COMBINATORS else "top_level_condition"
