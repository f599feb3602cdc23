"""Schemas that unfold without end, or exponentially, are checked within bounds, or reported as not checked."""

from __future__ import annotations

from typing import Any

import pytest

from batchlint.json_schema.example_check import ExampleCheck
from batchlint.json_schema.stepwise import TooComplexError
from tests.hostile import findings, line, names, request

Json = dict[str, Any]


def by_anchors(levels: int) -> Json:
    definitions: Json = {
        f"a{n}": {"$anchor": f"a{n}", "allOf": [{"$ref": f"#a{n + 1}"}, {"$ref": f"#a{n + 1}"}]} for n in range(levels)
    }
    return {
        "type": "object",
        "properties": {"x": {"$ref": "#a0"}},
        "$defs": definitions | {"end": {"$anchor": f"a{levels}"}},
    }


def by_dynamic_references(levels: int) -> Json:
    definitions: Json = {
        f"a{n}": {"$dynamicAnchor": f"a{n}", "allOf": [{"$dynamicRef": f"#a{n + 1}"}] * 2} for n in range(levels)
    }
    end = {"end": {"$dynamicAnchor": f"a{levels}"}}
    return {"type": "object", "properties": {"x": {"$dynamicRef": "#a0"}}, "$defs": definitions | end}


def by_unevaluated(levels: int, keyword: str = "unevaluatedProperties") -> Json:
    schema: Json = {"properties": {"x": {}}}
    for _ in range(levels):
        schema = {"allOf": [schema], keyword: False}
    return {**schema, "type": "object"}


def by_references(levels: int) -> Json:
    definitions: Json = {f"a{n}": {"allOf": [{"$ref": f"#/$defs/a{n + 1}"}] * 2} for n in range(levels)}
    return {"type": "object", "properties": {"x": {"$ref": "#/$defs/a0"}}, "$defs": definitions | {f"a{levels}": {}}}


def by_circle(_: int) -> Json:
    return {"type": "object", "properties": {"x": {"$ref": "#/properties/x"}}}


MAKERS = [by_anchors, by_dynamic_references, by_unevaluated, by_references, by_circle]


@pytest.mark.parametrize("make", MAKERS)
def test_what_is_too_complex_is_reported(make: Any) -> None:
    tool = {"name": "f", "input_schema": make(60), "input_examples": [{"x": 1}, {"x": 2}]}
    found = [each for each in findings(line(request(tools=[tool]))) if each.rule.name == "input-example-mismatch"]
    assert [each.severity for each in found] == ["warning"]
    assert "too complex" in found[0].message


def test_what_is_complex_but_bounded_is_judged() -> None:
    tree = {
        "type": "object",
        "properties": {"name": {"type": "string"}, "inner": {"type": "array", "items": {"$ref": "#"}}},
        "required": ["name"],
    }
    good = {"name": "a", "inner": [{"name": "b", "inner": [{"name": "c"}]}]}
    bad = {"name": "a", "inner": [{"name": "b", "inner": [{"nam": "c"}]}]}
    tool = {"name": "f", "input_schema": tree, "input_examples": [good]}
    assert not findings(line(request(tools=[tool])))
    assert names(findings(line(request(tools=[{**tool, "input_examples": [good, bad]}])))) == {"input-example-mismatch"}
    for make in (by_anchors, by_dynamic_references, by_unevaluated):
        assert ExampleCheck(make(4)).first_mismatch({"x": 1}) is None
    assert ExampleCheck(by_unevaluated(4)).first_mismatch({"y": 1}) is not None


def test_a_reference_to_elsewhere_is_not_followed() -> None:
    schema = {"type": "object", "properties": {"x": {"$ref": "http://127.0.0.1:9/schema"}}}
    circle = {**schema, "properties": {**schema["properties"], "y": {"$ref": "#"}}}  # type: ignore[dict-item]
    assert ExampleCheck(schema).first_mismatch({"x": 1}) is None
    assert ExampleCheck(circle).first_mismatch({"x": 1}) is None


def test_a_pattern_in_a_circle_is_not_matched() -> None:
    schema = {"type": "object", "properties": {"x": {"pattern": "(a+)+$"}, "y": {"$ref": "#"}}}
    with pytest.raises(TooComplexError):
        ExampleCheck(schema).first_mismatch({"x": "a" * 100 + "!"})


PATTERNS = [
    (r"^\d$", "0", "\u07c0"),
    (r"^\D$", "\u07c0", "0"),
    (r"^\w$", "a", "\u00e9"),
    (r"^\W$", "\u00e9", "a"),
    (r"^\s$", "\ufeff", "\u180e"),
    (r"^\S$", "x", "\u2029"),
    (r"^\cC$", "\u0003", "C"),
    (r"^\p{Letter}+$", "l\u00e9", "3"),
    (r"^\p{digit}+$", "\u09ea\u09e8", "-"),
    (r"^[\d]$", "0", "\u07c0"),
    (r"^[^\d]$", "\u07c0", "0"),
    (r"^\u{1F432}*$", "\U0001f432", "x"),
    (r"^abc$", "abc", "abc\n"),
]
"""Patterns of ECMA-262, each with a text that fits and one that does not."""


@pytest.mark.parametrize(("pattern", "fits", "other"), PATTERNS)
def test_patterns_mean_what_ecma_says(pattern: str, fits: str, other: str) -> None:
    check = ExampleCheck({"type": "object", "properties": {"a": {"pattern": pattern}}})
    assert check.first_mismatch({"a": fits}) is None
    assert check.first_mismatch({"a": other}) is not None
    check = ExampleCheck({"type": "object", "patternProperties": {pattern: {}}, "additionalProperties": False})
    assert check.first_mismatch({fits: 1}) is None
    assert check.first_mismatch({other: 1}) is not None
