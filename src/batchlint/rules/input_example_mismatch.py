"""An example of a tool's input that its own `input_schema` does not allow.

`input_examples` show the model how a tool is called, and each of them has to be valid by the schema. They drift apart
when a property is renamed or becomes required. Patterns are compared without backtracking. Where it would take too many
steps to check an example against its schema, that is a warning: such an example was not checked.

The API then refuses the request, hours later; its text is not known.

Example:

    {"name": "search", "input_schema": {"type": "object", "properties": {"query": {"type": "string"}},
     "required": ["query"]}, "input_examples": [{"q": "shoes"}]}

Instead:

    {"name": "search", "input_schema": {...}, "input_examples": [{"query": "shoes"}]}
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from batchlint.analysis.request_schemas import ToolList, tool_list
from batchlint.json_schema.example_check import ExampleCheck
from batchlint.json_schema.stepwise import TooComplexError
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("carried:input_examples",),
    source="docs: tool-use/implement-tool-use (input_examples)",
    checked="2026-11-23",
)


def check(request: Request) -> Iterable[Problem]:
    return tool_list(request).problems(_mismatches)


def _mismatches(tools: ToolList) -> Iterator[Problem]:
    for schema in tools.schemas:
        examples: list[Any] = (schema.tool or {}).get("input_examples") or []
        check_example = ExampleCheck(schema.value).first_mismatch if examples else None
        for index, example in enumerate(examples):
            pointer = (*schema.pointer[:-1], "input_examples", index)
            try:
                mismatch = check_example(example) if check_example else None
            except TooComplexError:
                yield Problem(
                    pointer=pointer,
                    message="the tool's input_schema is too complex to check the example against it here",
                    help="make sure by other means that the example fits",
                    severity="warning",
                )
                break
            if mismatch is not None:
                yield Problem(
                    pointer=(*pointer, *mismatch.pointer),
                    message=f"the example does not fit the tool's input_schema: {mismatch.reason}",
                    help="correct the example, or the schema",
                )
