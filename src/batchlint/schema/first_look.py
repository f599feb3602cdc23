"""A first look at a few requests by the schema as it is, so that a small file needs no compiled validator.

The validator judges a hundred thousand requests in a second, but it takes 35 ms to import and compile: a third of the
time that a hook or an editor would wait for two requests that are fine. What is found valid here is valid; anything
else is the validator's to judge and to explain. There are only the keywords that the bundled schemas are made of.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

STEPS = 3_000
"""Schemas inside the schema that are gone through in all; then the look is over."""
ANNOTATIONS = frozenset({"$schema", "$id", "$defs", "title", "description", "x-batchlint", "then", "else"})
"""Keywords that say nothing of a value; `then` and `else` belong to `if`."""
KINDS = {dict: "object", list: "array", str: "string", bool: "boolean", type(None): "null"}
LARGEST = 2**53
"""Above it, not every reader of JSON takes a number for the same."""


class UndecidedError(Exception):
    """Something is left to the validator: the steps are used up, or this is not among what is known here."""


class FirstLook:
    """Goes through one schema, for a limited number of steps in all."""

    def __init__(self, schema: Mapping[str, Any]) -> None:
        self._schema = schema
        self._steps = STEPS

    def is_surely_valid(self, value: Any) -> bool:
        """Whether the value is valid; False leaves that open."""
        try:
            return self._takes(self._schema, value)
        except UndecidedError:
            return False

    def _takes(self, schema: Mapping[str, Any] | bool, value: Any) -> bool:
        if isinstance(schema, bool):
            return schema
        self._steps -= 1
        if self._steps < 0:
            raise UndecidedError
        for keyword, expected in schema.items():
            if keyword not in ANNOTATIONS and not self._holds(keyword, expected, schema, value):
                return False
        return True

    def _holds(self, keyword: str, expected: Any, schema: Mapping[str, Any], value: Any) -> bool:
        """Whether one keyword holds; one that speaks of another kind of value does."""
        match keyword:
            case "$ref":
                return self._takes(self._schema["$defs"][expected.removeprefix("#/$defs/")], value)
            case "if":
                branch = "then" if self._takes(expected, value) else "else"
                return self._takes(schema.get(branch, {}), value)
            case "properties" if isinstance(value, dict):
                return all(self._takes(expected[name], value[name]) for name in value if name in expected)
            case "additionalProperties" if isinstance(value, dict):
                others = value.keys() - schema.get("properties", {}).keys()
                return all(self._takes(expected, value[name]) for name in others)
            case "items" if isinstance(value, list):
                return all(self._takes(expected, each) for each in value)
            case "properties" | "additionalProperties" | "items":
                return True
        if keyword not in CHECKS:
            raise UndecidedError
        return CHECKS[keyword](value, expected)


def has_type(value: Any, expected: str | list[str]) -> bool:
    """The keyword `type`: one name of a type, or several. Raises `UndecidedError` for an unusual number."""
    names = (expected,) if isinstance(expected, str) else expected
    kind = KINDS.get(type(value))
    if kind is not None:
        return kind in names
    if type(value) not in (int, float) or not abs(value) < LARGEST:
        raise UndecidedError
    if "number" in names:
        return True
    if isinstance(value, float) and "integer" in names:
        raise UndecidedError  # 1.0 is an integer too
    return "integer" in names


def is_constant(value: Any, expected: Any) -> bool:
    """The keyword `const`, for a text or null: Python takes True for 1, so anything else is left undecided."""
    if expected is not None and type(expected) is not str:
        raise UndecidedError
    return type(value) is type(expected) and bool(value == expected)


def _of(kinds: tuple[type, ...], holds: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    """A keyword that speaks of values of these types alone; True is no number."""
    return lambda value, expected: type(value) not in kinds or holds(value, expected)


CHECKS: Mapping[str, Callable[[Any, Any], bool]] = {
    "type": has_type,
    "const": is_constant,
    "enum": lambda value, expected: any(is_constant(value, each) for each in expected),
    "required": _of((dict,), lambda value, names: value.keys() >= set(names)),
    "minimum": _of((int, float), lambda value, bound: value >= bound),
    "maximum": _of((int, float), lambda value, bound: value <= bound),
    "minLength": _of((str,), lambda value, bound: len(value) >= bound),
    "maxLength": _of((str,), lambda value, bound: len(value) <= bound),
    "minItems": _of((list,), lambda value, bound: len(value) >= bound),
    "maxItems": _of((list,), lambda value, bound: len(value) <= bound),
}
"""The keywords that look at a value by itself."""
