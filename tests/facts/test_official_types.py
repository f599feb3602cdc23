"""What the official client's types know of headers and tools, the facts know; runs where the client is installed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, get_args, get_origin

import pytest

pytest.importorskip("anthropic")

from anthropic._error_classes import ERROR_CLASSES
from anthropic.resources.messages.batches import Batches
from anthropic.types import anthropic_beta_param
from anthropic.types import message_create_params as general
from anthropic.types.beta import BetaBrowserToolsetConfigsParam, BetaComputerToolsetConfigsParam
from anthropic.types.beta import message_create_params as beta
from typing_extensions import get_type_hints, is_typeddict

from batchlint.facts import betas, outcomes, tools

# Parts of something else that needs the header: they cannot be alone.
PARTS = {"advisor_redacted_result", "advisor_result", "advisor_tool_result_error", "billing_policy", "continue"}
PARTS |= {"create", "input_tokens", "mcp_tool_reference", "mcp_toolset_reference", "summarize", "thinking_turns"}
PARTS |= {"tokens", "tool_uses", "clear_tool_uses_20250919", "clear_thinking_20251015"}


def literals(hint: Any) -> Iterator[str]:
    for part in get_args(hint):
        if isinstance(part, str):
            yield part
        else:
            yield from literals(part)


def typed_dicts(hint: Any, seen: set[Any]) -> Iterator[Any]:
    """Every object type that a request can hold."""
    if is_typeddict(hint):
        if hint not in seen:
            seen.add(hint)
            yield hint
            for member in get_type_hints(hint, include_extras=True).values():
                yield from typed_dicts(member, seen)
    elif get_origin(hint) is not None:
        for part in get_args(hint):
            yield from typed_dicts(part, seen)


def objects(request: Any) -> list[dict[str, Any]]:
    return [get_type_hints(each, include_extras=True) for each in typed_dicts(request, set())]


def tags(hints: list[dict[str, Any]]) -> set[str]:
    return {tag for each in hints if "type" in each for tag in literals(each["type"])}


def test_every_header_is_known() -> None:
    listed = set(literals(anthropic_beta_param.AnthropicBetaParam))
    assert "compact-2026-01-12" in listed
    assert listed - betas().statuses.keys() == set()


def test_every_field_of_params_that_only_beta_has_needs_a_header() -> None:
    only_beta = set(get_type_hints(beta.MessageCreateParamsNonStreaming))
    only_beta -= set(get_type_hints(general.MessageCreateParamsNonStreaming))
    assert only_beta - {"betas"} - betas().members.keys() == set()


def test_every_type_that_only_beta_has_needs_a_header() -> None:
    only_beta = tags(objects(beta.MessageCreateParamsNonStreaming))
    only_beta -= tags(objects(general.MessageCreateParamsNonStreaming))
    paths = {segment.rpartition("=")[2] for path in betas().paths for segment in path.segments}
    covered = betas().blocks.keys() | betas().tools.keys() | paths | PARTS
    assert only_beta - covered == set()
    assert PARTS - only_beta == set()


def test_every_field_that_only_beta_has_needs_a_header() -> None:
    known = {
        each.__name__: get_type_hints(each) for each in typed_dicts(general.MessageCreateParamsNonStreaming, set())
    }
    only_beta = {
        name
        for each in typed_dicts(beta.MessageCreateParamsNonStreaming, set())
        for name in get_type_hints(each)
        if each.__name__ not in ("MessageCreateParamsNonStreaming",)
        and name not in known.get(each.__name__.removeprefix("Beta"), {name: None})
    }
    assert only_beta == {"block_binding", "clear_at", "output_config", "task_budget"}
    assert only_beta - {segment for path in betas().paths for segment in path.segments} == set()


def test_fixed_names_of_tools_are_the_official_ones() -> None:
    official = {
        tag: next(literals(hints["name"]), None) if "name" in hints else None
        for hints in objects(beta.MessageCreateParamsNonStreaming)
        for tag in literals(hints.get("type", ()))
        if tag in tools().types
    }
    assert official == {tool_type: tool.name for tool_type, tool in tools().types.items()}


def test_fields_of_toolsets_are_the_official_ones() -> None:
    browser, computer = (tools().types[f"{name}_toolset_20260801"] for name in ("browser", "computer"))
    assert set(browser.members) == set(get_type_hints(BetaBrowserToolsetConfigsParam))
    assert set(computer.members) == set(get_type_hints(BetaComputerToolsetConfigsParam))
    assert set(browser.off) < set(browser.members)


def test_every_official_tool_is_known() -> None:
    union = get_type_hints(beta.MessageCreateParamsNonStreaming, include_extras=True)["tools"]
    listed = tags([get_type_hints(each, include_extras=True) for each in get_args(get_args(union)[0])])
    assert "bash_20250124" in listed
    assert listed - {"custom"} - tools().types.keys() == set()


def test_every_refusal_of_a_whole_batch_that_is_listed_is_known_with_its_status() -> None:
    listed = set(re.findall(r"^ +(\w+Error):$", Batches.create.__doc__ or "", re.MULTILINE))
    assert "OrganizationOnHoldError" in listed
    codes = {code: status for (status, code), each in ERROR_CLASSES.items() if code and each.__name__ in listed}
    known = {code: refusal.status for code, refusal in outcomes().creation.items()}
    assert codes.items() - known.items() == set()
