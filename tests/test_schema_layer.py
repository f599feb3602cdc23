"""Between the bundled schema and the rules: what a violation says, what is taken out, how the API names the place."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from batchlint.schema import API_VERSIONS, WIDEST_VERSION, request_schema, sdk_version
from batchlint.schema.api_path import api_path
from batchlint.schema.deduplicate import misspelt_names
from batchlint.schema.prune import pruned, refused_pointer


def request(**params: Any) -> dict[str, Any]:
    return {
        "custom_id": "a",
        "params": {
            "model": "claude-opus-4-8",
            "max_tokens": 10,
            "messages": [{"role": "user", "content": "hi"}],
            **params,
        },
    }


@pytest.mark.parametrize("version", API_VERSIONS)
def test_a_plain_request_is_valid(version: str) -> None:
    assert request_schema(version).is_valid(request())
    assert list(request_schema(version).violations(request())) == []


def test_the_type_that_chooses_a_variant_is_distinguished_from_other_values() -> None:
    item = request(service_tier="fast", messages=[{"role": "user", "content": [{"type": "image_url"}]}])
    found = {
        (violation.keyword, violation.pointer[-1]) for violation in request_schema(WIDEST_VERSION).violations(item)
    }
    assert found == {("enum", "service_tier"), ("tag", "type")}


def test_a_misspelt_required_field_is_one_mistake() -> None:
    item = request(max_token=10)
    del item["params"]["max_tokens"]
    violations = list(request_schema(WIDEST_VERSION).violations(item))
    assert {violation.keyword for violation in violations} == {"required", "additionalProperties"}
    assert misspelt_names(violations) == {(("params",), "max_tokens")}


def test_what_is_next_to_params_refuses_the_batch() -> None:
    item = {**request(top_k="x"), "method": "POST"}
    impacts = {violation.keyword: violation.impact for violation in request_schema(WIDEST_VERSION).violations(item)}
    assert impacts == {"type": "request", "additionalProperties": "batch"}


def test_the_schemas_name_the_sdk_that_they_come_from() -> None:
    assert sdk_version().count(".") == 2


@pytest.mark.parametrize(
    ("params", "pointer", "expected"),
    [
        ({}, ("params", "max_token"), "max_token"),
        ({"thinking": {"type": "enabled"}}, ("params", "thinking", "budget_tokens"), "thinking.enabled.budget_tokens"),
        ({"thinking": {"type": "auto"}}, ("params", "thinking", "type"), "thinking.type"),
        ({"tools": [{"name": "x"}]}, ("params", "tools", 0, "input_schema"), "tools.0.custom.input_schema"),
        (
            {"messages": [{"content": [{"type": "image", "source": {"type": "base64", "media_type": "x"}}]}]},
            ("params", "messages", 0, "content", 0, "source", "media_type"),
            "messages.0.content.0.image.source.base64.media_type",
        ),
        ({}, ("custom_id",), "requests.7.custom_id"),
        (
            {"messages": [{"content": [{"type": "text"}]}]},
            ("params", "messages", 0, "content", 0),
            "messages.0.content.0",
        ),
    ],
)
def test_places_are_named_as_the_api_names_them(
    params: dict[str, Any], pointer: tuple[str | int, ...], expected: str
) -> None:
    assert api_path({"custom_id": "a", "params": params}, pointer, index=7) == expected


def test_what_is_pruned_leaves_the_neighbours_where_they_were() -> None:
    item = request(
        messages=[5, {"role": "user", "content": [1, {"type": "text", "text": "x"}]}], stop_sequences=["a", 3]
    )
    before = copy.deepcopy(item)
    rest = pruned(
        item, [("params", "messages", 0), ("params", "messages", 1, "content", 0), ("params", "stop_sequences", 1)]
    )
    assert rest["params"]["messages"] == [{}, {"role": "user", "content": [{}, {"type": "text", "text": "x"}]}]
    assert "stop_sequences" not in rest["params"]
    assert item == before


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["messages", "content", "type", "x"]), inner, max_size=4)
    ),
    max_leaves=20,
)


def pointers_of(value: Any, at: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [at, *(pointer for key, inner in members for pointer in pointers_of(inner, (*at, key)))]


@given(item=JSON, data=st.data())
def test_pruning_never_fails_and_never_changes_the_item(item: Any, data: st.DataObject) -> None:
    before = copy.deepcopy(item)
    pointers = data.draw(st.lists(st.sampled_from(pointers_of(item)), max_size=5))
    pruned(item, pointers)
    assert item == before


@given(item=JSON)
def test_what_is_left_after_pruning_has_only_missing_fields(item: Any) -> None:
    """The promise to the rules: every value that they see has the type that the schema asks for."""
    schema = request_schema(WIDEST_VERSION)
    value = {"custom_id": "a", "params": item if isinstance(item, dict) else {"messages": item}}
    rest = pruned(value, map(refused_pointer, schema.violations(value)))
    emptied = [violation for violation in schema.violations(rest) if violation.keyword != "required"]
    assert [violation for violation in emptied if violation.value != {}] == []
