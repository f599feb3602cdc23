"""Whether the schema would take an item that was changed at one place."""

from __future__ import annotations

from typing import Any

from batchlint.rule import Pointer
from batchlint.schema import WIDEST_VERSION, request_schema


def takes(item: Any, at: Pointer, value: Any) -> bool:
    """Whether the schema would refuse nothing at a place, or inside it, if this value was there.

    What is wrong elsewhere does not count. A member that is not there yet is added.
    """
    item, at = without_neighbours(changed(item, at, value), at)
    schema = request_schema(WIDEST_VERSION)
    if schema.is_valid(item):
        return True
    return not any(violation.pointer[: len(at)] == at for violation in schema.violations(item))


def without_neighbours(item: Any, at: Pointer) -> tuple[Any, Pointer]:
    """A copy of an item in which the lists on the way to a place hold nothing else, and where the place is in it.

    A place in a request of 10,000 messages is looked at in the time that one message takes.
    """
    if not at:
        return item, at
    key = at[0]
    inner, rest = without_neighbours(item[key], at[1:]) if len(at) > 1 else (item[key], ())
    if isinstance(item, list):
        return [inner], (0, *rest)
    return {**item, key: inner}, (key, *rest)


def without_member(value: Any, name: str) -> dict[str, Any]:
    """A copy of an object without one member."""
    return {key: each for key, each in value.items() if key != name}


def value_at(item: Any, pointer: Pointer) -> Any:
    """The value at a pointer. Raises LookupError or TypeError where it leads nowhere."""
    for key in pointer:
        item = item[key]
    return item


def changed(node: Any, pointer: Pointer, value: Any) -> Any:
    """A copy of a value with another value at a pointer; what the pointer does not lead through is shared."""
    if not pointer:
        return value
    copy = node.copy()
    key = pointer[0]
    inner = node[key] if len(pointer) > 1 else None
    copy[key] = changed(inner, pointer[1:], value)
    return copy
