"""A request that the API takes gives no finding; with one mistake it gives the one finding for it, at its place."""

from __future__ import annotations

import contextlib
import copy
import itertools
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from hypothesis import given, settings

from batchlint.library import check_requests
from batchlint.options import Options
from batchlint.rule import Pointer
from tests.knowledge import FACTS_DAY, active_model
from tests.strategies.whole_requests import (
    IMAGE,
    OUTPUT_FORMAT,
    TOOL,
    thinks_as_it_needs,
    thinks_within_a_budget,
    whole_requests,
)

Json = dict[str, Any]
Expected = tuple[str, Pointer]
Mutation = Callable[[Json], Expected]

OPTIONS = Options(as_of=FACTS_DAY, api_version="2023-06-01", betas=frozenset())
MUTATIONS: dict[str, Mutation] = {}

NEWER_MODEL = active_model(
    lambda model: (
        thinks_as_it_needs(model)
        and not model.thinking["enabled"].accepted
        and model.thinking["disabled"].accepted
        and model.accepts_prefill is False
        and model.sampling == "default-only"
        and model.accepts_forced_tool_choice is True
    )
)
OLDER_MODEL = active_model(thinks_within_a_budget)
MODEL_WITHOUT_XHIGH = active_model(
    lambda model: thinks_as_it_needs(model) and "xhigh" not in (model.effort_levels or ())
)


def mutation(change: Mutation) -> Mutation:
    """Puts a mistake on the list: it changes the params that it is given, and returns the rule and the pointer."""
    MUTATIONS[change.__name__] = change
    return change


def make_mistakes(params: Json, names: Iterable[str]) -> None:
    """Makes several mistakes in one request; one that an earlier mistake has left no place for is not made."""
    for name in names:
        with contextlib.suppress(KeyError, IndexError):
            MUTATIONS[name](params)


def found_in(*requests: Json, options: Options = OPTIONS) -> list[tuple[str, Pointer | None]]:
    return [(finding.rule.name, finding.pointer) for finding in check_requests(requests, options)]


@given(whole_requests())
def test_what_the_api_takes_is_silent(request: Json) -> None:
    assert found_in(request) == []


def wrong(name: str, value: Any, rule: str, *inner: str | int) -> None:
    """A mistake that is one wrong value of a member of params."""

    def change(params: Json) -> Expected:
        params[name] = copy.deepcopy(value)
        return rule, ("params", name, *inner)

    change.__name__ = f"{name}: {value!r}"[:60]
    mutation(change)


wrong("max_tokens", "1024", "wrong-type")
wrong("max_tokens", 0, "out-of-range")
for member in ("system", "tools", "tool_choice", "thinking", "output_config", "stream"):
    wrong(member, None, "wrong-type")
wrong("service_tier", None, "unknown-value")
wrong("max_tokens", 10_000_000, "max-tokens-over-model-limit")
wrong("model", "claude-opsu-4-8", "unknown-model")
wrong("model", "gpt-4o", "unknown-model")
wrong("model", "anthropic.claude-opus-4-6-v1:0", "unknown-model")
wrong("model", "claude-3-opus-20240229", "retired-model")
wrong("stream", True, "stream-in-batch")
wrong("speed", "fast", "unsupported-in-batch")
wrong("top_kk", 5, "unknown-member")
wrong("betas", ["files-api-2025-04-14"], "unknown-member")
wrong("response_format", {"type": "json_object"}, "unknown-member")
wrong("service_tier", "priority", "unknown-value")
wrong("stop_sequences", ["END", "\n\n"], "blank-stop-sequence", 1)
wrong("metadata", {"user_id": "someone@example.com"}, "email-in-user-id", "user_id")
wrong("metadata", {"user": "7f3a"}, "unknown-member", "user")
wrong("system", [{"type": "text", "text": ""}], "empty-text", 0, "text")
wrong("system", {"type": "text", "text": "Be brief."}, "wrong-type")
wrong("thinking", {"type": "auto"}, "unknown-type", "type")
wrong("tool_choice", "auto", "wrong-type")
wrong("messages", [], "wrong-length")
wrong("tools", [TOOL, TOOL], "repeated-tool-name", 1, "name")
wrong("tools", [{**TOOL, "name": "look up"}], "malformed-tool-name", 0, "name")
wrong("tools", [{"name": "x"}], "missing-member", 0)
wrong("tools", [{"type": "function", "function": {"name": "x"}}], "unknown-type", 0, "type")
wrong("tools", [{"name": "x", "input_schema": {}}], "tool-schema-type", 0, "input_schema")
wrong("tools", [{"name": "x", "input_schema": {"type": "dict"}}], "tool-schema-type", 0, "input_schema", "type")


@mutation
def a_missing_member(params: Json) -> Expected:
    del params["max_tokens"]
    return "missing-member", ("params",)


@mutation
def a_misspelt_member(params: Json) -> Expected:
    params["max_token"] = params.pop("max_tokens")
    return "unknown-member", ("params", "max_token")


@mutation
def a_role_of_another_api(params: Json) -> Expected:
    params["messages"][-1]["role"] = "developer"
    return "unknown-value", ("params", "messages", len(params["messages"]) - 1, "role")


@mutation
def a_block_of_another_api(params: Json) -> Expected:
    last = len(params["messages"]) - 1
    params["messages"][last]["content"] = [{"type": "image_url", "image_url": {"url": "https://example.com"}}]
    return "unknown-type", ("params", "messages", last, "content", 0, "type")


@mutation
def an_empty_text(params: Json) -> Expected:
    last = len(params["messages"]) - 1
    params["messages"][last]["content"] = [{"type": "text", "text": "Hello."}, {"type": "text", "text": ""}]
    return "empty-text", ("params", "messages", last, "content", 1, "text")


@mutation
def a_blank_message(params: Json) -> Expected:
    last = len(params["messages"]) - 1
    params["messages"][last]["content"] = " \n"
    return "empty-text", ("params", "messages", last, "content")


@mutation
def a_schema_of_alternatives(params: Json) -> Expected:
    params["tools"] = [{"name": "x", "input_schema": {"type": "object", "oneOf": [{"required": ["a"]}]}}]
    return "tool-schema-combinator", ("params", "tools", 0, "input_schema", "oneOf")


@mutation
def a_choice_of_a_tool_that_is_not_there(params: Json) -> Expected:
    params["model"], params["tools"] = NEWER_MODEL, [TOOL]
    params.pop("thinking", None)
    params["tool_choice"] = {"type": "tool", "name": "serach"}
    return "unknown-tool-choice", ("params", "tool_choice", "name")


@mutation
def an_image_that_is_another_format(params: Json) -> Expected:
    last = len(params["messages"]) - 1
    image = copy.deepcopy(IMAGE)
    image["source"]["media_type"] = "image/jpeg"  # type: ignore[index]
    params["messages"][last]["content"] = [image]
    return "media-type-mismatch", ("params", "messages", last, "content", 0, "source", "media_type")


@mutation
def a_data_url(params: Json) -> Expected:
    last = len(params["messages"]) - 1
    image = copy.deepcopy(IMAGE)
    image["source"]["data"] = "data:image/png;base64," + image["source"]["data"]  # type: ignore[index]
    params["messages"][last]["content"] = [image]
    return "invalid-base64", ("params", "messages", last, "content", 0, "source", "data")


@mutation
def five_cache_breakpoints(params: Json) -> Expected:
    params.pop("system", None)
    params.pop("cache_control", None)
    params["tools"] = []
    block = {"type": "text", "text": "Hello.", "cache_control": {"type": "ephemeral"}}
    params["messages"] = [{"role": "user", "content": [block] * 5}]
    return "too-many-cache-breakpoints", ("params", "messages", 0, "content", 4, "cache_control")


@mutation
def a_prefill_where_none_is_taken(params: Json) -> Expected:
    params["model"] = NEWER_MODEL
    params.pop("thinking", None)
    params.pop("output_config", None)
    params["messages"].append({"role": "assistant", "content": "{"})
    return "unsupported-prefill", ("params", "messages", len(params["messages"]) - 1)


@mutation
def a_prefill_that_ends_in_a_space(params: Json) -> Expected:
    params["model"] = OLDER_MODEL
    params.pop("thinking", None)
    params.pop("output_config", None)
    params["messages"].append({"role": "assistant", "content": "Answer: "})
    return "trailing-whitespace", ("params", "messages", len(params["messages"]) - 1, "content")


@mutation
def a_temperature_where_none_is_taken(params: Json) -> Expected:
    params["model"], params["temperature"] = NEWER_MODEL, 0.2
    params.pop("thinking", None)
    return "unsupported-sampling-parameter", ("params", "temperature")


@mutation
def an_effort_that_the_model_lacks(params: Json) -> Expected:
    params["model"], params["output_config"] = MODEL_WITHOUT_XHIGH, {"effort": "xhigh"}
    params.pop("thinking", None)
    return "unsupported-effort", ("params", "output_config", "effort")


@mutation
def a_thinking_type_that_the_model_refuses(params: Json) -> Expected:
    params["model"], params["thinking"] = NEWER_MODEL, {"type": "enabled", "budget_tokens": 1024}
    return "unsupported-thinking-type", ("params", "thinking", "type")


@mutation
def a_budget_as_large_as_the_answer(params: Json) -> Expected:
    params["model"] = OLDER_MODEL
    params["tools"] = []
    params.pop("output_config", None)
    params["thinking"] = {"type": "enabled", "budget_tokens": params["max_tokens"]}
    return "thinking-budget-over-max-tokens", ("params", "max_tokens")


@mutation
def an_open_object_in_the_output_format(params: Json) -> Expected:
    params["model"] = NEWER_MODEL
    params.pop("thinking", None)
    output_format = copy.deepcopy(OUTPUT_FORMAT)
    del output_format["schema"]["additionalProperties"]  # type: ignore[attr-defined]
    params["output_config"] = {"format": output_format}
    return "open-output-object", ("params", "output_config", "format", "schema")


@mutation
def an_undeclared_beta(params: Json) -> Expected:
    params["context_management"] = {"edits": []}
    return "undeclared-beta", ("params", "context_management")


def test_two_mistakes_can_be_made_in_any_order() -> None:
    for names in itertools.permutations(MUTATIONS, 2):
        params = {"model": OLDER_MODEL, "max_tokens": 2000, "messages": [{"role": "user", "content": "hi"}]}
        before = copy.deepcopy(params)
        make_mistakes(params, names)
        assert params != before


@pytest.mark.parametrize("name", MUTATIONS)
@given(request=whole_requests())
@settings(max_examples=25)
def test_one_mistake_is_one_finding_at_its_place(name: str, request: Json) -> None:
    changed = copy.deepcopy(request)
    expected = MUTATIONS[name](changed["params"])
    assert found_in(changed) == [expected]


@given(whole_requests())
def test_an_illegal_id(request: Json) -> None:
    assert found_in({**request, "custom_id": "row:1"}) == [("invalid-custom-id", ("custom_id",))]


@given(whole_requests(), whole_requests())
def test_an_id_that_comes_twice(first: Json, second: Json) -> None:
    assert found_in(first, second) == [("duplicate-custom-id", ("custom_id",))]
