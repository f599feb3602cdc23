"""The first look says valid only where the compiled validator does, whatever it is shown, and ends in good time."""

from __future__ import annotations

import copy
import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from batchlint.schema import API_VERSIONS, RequestSchema, first_look
from batchlint.schema.first_look import ANNOTATIONS, CHECKS, FirstLook
from tests.strategies.whole_requests import whole_requests

FIXTURES = sorted((Path(__file__).parent / "rules").glob("*/*.jsonl"))
STRUCTURAL = {"$ref", "if", "properties", "additionalProperties", "items"}
SCHEMAS = {version: RequestSchema(version).document for version in API_VERSIONS}
VALIDATORS = {
    version: jsonschema_rs.validator_for(dict(schema), validate_formats=False) for version, schema in SCHEMAS.items()
}
REQUEST = {
    "custom_id": "a",
    "params": {"model": "claude-opus-4-8", "max_tokens": 9, "messages": [{"role": "user", "content": "hi"}]},
}
each_version = pytest.mark.parametrize("version", API_VERSIONS)


def looks_valid(version: str, item: Any) -> bool:
    return FirstLook(SCHEMAS[version]).is_surely_valid(item)


def subschemas(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield schema
    for keyword, expected in schema.items():
        if keyword in ("properties", "$defs"):
            inner = list(expected.values())
        elif keyword in ("items", "if", "then", "else", "additionalProperties"):
            inner = [expected] if isinstance(expected, dict) else []
        else:
            continue
        for each in inner:
            yield from subschemas(each)


@each_version
def test_the_bundled_schemas_have_no_keyword_that_it_does_not_know(version: str) -> None:
    everything = list(subschemas(dict(SCHEMAS[version])))
    assert len(everything) > 1000
    assert {keyword for each in everything for keyword in each} <= STRUCTURAL | ANNOTATIONS | CHECKS.keys()
    assert all(each.get("$ref", "#/$defs/").startswith("#/$defs/") for each in everything)


@each_version
def test_no_definition_holds_itself_so_that_the_depth_of_the_look_is_bounded(version: str) -> None:
    definitions = SCHEMAS[version]["$defs"]
    held = {
        name: {each["$ref"].removeprefix("#/$defs/") for each in subschemas(schema) if "$ref" in each}
        for name, schema in definitions.items()
    }
    while leaves := [name for name, others in held.items() if not others & held.keys()]:
        for name in leaves:
            del held[name]
    assert held == {}


@each_version
def test_it_judges_the_fixtures_of_all_rules_as_the_validator_does(version: str) -> None:
    seen = 0
    for path in FIXTURES:
        for line in path.read_bytes().splitlines():
            try:
                item = json.loads(line)
            except ValueError:
                continue
            seen += 1
            if looks_valid(version, item) != VALIDATORS[version].is_valid(item):
                assert b": 1024.0" in line, (path, line)  # a whole number with a point is left to the validator
    assert seen > 500


VALUES = (
    st.none()
    | st.booleans()
    | st.integers(-1, 2)
    | st.just(10**30)
    | st.floats()
    | st.sampled_from(["", "a", "user", "text", "auto", "x" * 300])
    | st.sampled_from([[], {}, [{}], {"type": "text"}, {"type": "ephemeral"}, ["text"]])
)


def places(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield at
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in members:
        yield from places(inner, (*at, key))


@given(item=whole_requests(), data=st.data())
@each_version
def test_it_judges_changed_requests_as_the_validator_does(version: str, item: Any, data: st.DataObject) -> None:
    item = {"custom_id": "a", "params": item["params"]}
    *way, last = data.draw(st.sampled_from([place for place in places(item) if place]))
    holder = item = copy.deepcopy(item)
    for key in way:
        holder = holder[key]
    change = data.draw(st.sampled_from(["replace", "delete", "add"]))
    value = data.draw(VALUES)
    if change == "delete":
        del holder[last]
    elif change == "add" and isinstance(holder, dict):
        holder[data.draw(st.sampled_from(["more", "type", "cache_control", "name"]))] = value
    else:
        holder[last] = value
    expected = VALIDATORS[version].is_valid(item)
    if looks_valid(version, item) != expected:
        assert expected, item
        assert isinstance(value, float) or value == 10**30, item


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf, 2.0, 2**53, 10**30, -(10**30)])
def test_an_unusual_number_is_left_to_the_validator(number: float) -> None:
    for name in ("max_tokens", "temperature"):
        assert not looks_valid("2023-06-01", {**REQUEST, "params": {**REQUEST["params"], name: number}})  # type: ignore[dict-item]


def test_a_keyword_that_it_does_not_know_is_left_to_the_validator() -> None:
    for schema in ({"pattern": "a"}, {"const": 1}, {"if": {"format": "uri"}, "else": {}}):
        assert not FirstLook(schema).is_surely_valid("a")


def test_it_ends_after_a_number_of_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(first_look, "STEPS", 100)
    look = FirstLook(SCHEMAS["2023-06-01"])
    answers = [look.is_surely_valid(REQUEST) for _ in range(100)]
    assert answers == sorted(answers, reverse=True)
    assert 2 < sum(answers) < 20


@each_version
def test_the_schema_judges_the_same_before_and_after(version: str) -> None:
    broken = {**REQUEST, "params": {}}
    schema = RequestSchema(version)
    assert [schema.is_valid(item) for item in (REQUEST, broken, REQUEST, broken)] == [True, False, True, False]
    assert {violation.keyword for violation in schema.violations(broken)} == {"required"}
