"""The names of JSON values in findings."""

from __future__ import annotations

from typing import Any


def described(value: Any) -> str:
    """What kind of value it is: "a list", "the number 1.5", "null"."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
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


def listed(words: list[str]) -> str:
    """The words with commas and a last "or"."""
    return " or ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
