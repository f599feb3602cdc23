"""Walks a JSON Schema of draft 2020-12 by position: what is under `properties` is a name, in `items` a schema.

Nothing here is recursive or follows a reference twice, so neither depth nor a schema that refers to itself is a danger,
and nothing is fetched: a reference that leads out of the schema leads nowhere.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from batchlint.facts import json_schema
from batchlint.rule import Pointer


class Subschema(NamedTuple):
    """A schema inside a schema, and where it is."""

    pointer: Pointer
    """From the outermost schema on."""
    value: Any
    """An object, or true or false; anything else in the place of a schema is not one."""


class Circle(NamedTuple):
    """A reference by which a schema holds itself."""

    reference: Subschema
    """The schema whose `$ref` closes the circle."""
    target: Subschema
    """What it leads to: a schema that holds it, itself or by further references."""


def subschemas(schema: Any) -> Iterator[Subschema]:
    """The schema itself and every schema inside it, in the order of the text."""
    waiting = [Subschema((), schema)]
    while waiting:
        subschema = waiting.pop()
        yield subschema
        waiting.extend(reversed([*children(subschema)]))


def children(parent: Subschema, through: Collection[str] | None = None) -> Iterator[Subschema]:
    """The schemas that are directly in a schema, under these keywords, or under any."""
    if not isinstance(parent.value, dict):
        return
    applicators = json_schema().applicators
    for keyword, inner in parent.value.items():
        holds = applicators.get(keyword)
        if holds is None or (through is not None and keyword not in through):
            continue
        found: list[tuple[Pointer, Any]]
        if holds == "schema":
            found = [((keyword,), inner)]
        elif holds == "list":
            found = [((keyword, index), value) for index, value in enumerate(inner)] if isinstance(inner, list) else []
        else:
            found = [((keyword, name), value) for name, value in inner.items()] if isinstance(inner, dict) else []
        for pointer, value in found:
            if isinstance(value, (dict, bool)):
                yield Subschema((*parent.pointer, *pointer), value)


def in_force(schema: Any, through: Collection[str]) -> Iterator[Subschema]:
    """The schemas that a value is held against: those reached from the outermost one through these keywords and through
    local references, each once. A definition that nothing refers to is not among them.
    """
    waiting = [Subschema((), schema)]
    seen: set[int] = set()
    while waiting:
        subschema = waiting.pop()
        if isinstance(subschema.value, dict):
            if id(subschema.value) in seen:
                continue
            seen.add(id(subschema.value))
        yield subschema
        waiting.extend(reversed(_following(schema, subschema, through)))


def circles(schema: Any, through: Collection[str]) -> Iterator[Circle]:
    """Each reference by which a schema holds itself, reached through these keywords and local references."""
    entered: dict[int, Subschema] = {}  # the schemas that hold the one looked at
    left: set[int] = set()
    waiting = [Subschema((), schema)]
    while waiting:
        subschema = waiting[-1]
        key = id(subschema.value)
        if key in entered or key in left:
            waiting.pop()
            if entered.get(key) is subschema:
                del entered[key]
                left.add(key)
            continue
        entered[key] = subschema
        target = referred(schema, subschema.value)
        if target is not None and id(target.value) in entered:
            yield Circle(subschema, target)
        following = reversed(_following(schema, subschema, through))
        waiting.extend(child for child in following if id(child.value) not in entered)


def _following(schema: Any, subschema: Subschema, through: Collection[str]) -> list[Subschema]:
    following = [*children(subschema, through)]
    target = referred(schema, subschema.value)
    return following if target is None else [*following, target]


def referred(schema: Any, subschema: Any) -> Subschema | None:
    """The schema that a subschema's `$ref` leads to inside the schema; None without such a reference."""
    reference = subschema.get("$ref") if isinstance(subschema, dict) else None
    return find(schema, reference) if isinstance(reference, str) else None


def find(schema: Any, reference: str) -> Subschema | None:
    """What a reference such as `#/$defs/Name` leads to; None where that is nowhere, an anchor, or outside."""
    if not reference.startswith("#/"):
        return Subschema((), schema) if reference == "#" else None
    fragment = reference[2:]
    if "%" in fragment:
        from urllib.parse import unquote

        fragment = unquote(fragment)
    node = schema
    pointer: list[str | int] = []
    for token in fragment.split("/"):
        name = token.replace("~1", "/").replace("~0", "~")
        if isinstance(node, dict) and name in node:
            node = node[name]
            pointer.append(name)
        elif isinstance(node, list) and name.isdecimal() and len(name) < 10 and int(name) < len(node):
            node = node[int(name)]
            pointer.append(int(name))
        else:
            return None
    return Subschema(tuple(pointer), node) if isinstance(node, (dict, bool)) else None
