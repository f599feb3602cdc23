"""An `enum` in a schema for structured outputs that does not agree with the `type` next to it.

In the schema of an answer, or of a tool with `strict: true`, each value of an `enum` is compared with `type`, and a
list of types agrees with none: the usual way to write a choice that may be null, `"type": ["string", "null"]` with an
`enum`, is refused. The values have to be strings, numbers, true, false or null. An `enum` without `type` is accepted.

The API then answers, for that request only and hours later: `output_config.format.schema: Invalid schema: Enum value
'adverse' does not match declared type '['string', 'null']'`.

Example:

    {"type": ["string", "null"], "enum": ["adverse", "favorable", null]}

Instead:

    {"anyOf": [{"type": "string", "enum": ["adverse", "favorable"]}, {"type": "null"}]}
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from batchlint.analysis.request_schemas import SchemaProblem, structured_problems
from batchlint.analysis.structured_output import compiled, listed, types_of
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("carried:strict", "output-format"),
    source="the error text, quoted by two dozen projects 2026-04 to 2026-10; docs: structured-outputs",
    checked="2026-11-23",
)


def check(request: Request) -> Iterable[Problem]:
    return structured_problems(request, _mismatches)


def _mismatches(schema: Any) -> Iterator[SchemaProblem]:
    for pointer, value in compiled(schema):
        choices, kinds = listed(value, "enum"), types_of(value)
        for index, choice in enumerate(choices):
            if isinstance(choice, (dict, list)):
                message = f"a choice may not be {'an object' if isinstance(choice, dict) else 'a list'}"
                yield SchemaProblem(
                    (*pointer, "enum", index), f"{message} in structured outputs", "write anyOf, with a schema each"
                )
                break
        else:
            if choices and isinstance(value.get("type"), list):
                yield SchemaProblem(
                    (*pointer, "enum"),
                    "`enum` together with a list of types is refused in structured outputs",
                    "remove `type`, or write anyOf, with one `type` in each branch",
                    "enum_type_mismatch",
                    {"value": str(choices[0])[:80], "type": kinds},
                )
            elif kinds:
                yield from _first_of_another_type(pointer, choices, kinds[0])


def _first_of_another_type(pointer: tuple[str | int, ...], choices: list[Any], kind: str) -> Iterator[SchemaProblem]:
    for index, choice in enumerate(choices):
        if not _is_of_type(choice, kind):
            yield SchemaProblem(
                (*pointer, "enum", index),
                f"the choice {_shown(choice)} is not of the type {kind}",
                "write anyOf, with one `type` in each branch, or correct the choice",
                "enum_type_mismatch",
                {"value": str(choice)[:80], "type": kind},
            )
            return


def _is_of_type(choice: Any, kind: str) -> bool:
    match kind:
        case "string":
            return isinstance(choice, str)
        case "integer":
            return isinstance(choice, int) or (isinstance(choice, float) and choice.is_integer())
        case "number":
            return isinstance(choice, (int, float))
        case "boolean":
            return isinstance(choice, bool)
        case "null":
            return choice is None
        case _:
            return True


def _shown(choice: Any) -> str:
    return "null" if choice is None else f'"{choice[:60]}"' if isinstance(choice, str) else str(choice).lower()[:60]
