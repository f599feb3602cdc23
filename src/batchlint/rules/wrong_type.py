"""A value of the wrong JSON type.

A number in quotes, a string where a list belongs, an object where a string belongs: the API converts nothing. `null`
is not read as absent in most fields of `params` (`system`, `tools`, `tool_choice`, `thinking`, `output_config`,
`temperature`, `stream`), nor in a tool's `description`: what has no value is left out.

The API then answers, for that request only and hours later: `max_tokens: Input should be a valid integer`.

Example:

    {"custom_id": "a", "params": {"model": "claude-opus-4-8", "max_tokens": "1024", "messages": [...]}}

Instead:

    {"custom_id": "a", "params": {"model": "claude-opus-4-8", "max_tokens": 1024, "messages": [...]}}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from batchlint.analysis.json_words import described, listed
from batchlint.facts import errors
from batchlint.rule import Metadata, Problem
from batchlint.schema import Violation

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("schema:type",),
    source="recorded answers of the API; measured by users 2026-08-31; Python SDK request types",
    checked="2026-11-23",
    fixes=("safe",),
)

WORDS = {
    "string": "a string",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "an object",
}
REFUSALS = {
    "string": "not_a_string",
    "integer": "not_an_integer",
    "number": "not_a_number",
    "boolean": "not_a_boolean",
    "array": "not_a_list",
    "object": "not_an_object",
}
"""The keys of what the API answers; of several types, it names the list."""


def check(violation: Violation) -> Iterator[Problem]:
    from batchlint.analysis.schema_fixes import fix_of_type

    wanted = violation.expected if isinstance(violation.expected, list) else [violation.expected]
    wanted = sorted(kind for kind in wanted if kind != "null")
    name = violation.pointer[-1] if violation.pointer else "item"
    what = f"`{name}`" if isinstance(name, str) else "this element"
    should = listed([WORDS[kind] for kind in wanted])
    known = violation.known if isinstance(violation.value, str) else None
    yield Problem(
        pointer=violation.pointer,
        message=f"{what} should be {should}, not {known.what if known else described(violation.value)}",
        help=known.instead if known else _help(wanted, violation),
        api_error=errors().text(_refusal(wanted, violation), path=violation.api_path),
        impact=violation.impact,
        fix=fix_of_type(violation, wanted),
        variant=_kind(violation.value),
    )


def _kind(value: Any) -> str:
    """What is wrong in the same way: all numbers, but not null."""
    return "a number" if isinstance(value, float) else described(value)


def _refusal(wanted: list[str], violation: Violation) -> str:
    if violation.pointer == ("params", "output_config"):
        return "wrong_shape"
    return REFUSALS[wanted[0]]


def _help(wanted: list[str], violation: Violation) -> str:
    should = listed([WORDS[kind] for kind in wanted])
    match violation.value:
        case None if violation.optional:
            return f"leave `{violation.pointer[-1]}` out: the API does not read null as absent here"
        case str() if wanted[0] in ("integer", "number", "boolean"):
            return f"write {should}, without quotes"
        case str(value) if wanted == ["object"] and value.lstrip()[:1] == "{":
            return "this is JSON inside a string: write the object itself"
        case str(value) if wanted == ["array"] and value.lstrip()[:1] == "[":
            return "this is JSON inside a string: write the list itself"
        case dict() | str() if wanted[0] == "array":
            return "put it into a list: [...]"
        case int() | float() if wanted == ["string"]:
            return "write it in quotes"
    return f"write {should}"
