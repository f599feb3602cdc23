"""A value of the wrong JSON type.

A number in quotes, a string where a list belongs, an object where a string belongs: the API converts nothing.

The API then answers, for that request only and hours later: `max_tokens: Input should be a valid integer`.

Example:

    {"custom_id": "a", "params": {"model": "claude-opus-4-8", "max_tokens": "1024", "messages": [...]}}

Instead:

    {"custom_id": "a", "params": {"model": "claude-opus-4-8", "max_tokens": 1024, "messages": [...]}}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from batchlint.rule import Metadata, Problem
from batchlint.schema import Violation
from batchlint.schema.api_path import api_path

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    wakes_on=("schema:type",),
    source="recorded answers of the API; Python SDK 2.12.0 request types",
    checked="2026-11-23",
)

WORDS = {
    "string": "a string",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "an object",
    "null": "null",
}
API_WORDS = {
    "string": "string",
    "integer": "integer",
    "number": "number",
    "boolean": "boolean",
    "array": "list",
    "object": "dictionary",
}


def check(violation: Violation) -> Iterator[Problem]:
    wanted = violation.expected if isinstance(violation.expected, list) else [violation.expected]
    named = [kind for kind in wanted if kind != "null"] or wanted
    name = violation.pointer[-1] if violation.pointer else "the item"
    what = f"`{name}`" if isinstance(name, str) and violation.pointer else "this element" if violation.pointer else name
    should = " or ".join(WORDS[kind] for kind in named)
    yield Problem(
        pointer=violation.pointer,
        message=f"{what} should be {should}, not {_described(violation.value)}",
        help=_help(named, violation.value),
        api_error=f"{api_path(violation.item, violation.pointer)}: Input should be a valid {API_WORDS.get(named[0], named[0])}",
        impact=violation.impact,
    )


def _described(value: Any) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true or false"
        case str():
            return "a string"
        case int():
            return "a whole number"
        case float():
            return f"the number {value!r}"
        case list():
            return "a list"
        case _:
            return "an object"


def _help(named: list[str], value: Any) -> str:
    if isinstance(value, str) and named[0] in ("integer", "number", "boolean"):
        return "remove the quotes"
    if isinstance(value, str) and named == ["object"] and value.lstrip()[:1] == "{":
        return "this is JSON inside a string: write the object itself"
    if isinstance(value, dict) and named == ["array"]:
        return "put it into a list: [{...}]"
    if value is None:
        return "remove the member, or give it a value"
    return f"write {' or '.join(WORDS[kind] for kind in named)}"
