"""Puts into words what the metaschema does not allow in a JSON Schema, for somebody who has never read it."""

from __future__ import annotations

from typing import Any

from batchlint.facts import json_schema
from batchlint.json_schema.metaschema import MetaschemaViolation

WORDS = {
    "array": "a list",
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
    "object": "an object",
    "string": "a string",
}
INSTEAD = {
    "dependentRequired": "list, for each property, the names of those that it requires",
    "enum": "list the values that are allowed, or remove it",
    "exclusiveMaximum": "write the bound itself: a number that the value has to stay below",
    "exclusiveMinimum": "write the bound itself: a number that the value has to be above",
    "items": "write one schema for all elements; a schema for each place is prefixItems",
    "properties": "write a schema for each name: {...}",
    "required": "list the names of the required properties, in the schema that has `properties`",
}
"""What to write for the keywords that are most often mistaken."""


def described(invalidity: MetaschemaViolation) -> str:
    """What is wrong, in one line."""
    if invalidity.keyword == "type":
        wrong = _wrong_type(invalidity.value)
        meant = json_schema().meant_types.get(wrong.lower()) if isinstance(wrong, str) else None
        return f"`type` may not be {shown(wrong)}" + (f'; did you mean "{meant}"?' if meant else "")
    return f"{_place(invalidity)} {_fault(invalidity)}"


def advised(invalidity: MetaschemaViolation) -> str:
    """What to write instead."""
    if invalidity.keyword == "type":
        return f"write {', '.join(json_schema().types)}, or leave it out"
    return "remove it" if invalidity.value is None else INSTEAD.get(invalidity.keyword, "correct it, or remove it")


def shown(value: Any) -> str:
    """A value in a few words."""
    if isinstance(value, str):
        return f'"{value[:60]}"'
    if isinstance(value, (list, dict)):
        return "a list" if isinstance(value, list) else "an object"
    return "null" if value is None else str(value).lower()[:60]


def _wrong_type(value: Any) -> Any:
    """The name that is no type, of one or of a list; the list itself where it is empty, or repeats a name."""
    names = value if isinstance(value, list) else [value]
    return next((name for name in names if name not in json_schema().types), value)


def _place(invalidity: MetaschemaViolation) -> str:
    last = invalidity.pointer[-1]
    if last == invalidity.keyword:
        return f"`{last}`"
    inside = f"element {last}" if isinstance(last, int) else f'"{last[:60]}"'
    return f"{inside} of `{invalidity.keyword}`"


def _fault(invalidity: MetaschemaViolation) -> str:
    match invalidity.refused_by, invalidity.expected:
        case "type", str(expected):
            return f"should be {WORDS[expected]}, not {shown(invalidity.value)}"
        case "type", _:
            return f"should be a schema, not {shown(invalidity.value)}"
        case "minItems", _:
            return "is empty"
        case "uniqueItems", _:
            return "names something twice"
        case "minimum", expected:
            return f"should be at least {expected}, not {shown(invalidity.value)}"
        case "exclusiveMinimum", expected:
            return f"should be greater than {expected}, not {shown(invalidity.value)}"
        case keyword, expected:
            return f"has a value that is not allowed there ({keyword} {str(expected)[:60]})"
