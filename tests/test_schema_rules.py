"""Whatever stands in the place of a schema: no rule breaks or fetches, and what is remembered is what is there."""

from __future__ import annotations

import copy
import json
import socket
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from batchlint.caching import ALL_TEXTS, LARGEST_TEXT, LATEST, ByText, Latest
from batchlint.engine import Engine
from batchlint.facts import json_schema, models
from batchlint.json_schema.example_check import ExampleCheck, Mismatch
from batchlint.json_schema.stepwise import TooComplexError
from batchlint.options import Options
from batchlint.request import Request
from batchlint.rule import Problem
from batchlint.rules import all_rules
from batchlint.rules.unsupported_schema_pattern import _unsupported_feature
from batchlint.sources import source_of_bytes

KEYWORDS = (
    *json_schema().applicators,
    *(
        "type",
        "enum",
        "const",
        "required",
        "minItems",
        "maxItems",
        "minimum",
        "pattern",
        "format",
        "$ref",
        "$id",
        "$schema",
    ),
)
TEXTS = st.sampled_from(
    (
        *("object", "string", "array", "integer", "null", "phone", "a", ""),
        *("#", "#/$defs/a", "#/properties/a", "http://127.0.0.1:9/s", "file:///etc/hosts"),
        *("(a+)+$", "(?!a)", "\\", "["),
    )
)
anything = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 3) | st.floats(allow_nan=False) | TEXTS | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(KEYWORDS), inner, max_size=4)
        | st.dictionaries(st.sampled_from(["a", "b", "type"]) | st.text(max_size=2), inner, max_size=3)
    ),
    max_leaves=15,
)
schemas = st.dictionaries(st.sampled_from(KEYWORDS), anything, max_size=5)
RULES = [
    rule
    for rule in all_rules().values()
    if not {"tool:custom", "output-format", "carried:strict", "carried:input_examples"}.isdisjoint(rule.triggers)
]


@pytest.fixture(scope="module", autouse=True)
def no_network() -> Iterator[None]:
    def refuse(*arguments: object, **named: object) -> None:
        raise AssertionError("a schema was about to be fetched")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "socket", refuse)
        patch.setattr(socket, "create_connection", refuse)
        yield


def request_with(params: dict[str, Any]) -> Request:
    return Request({"custom_id": "a", "params": params}, 0, 100, Options(), models().find("claude-opus-4-8"))


def first_mismatch(schema: Any, example: Any) -> Mismatch | None:
    return ExampleCheck(schema).first_mismatch(example)


def problems(params: dict[str, Any]) -> list[tuple[str, Problem]]:
    request = request_with(params)
    return [(rule.name, problem) for rule in RULES for problem in rule.check(request)]


@given(schemas, st.lists(st.dictionaries(st.sampled_from(["a", "b"]), anything, max_size=2), max_size=2), st.booleans())
def test_no_rule_breaks_on_any_schema(schema: dict[str, Any], examples: list[Any], strict: bool) -> None:
    tool = {"name": "t", "input_schema": schema, "strict": strict, "input_examples": examples}
    code = tool | {"name": "u", "allowed_callers": ["code_execution_20260120"]}
    params = {
        "tools": [tool, code, {}],
        "output_config": {"format": {"type": "json_schema", "schema": schema}},
        "output_format": {"schema": schema},
    }
    found = problems(params)
    assert problems(copy.deepcopy(params)) == found
    for _, problem in found:
        node: Any = {"params": params}
        for key in problem.pointer or ():
            node = node[key]


@given(st.lists(schemas, min_size=2, max_size=4))
def test_what_is_remembered_of_one_schema_is_not_said_of_another(found_in: list[dict[str, Any]]) -> None:
    def params(schema: dict[str, Any], place: int) -> dict[str, Any]:
        others = [{"name": f"o{i}", "input_schema": {"type": "object"}} for i in range(place)]
        return {"tools": [*others, {"name": "t", "input_schema": schema, "strict": True}]}

    alone = [[(name, p.message, p.pointer[4:]) for name, p in problems(params(s, 0)) if p.pointer] for s in found_in]
    later = [[(name, p.message, p.pointer[4:]) for name, p in problems(params(s, 2)) if p.pointer] for s in found_in]
    assert alone == later


CLOSED = {"type": "object", "properties": {}, "additionalProperties": False}
SEARCH = {"name": "search", "input_schema": CLOSED}


@pytest.mark.parametrize(
    ("clean", "broken", "rule"),
    [
        ({"tools": [SEARCH]}, {"tools": [SEARCH | {"name": "a.b"}]}, "malformed-tool-name"),
        ({"tools": [SEARCH]}, {"tools": [SEARCH | {"input_schema": {}}]}, "tool-schema-type"),
        ({"tools": [SEARCH, SEARCH | {"name": "b"}]}, {"tools": [SEARCH, SEARCH]}, "repeated-tool-name"),
        (
            {"output_config": {"format": {"type": "json_schema", "schema": CLOSED}}},
            {"output_config": {"format": {"type": "json_schema", "schema": {"type": "object"}}}},
            "open-output-object",
        ),
        (
            {"tools": [SEARCH | {"input_schema": CLOSED | {"minProperties": 1}}]},
            {"tools": [SEARCH | {"input_schema": CLOSED | {"minProperties": True}}]},
            "invalid-schema",
        ),
    ],
)
def test_a_broken_schema_between_clean_ones_is_found(clean: dict[str, Any], broken: dict[str, Any], rule: str) -> None:
    base = {"model": "claude-opus-4-8", "max_tokens": 100, "messages": [{"role": "user", "content": "Hello"}]}
    values = [clean, broken, copy.deepcopy(clean), clean, copy.deepcopy(broken), clean]
    items = [{"custom_id": str(index), "params": base | own} for index, own in enumerate(values)]
    source = source_of_bytes("\n".join(map(json.dumps, items)).encode())
    engine = Engine(Options(api_version="2023-06-01", as_of=date(2026, 11, 23)), [all_rules()[rule]])
    assert [(finding.index, finding.rule.name) for finding in engine.check(source)] == [(1, rule), (4, rule)]


def test_a_request_that_is_repeated_is_not_looked_at_again() -> None:
    seen: list[Any] = []
    latest: Latest[Any, int] = Latest(lambda value: seen.append(value) or len(seen))  # type: ignore[func-returns-value]
    assert [latest([1]), latest([2]), latest([1]), latest([2])] == [1, 2, 1, 2]
    for number in range(LATEST):
        latest([number + 10])
    assert latest([1]) > 2
    large = ["x" * LARGEST_TEXT]
    assert latest(large) != latest(large)


def test_texts_are_distinguished_and_forgotten_in_time() -> None:
    seen: list[Any] = []
    by_text: ByText[Any] = ByText(lambda value: seen.append(value) or value)  # type: ignore[func-returns-value]
    for value in ({"a": 1}, {"a": True}, {"a": 1.0}, {"a": 1}, {"a": True}):
        by_text(value)
    assert [str(value) for value in seen] == ["{'a': 1}", "{'a': True}", "{'a': 1.0}"]
    large = ["x" * LARGEST_TEXT]
    by_text(large)
    by_text(large)
    assert seen[-2:] == [large, large]
    for number in range(2 * ALL_TEXTS // 1000):
        by_text([str(number) * 1, "y" * 1000])
    by_text({"a": 1})
    assert seen[-1] == {"a": 1}


def test_a_schema_that_unfolds_without_end_is_tried_for_so_long() -> None:
    doubling = {
        f"d{level}": {"allOf": [{"$ref": f"#/$defs/d{level + 1}"}, {"$ref": f"#/$defs/d{level + 1}"}]}
        for level in range(60)
    }
    schema = {"$ref": "#/$defs/d0", "$defs": doubling | {"d60": {"type": "string"}}}
    assert first_mismatch(schema, 5) is not None
    with pytest.raises(TooComplexError):
        first_mismatch(schema, "5")
    node = {"properties": {"a": {"$ref": "#/$defs/n"}}}
    assert (
        first_mismatch({"$ref": "#/$defs/n", "$defs": {"n": {"anyOf": [node, node]}}}, {"a": {"a": {"a": 5}}}) is None
    )


def test_a_pattern_is_matched_without_backtracking() -> None:
    mismatch = first_mismatch({"type": "string", "pattern": "^(a+)+$"}, "a" * 50_000 + "b")
    assert mismatch is not None
    assert mismatch.reason == "it breaks `pattern`"


@pytest.mark.parametrize("pattern", [r"a|b", r"[(?=]", r"[\b]", r"\\b", r"\\1", r"\d{2,5}", "\\", "[", "(?:a)", r"\0"])
def test_simple_patterns_are_taken(pattern: str) -> None:
    assert _unsupported_feature(pattern) is None


@pytest.mark.parametrize(
    "pattern", [r"(?=a)", r"a(?!b)", r"(?<=a)b", r"(?<!a)b", r"\ba", r"a\B", r"(a)\1", r"\k<n>", "(?P=n)"]
)
def test_other_patterns_are_not(pattern: str) -> None:
    assert _unsupported_feature(pattern) is not None
