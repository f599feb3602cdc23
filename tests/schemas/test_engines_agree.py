"""Both engines find the same in the bundled schemas, and for one mistake one finding, at its exact place.

jsonschema-rs judges at run time; jsonschema is the reference implementation.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

SCHEMAS = Path(__file__).parents[2] / "schemas"
OLDER, NEWEST = "2023-06-01", "2026-10-21"
Finding = tuple[str, str]  # "/params/messages/0/role", the keyword

SEARCH_CALL = {"type": "server_tool_use", "id": "srvtoolu_1", "name": "web_search", "input": {"query": "x"}}
SEARCH_HIT = {
    "type": "web_search_result",
    "url": "https://a.example",
    "title": "A",
    "encrypted_content": "x",
    "page_age": None,
}
CITATION = {
    "type": "char_location",
    "cited_text": "a",
    "document_index": 0,
    "document_title": None,
    "start_char_index": 0,
    "end_char_index": 1,
}
PARAMS: dict[str, Any] = {
    "model": "claude-haiku-4-5",
    "max_tokens": 1024,
    "system": [{"type": "text", "text": "Be brief.", "cache_control": {"type": "ephemeral", "ttl": "1h"}}],
    "messages": [
        {"role": "user", "content": "What is in these?"},
        {
            "role": "user",
            "content": [
                {"type": "text", "text": "Here.", "citations": None},
                {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": "iVBORw0KGgo="}},
                {
                    "type": "document",
                    "source": {"type": "text", "media_type": "text/plain", "data": "a"},
                    "title": None,
                },
            ],
        },
        {
            "role": "assistant",
            "content": [
                {"type": "thinking", "thinking": "", "signature": "x"},
                SEARCH_CALL,
                {"type": "web_search_tool_result", "tool_use_id": "srvtoolu_1", "content": [SEARCH_HIT]},
                {"type": "text", "text": "A.", "citations": [CITATION]},
                {"type": "tool_use", "id": "toolu_1", "name": "add", "input": {"a": 1}, "caller": {"type": "direct"}},
            ],
        },
        {
            "role": "user",
            "content": [
                {
                    "type": "tool_result",
                    "tool_use_id": "toolu_1",
                    "content": [{"type": "text", "text": "1"}],
                    "is_error": False,
                }
            ],
        },
    ],
    "tools": [
        {"name": "add", "input_schema": {"type": "object", "properties": {"a": {"type": "integer"}}}},
        {"type": None, "name": "sub", "input_schema": {}, "strict": True},
        {"type": "web_search_20250305", "name": "web_search", "max_uses": 3, "allowed_domains": None},
        {"type": "computer_20241022", "name": "computer", "display_width_px": 800, "display_height_px": 600},
        {"type": "tool_search_tool_bm25", "name": "tool_search_tool_bm25"},
    ],
    "tool_choice": {"type": "auto", "disable_parallel_tool_use": True},
    "thinking": {"type": "enabled", "budget_tokens": 1024},
    "output_config": {"effort": None, "format": {"type": "json_schema", "schema": {"any": "thing"}}},
    "metadata": {"user_id": None},
    "stop_sequences": ["END"],
    "container": "container_1",
    "mcp_servers": [
        {"type": "url", "url": "https://a.example", "name": "a", "tool_configuration": {"allowed_tools": None}}
    ],
    "context_management": {
        "edits": [
            {"type": "clear_thinking_20251015", "keep": "all"},
            {"type": "clear_tool_uses_20250919", "trigger": {"type": "tool_uses", "value": 1}},
            {"type": "compact_20260112", "trigger": {"type": "input_tokens", "value": 50_000}},
        ]
    },
    "fallbacks": "default",
    "stream": False,
}
GOOD_ITEM = {"custom_id": "a", "params": PARAMS}

MISTAKES: list[tuple[str, Any, str]] = [
    # where (a pointer into GOOD_ITEM), the value written there, the keyword that finds it there
    ("/custom_id", 7, "type"),
    ("/params/max_tokens", 0, "minimum"),
    ("/params/max_tokens", "1024", "type"),
    ("/params/max_tokens", None, "type"),
    ("/params/messages", [], "minItems"),
    ("/params/messages", {"role": "user"}, "type"),
    ("/params/messages/0", "hello", "type"),
    ("/params/messages/0/role", "tool", "enum"),
    ("/params/messages/0/content", None, "type"),
    ("/params/messages/1/content/0/type", "txt", "enum"),
    ("/params/messages/1/content/0", "hello", "type"),
    ("/params/messages/1/content/0/text", ["a"], "type"),
    ("/params/messages/1/content/1/source/media_type", "image/jpg", "enum"),
    ("/params/messages/1/content/1/source/type", "path", "enum"),
    ("/params/messages/1/content/2/title", "", "minLength"),
    ("/params/messages/2/content/1/name", "web_serch", "enum"),
    ("/params/messages/2/content/3/citations/0/document_index", -1, "minimum"),
    ("/params/messages/2/content/4/input", "{}", "type"),
    ("/params/messages/2/content/4/name", "n" * 201, "maxLength"),
    ("/params/messages/3/content/0/content/0/type", "thinking", "enum"),
    ("/params/messages/3/content/0/is_error", "no", "type"),
    ("/params/system", {"type": "text", "text": "a"}, "type"),
    ("/params/system/0/type", "image", "const"),
    ("/params/system/0/cache_control/ttl", "2h", "enum"),
    ("/params/tools/0/input_schema", "object", "type"),
    ("/params/tools/0/type", "function", "enum"),
    ("/params/tools/2/type", "web_search_20990101", "enum"),
    ("/params/tools/2/name", "search", "const"),
    ("/params/tools/2/max_uses", 0, "minimum"),
    ("/params/tool_choice", "auto", "type"),
    ("/params/tool_choice/type", "required", "enum"),
    ("/params/thinking/budget_tokens", 1023, "minimum"),
    ("/params/thinking/type", "auto", "enum"),
    ("/params/output_config/effort", "minimal", "enum"),
    ("/params/stop_sequences", "END", "type"),
    ("/params/service_tier", "batch", "enum"),
    ("/params/container", 5, "type"),
    ("/params/context_management/edits/0/keep", "none", "const"),
    ("/params/fallbacks", "none", "const"),
    ("/params/stream", "false", "type"),
    ("/params/messages/2/content/4/caller/type", "me", "enum"),
    ("/params/context_management/edits/1/trigger/value", 0, "minimum"),
    ("/params/context_management/edits/2/trigger/value", 49_999, "minimum"),
]
MISSING = [
    "/custom_id",
    "/params",
    "/params/model",
    "/params/messages/0/role",
    "/params/messages/1/content/0/type",
    "/params/messages/1/content/1/source/data",
    "/params/messages/2/content/0/signature",
    "/params/messages/2/content/2/content/0/url",
    "/params/tools/0/input_schema",
    "/params/thinking/budget_tokens",
]
UNKNOWN: list[tuple[str, Any]] = [
    ("/method", "POST"),
    ("/params/response_format", {}),
    ("/params/messages/0/name", "Ada"),
    ("/params/messages/1/content/0/parsed_output", None),
    ("/params/messages/2/content/0/cache_control", {"type": "ephemeral"}),
    ("/params/messages/2/content/3/citations/0/file_id", None),
    ("/params/system/0/cache_control/scope", "global"),
    ("/params/tools/0/parameters", {}),
    ("/params/thinking/type", "adaptive"),
    ("/params/output_config/format/name", "a"),
    ("/params/metadata/session", "a"),
    ("/params/betas", ["a"]),
]


@cache
def validators(api_version: str) -> tuple[jsonschema_rs.Draft202012Validator, jsonschema.Draft202012Validator]:
    text = (SCHEMAS / f"batch-request-{api_version}.schema.json").read_text(encoding="utf-8")
    return jsonschema_rs.Draft202012Validator(text), jsonschema.Draft202012Validator(json.loads(text))


def findings(item: Any, api_version: str = NEWEST) -> list[Finding]:
    """What both engines find, in order of place; fails where they do not agree."""
    fast, reference = validators(api_version)
    found = sorted((pointer(error.instance_path), error.kind.name) for error in fast.iter_errors(item))
    expected = sorted((pointer(error.absolute_path), str(error.validator)) for error in reference.iter_errors(item))
    assert found == expected
    assert fast.is_valid(item) == (not found)
    return found


def pointer(path: Any) -> str:
    return "".join(f"/{part}" for part in path)


def parent(place: str) -> str:
    return place.rpartition("/")[0]


def with_change(item: Any, place: str, value: Any) -> Any:
    """A copy of the item with a value written at a pointer."""
    changed = copy.deepcopy(item)
    node, key = reached(changed, place)
    node[key] = value
    return changed


def without(item: Any, place: str) -> Any:
    """A copy of the item without the value at a pointer."""
    changed = copy.deepcopy(item)
    node, key = reached(changed, place)
    del node[key]
    return changed


def reached(item: Any, place: str) -> tuple[Any, str | int]:
    *parents, last = place.split("/")[1:]
    for part in parents:
        item = item[int(part) if isinstance(item, list) else part]
    return item, int(last) if isinstance(item, list) else last


@pytest.mark.parametrize("api_version", [OLDER, NEWEST])
def test_a_good_item_passes(api_version: str) -> None:
    assert findings(GOOD_ITEM, api_version) == []


@pytest.mark.parametrize(("place", "value", "keyword"), MISTAKES)
def test_a_wrong_value_is_found_where_it_stands(place: str, value: Any, keyword: str) -> None:
    assert findings(with_change(GOOD_ITEM, place, value)) == [(place, keyword)]


@pytest.mark.parametrize("place", MISSING)
def test_a_missing_field_is_found_at_the_object_that_lacks_it(place: str) -> None:
    assert findings(without(GOOD_ITEM, place)) == [(parent(place), "required")]


@pytest.mark.parametrize(("place", "value"), UNKNOWN)
def test_an_unknown_field_is_found_at_the_object_that_has_it(place: str, value: Any) -> None:
    assert findings(with_change(GOOD_ITEM, place, value)) == [(parent(place), "additionalProperties")]


@pytest.mark.parametrize(
    ("place", "tag", "keyword"),
    [
        ("/params/thinking", "adaptive", "additionalProperties"),
        ("/params/thinking", "disabled", "additionalProperties"),
        ("/params/tool_choice", "tool", "required"),
        ("/params/tool_choice", "none", "additionalProperties"),
    ],
)
def test_an_object_is_judged_by_its_tag_alone(place: str, tag: str, keyword: str) -> None:
    assert findings(with_change(GOOD_ITEM, f"{place}/type", tag)) == [(place, keyword)]


def test_an_unknown_name_in_place_of_a_required_one_is_two_findings_on_one_object() -> None:
    item = with_change(GOOD_ITEM, "/params/tools/0", {"name": "add", "parameters": {}})
    assert findings(item) == [("/params/tools/0", "additionalProperties"), ("/params/tools/0", "required")]


@pytest.mark.parametrize(("member", "value"), [("temperature", 0.5), ("top_p", 1), ("top_k", 40)])
def test_sampling_parameters_are_fields_of_the_older_version_alone(member: str, value: float) -> None:
    item = with_change(GOOD_ITEM, f"/params/{member}", value)
    assert findings(item, OLDER) == []
    assert findings(item, NEWEST) == [("/params", "additionalProperties")]


@pytest.mark.parametrize(("value", "keyword"), [(1.5, "maximum"), (-2, "minimum"), ("0.5", "type")])
def test_sampling_parameters_are_bounded(value: Any, keyword: str) -> None:
    assert findings(with_change(GOOD_ITEM, "/params/temperature", value), OLDER) == [("/params/temperature", keyword)]


@pytest.mark.parametrize("api_version", [OLDER, NEWEST])
def test_the_older_name_of_the_output_format_needs_a_schema(api_version: str) -> None:
    item = with_change(GOOD_ITEM, "/params/output_format", {"type": "json_schema", "schema": {}})
    assert findings(item, api_version) == []
    item = with_change(GOOD_ITEM, "/params/output_format", {"type": "json_schema"})
    assert findings(item, api_version) == [("/params/output_format", "required")]


def test_what_a_server_tool_wrote_may_have_fields_that_no_type_has() -> None:
    output = {
        "type": "code_execution_result",
        "content": [],
        "return_code": 0,
        "stdout": "",
        "stderr": "",
        "novelty": None,
    }
    block = {"type": "code_execution_tool_result", "tool_use_id": "srvtoolu_1", "content": output}
    assert findings(with_change(GOOD_ITEM, "/params/messages/2/content/2", block)) == []


def places(node: Any, path: str = "") -> Iterator[str]:
    """The pointer of every value inside a value."""
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in children:
        yield f"{path}/{key}"
        yield from places(value, f"{path}/{key}")


odd_values = st.sampled_from(
    [
        None,
        True,
        0,
        -1,
        1.0,
        1.5,
        10**30,
        "",
        "text",
        "custom",
        [],
        {},
        [None],
        {"type": "text"},
        {"type": 1},
        {"type": None},
    ]
)


@settings(max_examples=200, deadline=None)
@given(place=st.sampled_from(sorted(places(GOOD_ITEM))), value=odd_values)
def test_the_engines_agree_on_any_value_in_any_place(place: str, value: Any) -> None:
    findings(with_change(GOOD_ITEM, place, value), OLDER)


@settings(max_examples=100, deadline=None)
@given(place=st.sampled_from(sorted(places(GOOD_ITEM))))
def test_the_engines_agree_on_any_value_missing(place: str) -> None:
    findings(without(GOOD_ITEM, place), OLDER)


@pytest.mark.parametrize("member", ["metadata", "inference_geo", "stop_sequences", "cache_control", "container"])
def test_an_optional_field_may_be_null(member: str) -> None:
    assert findings(with_change(GOOD_ITEM, f"/params/{member}", None), NEWEST) == []


@pytest.mark.parametrize(
    ("member", "keyword"),
    [
        *((name, "type") for name in ("system", "tools", "tool_choice", "thinking", "output_config", "stream")),
        ("service_tier", "enum"),
    ],
)
def test_an_optional_field_that_the_api_refuses_as_null_may_not_be_null(member: str, keyword: str) -> None:
    assert findings(with_change(GOOD_ITEM, f"/params/{member}", None), NEWEST) == [(f"/params/{member}", keyword)]
