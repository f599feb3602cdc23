"""Usual requests are judged once for all with the same counted values; what is found is what the plain way finds."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from batchlint.engine import size
from batchlint.engine.usual import KnownValues, UsualRequests, Values
from batchlint.engine.usual_checks import CHECKS, DEEP, answer_schema
from batchlint.engine.usual_kinds import kinds_of
from batchlint.engine.usual_schema import usual_schema
from batchlint.options import Options
from batchlint.rule import Problem
from batchlint.rules import all_rules
from batchlint.schema import API_VERSIONS, request_schema
from batchlint.sources.item import Item
from batchlint.triggers import parts_of
from tests.engine.ways import FIXTURES, assert_the_same, lines
from tests.strategies.files import files
from tests.strategies.usual_requests import usual_requests

Json = dict[str, Any]


def values_of(request: Json, version: str = "2023-06-01", options: Options | None = None) -> Values | None:
    """The counted values of a request; None where it is not usual."""
    raw = json.dumps(request).encode()
    options = copy.copy(options or Options())
    options.api_version = version
    return UsualRequests(options).values_of(Item(0, 0, 1, 0, raw, json.loads(raw)))


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_fixtures_many_times_over(path: Path) -> None:
    if path.stat().st_size > 100_000 or b"*" in path.read_bytes():
        pytest.skip("texts written short are the matter of test_rule_fixtures.py")
    data = path.read_bytes()
    assert_the_same(data.rstrip(b"\n") + b"\n" + data)


@given(files(), st.sampled_from([None, *API_VERSIONS]))
def test_files_of_a_program(data: bytes, api_version: str | None) -> None:
    assert_the_same(data, Options(api_version=api_version, as_of=Options().as_of))


@given(usual_requests(), st.sampled_from(API_VERSIONS))
def test_what_is_usual_is_valid(request: Json, version: str) -> None:
    if values_of(request, version) is not None:
        assert request_schema(version).is_valid(request)


@given(st.lists(usual_requests(), min_size=1, max_size=3), st.data())
def test_usual_requests_with_equal_values_are_clean_together(kinds: list[Json], data: st.DataObject) -> None:
    """The contract with rules: what they make of a usual request depends on its counted values alone."""
    values = [copy.deepcopy(data.draw(st.sampled_from(kinds))) for _ in range(4)]
    for number, value in enumerate(values):
        value["custom_id"] = f"row-{number}"
        value["params"]["messages"] = data.draw(st.sampled_from(kinds))["params"]["messages"]
    assert_the_same(lines(values))


@given(usual_requests(), st.lists(st.sampled_from(["object", "array"]), max_size=4), st.booleans())
def test_what_is_said_of_the_levels_of_an_answer_is_so(request: Json, nested: list[str], has_enum: bool) -> None:
    answer: Json = {"type": "string", "enum": ["x"]} if has_enum else {"type": "string"}
    for kind in (*nested, "object"):
        inner = {"a": answer}
        answer = (
            {"type": "array", "items": answer}
            if kind == "array"
            else {"type": "object", "properties": inner, "required": ["a"], "additionalProperties": False}
        )
    format_ = {"type": "json_schema", "schema": answer}
    params = request["params"] | {"output_config": {"format": format_}}
    params.pop("output_format", None)
    is_shallow = size._is_shallow([None, format_], size.INDENTED)
    assert answer_schema(params) in (DEEP, None) or is_shallow
    if has_enum and "tools" not in params:
        assert (answer_schema(params) == "") == is_shallow


@given(usual_requests())
def test_kinds_are_those_that_other_requests_are_asked_for(request: Json) -> None:
    if usual_schema("2023-06-01").takes(request):
        triggering = {trigger for _, triggers in CHECKS for trigger in triggers}
        wanted = {part for part in parts_of(request["params"]) if part in triggering}
        assert {kind for kind in kinds_of(request["params"]) if kind in triggering} == wanted


PLAIN = {"model": "claude-opus-4-8", "max_tokens": 1024, "messages": [{"role": "user", "content": "Hello"}]}


@pytest.mark.parametrize(
    "members",
    [
        {},
        {"system": ""},
        {"system": [{"type": "text", "text": "Brief.", "cache_control": {"type": "ephemeral"}}]},
        {"metadata": {"user_id": "0c1d2e3f-user"}, "stop_sequences": ["END"], "service_tier": "auto"},
        {"tools": [{"name": "a", "input_schema": {"type": "object", "properties": {"x": {"type": "string"}}}}]},
        {"tools": [{"type": "web_search_20250305", "name": "web_search"}]},
        {"messages": [*PLAIN["messages"], {"role": "assistant", "content": "Hi"}]},  # type: ignore[misc]
    ],
)
def test_what_most_programs_write_is_usual(members: Json) -> None:
    assert values_of({"custom_id": "a", "params": PLAIN | members}) is not None


@pytest.mark.parametrize(
    "members",
    [
        {"system": " "},
        {"metadata": {"user_id": "a@example.com"}},
        {"messages": [{"role": "user", "content": "　"}]},
        {"messages": [{"role": "assistant", "content": "Hi"}]},
        {"messages": [*PLAIN["messages"], {"role": "assistant", "content": "Hi "}]},  # type: ignore[misc]
        {"max_tokens": 0},
        {"unknown": 1},
        {"thinking": {"type": "enabled", "budget_tokens": 2048}},
    ],
)
def test_what_a_rule_may_have_a_word_on_is_not_usual(members: Json) -> None:
    assert values_of({"custom_id": "a", "params": PLAIN | members}) is None


ANSWER = {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"], "additionalProperties": False}
CITED = {
    "type": "document",
    "source": {"type": "text", "media_type": "text/plain", "data": "x"},
    "citations": {"enabled": True},
}


@pytest.mark.parametrize(
    ("content", "answer", "members"),
    [
        ("x", [{"role": "assistant", "content": "{"}], {}),
        ([CITED], [], {"output_config": {"format": {"type": "json_schema", "schema": ANSWER}}}),
    ],
    ids=["prefill", "citations"],
)
def test_what_is_found_in_the_messages_is_found_where_it_stands(
    content: Any, answer: list[Json], members: Json
) -> None:
    exchange: list[Json] = [{"role": "user", "content": "x"}, {"role": "assistant", "content": "y"}]
    last: list[Json] = [{"role": "user", "content": content}, *answer]
    requests = [
        {
            "custom_id": f"r{number}",
            "params": PLAIN | members | {"model": "claude-opus-4-7", "messages": exchange * turns + last},
        }
        for number, turns in enumerate((0, 2, 0, 1))
    ]
    assert_the_same(lines(requests))


@pytest.mark.parametrize("model", ["claude-haiku-4-5", "claude-opus-4-8"])
@pytest.mark.parametrize(
    "added",
    [
        [{"role": "system", "content": "Be brief."}],
        [{"role": "system", "content": "Be brief."}, {"role": "assistant", "content": "Well,"}],
        [{"role": "assistant", "content": [{"type": "text", "text": "a", "citations": None}]}, *PLAIN["messages"]],  # type: ignore[misc]
    ],
    ids=["system", "prefill", "answer"],
)
def test_what_some_requests_of_a_file_have_next_to_others_counts(model: str, added: list[Json]) -> None:
    one = PLAIN | {"model": model}
    other = one | {"messages": [*PLAIN["messages"], *added]}  # type: ignore[misc]
    requests = [{"custom_id": f"r{number}", "params": params} for number, params in enumerate([one, one, other, one])]
    assert_the_same(lines(requests))


def test_a_long_request_is_not_usual() -> None:
    request = {"custom_id": "a", "params": PLAIN | {"system": "x " * 1000}}
    assert values_of(request) is not None
    assert values_of(request, options=Options(max_request_bytes=500)) is None


pairs = st.tuples(st.integers(0, 3), st.integers(0, 3))


@given(st.lists(pairs, max_size=6), pairs)
def test_what_is_found_at_two_numbers_is_found_between(
    found_at: list[tuple[int, int]], number: tuple[int, int]
) -> None:
    values = KnownValues()
    for each in found_at:
        values.add(Values(b"key", each), [])
    between = bool(found_at) and all(
        min(each[axis] for each in found_at) <= number[axis] <= max(each[axis] for each in found_at) for axis in (0, 1)
    )
    assert (values.problems(Values(b"key", number)) is not None) is between
    assert values.problems(Values(b"other", number)) is None


def test_of_one_key_what_was_found_first_is_known() -> None:
    values, problem = KnownValues(), (all_rules()["max-tokens-over-model-limit"], Problem(("params",), "too many"))
    values.add(Values(b"key", (1,)), [])
    values.add(Values(b"key", (9,)), [problem])
    assert values.problems(Values(b"key", (1,))) == []
    assert values.problems(Values(b"key", (9,))) is None


@pytest.mark.parametrize(
    "members",
    [
        {"tools": [{"name": {}, "input_schema": {"type": "object"}}]},
        {"tools": [{"name": "a", "type": {}}]},
        {"tools": [{"name": "a", "type": 3}]},
        {"thinking": {"type": "enabled", "budget_tokens": "2048"}},
        {"tool_choice": {"type": "tool", "name": {}}, "tools": []},
        {"output_config": {"format": {"schema": {"properties": [], "required": {}}}}},
    ],
)
def test_values_of_another_type_are_no_matter_for_the_checks(members: Json) -> None:
    assert_the_same(lines([{"custom_id": "a", "params": PLAIN | members}]))
