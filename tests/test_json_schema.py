"""A JSON Schema is walked by position, whatever its depth, its references and the names of its properties."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from batchlint.facts import json_schema
from batchlint.json_schema.walk import circles, find, in_force, subschemas
from batchlint.rule import Pointer

NAMES = st.sampled_from(["properties", "items", "not", "$ref", "type", "anyOf", "$defs", "a", "b/c", "~"])
NO_SCHEMAS: st.SearchStrategy[Any] = st.sampled_from(
    [{"not": {}}, [{"items": {}}], {"properties": {"a": {}}}, "text", 5, None]
)
DEEPER_THAN_PYTHON_RECURSES = 20_000


@st.composite
def placed_schemas(draw: st.DrawFn, depth: int = 3) -> tuple[Any, set[Pointer]]:
    """A schema, and the pointers of the schemas in it, as it was put together."""
    if depth == 0 or draw(st.booleans()):
        return draw(st.sampled_from([True, False, {}, {"type": "string"}])), {()}
    schema: dict[str, Any] = {}
    pointers: set[Pointer] = {()}

    def inner(*place: str | int) -> Any:
        value, below = draw(placed_schemas(depth=depth - 1))
        pointers.update((*place, *pointer) for pointer in below)
        return value

    for keyword in draw(st.lists(st.sampled_from(sorted(json_schema().applicators)), max_size=3, unique=True)):
        match json_schema().applicators[keyword]:
            case "schema":
                schema[keyword] = inner(keyword)
            case "list":
                schema[keyword] = [inner(keyword, index) for index in range(draw(st.integers(1, 2)))]
            case "names":
                names = draw(st.lists(NAMES, max_size=3, unique=True))
                schema[keyword] = {name: inner(keyword, name) for name in names}
    for keyword in draw(st.lists(st.sampled_from(["enum", "const", "default", "examples", "x-extra"]), unique=True)):
        schema[keyword] = draw(NO_SCHEMAS)
    return schema, pointers


@given(placed_schemas())
def test_every_schema_is_found_at_its_place_and_nothing_else(placed: tuple[Any, set[Pointer]]) -> None:
    schema, pointers = placed
    found = [subschema.pointer for subschema in subschemas(schema)]
    assert len(found) == len(set(found))
    assert set(found) == pointers


@given(placed_schemas())
def test_schemas_come_in_the_order_of_the_text(placed: tuple[Any, set[Pointer]]) -> None:
    def place(pointer: Pointer) -> list[int]:
        node, order = placed[0], []
        for key in pointer:
            order.append(list(node).index(key) if isinstance(node, dict) else int(key))
            node = node[key]
        return order

    found = [place(subschema.pointer) for subschema in subschemas(placed[0])]
    assert found == sorted(found)


@pytest.mark.parametrize(
    ("schema", "pointers"),
    [
        ({"properties": {"items": {"type": "array"}}}, {(), ("properties", "items")}),
        ({"properties": ["a"], "items": [{}], "anyOf": {"a": {}}, "not": "a"}, {()}),
        ({"dependencies": {"a": ["b"], "c": {"type": "string"}}}, {(), ("dependencies", "c")}),
        (True, {()}),
        ("no schema", {()}),
    ],
)
def test_only_what_is_in_the_place_of_a_schema_is_one(schema: Any, pointers: set[Pointer]) -> None:
    assert {subschema.pointer for subschema in subschemas(schema)} == pointers


def test_depth_is_not_a_limit() -> None:
    schema: dict[str, Any] = {"type": "string"}
    for _ in range(200):
        schema = {"type": "object", "properties": {"a": schema}}
    assert sum(1 for _ in subschemas(schema)) == 201
    chain = {f"d{i}": {"$ref": f"#/$defs/d{i + 1}"} for i in range(DEEPER_THAN_PYTHON_RECURSES)}
    schema = {"$ref": "#/$defs/d0", "$defs": {**chain, f"d{DEEPER_THAN_PYTHON_RECURSES}": {"type": "string"}}}
    assert sum(1 for _ in in_force(schema, ())) == DEEPER_THAN_PYTHON_RECURSES + 2
    assert list(circles(schema, ())) == []


LETTERS = "abcde"
graphs = st.dictionaries(st.sampled_from(LETTERS), st.lists(st.sampled_from(LETTERS), max_size=3), max_size=5)


def referring(graph: dict[str, list[str]]) -> dict[str, Any]:
    """A schema with a definition for each letter, which refers to others as the graph says; the first is the entry."""
    definitions = {
        name: {"anyOf": [{"$ref": f"#/$defs/{other}"} for other in graph.get(name, [])] or [{"type": "null"}]}
        for name in LETTERS
    }
    return {"properties": {"start": {"$ref": "#/$defs/a"}}, "$defs": definitions}


def reached(graph: dict[str, list[str]], start: str) -> set[str]:
    found: set[str] = set()
    waiting = list(graph.get(start, []))
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += graph.get(name, [])
    return found


@given(graphs)
def test_circles_are_those_of_the_graph_of_references(graph: dict[str, list[str]]) -> None:
    found = list(circles(referring(graph), ("properties", "anyOf")))
    in_circles = {name for name in {"a"} | reached(graph, "a") if name in reached(graph, name)}
    assert bool(found) == bool(in_circles)
    for reference, target in found:
        assert target.pointer[-1] in in_circles
        assert reference.value["$ref"] == f"#/$defs/{target.pointer[-1]}"


@given(graphs)
def test_a_schema_in_force_is_seen_once_and_an_unused_definition_never(graph: dict[str, list[str]]) -> None:
    pointers = [subschema.pointer for subschema in in_force(referring(graph), ("properties", "anyOf"))]
    assert len(pointers) == len(set(pointers))
    used = {pointer[1] for pointer in pointers if pointer[:1] == ("$defs",)}
    assert used == {"a"} | reached(graph, "a")


@pytest.mark.parametrize(
    ("reference", "pointer"),
    [
        ("#", ()),
        ("#/$defs/A", ("$defs", "A")),
        ("#/$defs/a~1b", ("$defs", "a/b")),
        ("#/$defs/a~01b", ("$defs", "a~1b")),
        ("#/$defs/c%20d", ("$defs", "c d")),
        ("#/anyOf/0", ("anyOf", 0)),
        ("#/anyOf/1", None),
        ("#/anyOf/x", None),
        ("#/$defs/B", None),
        ("#/$defs", ("$defs",)),
        ("#/title", None),
        ("#anchor", None),
        ("https://example.com/a.json", None),
        ("file:///etc/hosts", None),
        ("", None),
    ],
)
def test_a_reference_leads_to_a_place_in_the_schema_or_nowhere(reference: str, pointer: Pointer | None) -> None:
    schema = {"title": "x", "anyOf": [{}], "$defs": {"A": {}, "a/b": {}, "a~1b": {}, "c d": True}}
    found = find(schema, reference)
    assert (found.pointer if found else None) == pointer
