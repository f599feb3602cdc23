"""One mistake is one finding: what the schema refuses, no rule says again in other words."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from batchlint import Options, check_requests

OPTIONS = Options(as_of=datetime.date(2026, 11, 23), api_version="2023-06-01", betas=frozenset())
TOOL = {"name": "search", "input_schema": {"type": "object"}}
CALL = {"type": "tool_use", "id": "toolu_1", "name": "search", "input": {}}


def request(*messages: dict[str, Any], **params: Any) -> dict[str, Any]:
    given = messages or ({"role": "user", "content": "hi"},)
    return {
        "custom_id": "a",
        "params": {"model": "claude-opus-4-8", "max_tokens": 5, "messages": list(given), **params},
    }


def turns(result: Any) -> tuple[dict[str, Any], ...]:
    return (
        {"role": "user", "content": "hi"},
        {"role": "assistant", "content": [CALL]},
        {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "toolu_1", **result}]},
    )


@pytest.mark.parametrize(
    ("item", "rule"),
    [
        (request(tools={}, tool_choice={"type": "auto"}), "wrong-type"),
        (request(*turns({"is_error": True, "content": 5}), tools=[TOOL]), "wrong-type"),
        (request(*turns({"content": [{"type": "txt", "text": ""}]}), tools=[TOOL]), "unknown-type"),
        (request({"role": "user", "content": [{"type": "image_url"}]}), "unknown-type"),
        (request({"role": "user", "content": [5]}), "wrong-type"),
        (request({"role": "user", "content": 5}), "wrong-type"),
        (request({"role": "user"}), "missing-member"),
        (request({"role": "tool", "content": ""}), "unknown-value"),
        (request(model=5), "wrong-type"),
        (request(max_tokens=None), "wrong-type"),
        (request(tools=[{"type": "function", "function": {"name": "x"}}]), "unknown-type"),
        (request(tools=[TOOL], tool_choice="auto"), "wrong-type"),
        (request(thinking={"type": "auto"}), "unknown-type"),
        (request(system={"type": "text", "text": ""}), "wrong-type"),
        (request(output_config={"effort": "extreme"}), "unknown-value"),
        (request(stop_sequences=" "), "wrong-type"),
        (request(messages=[]), "wrong-length"),
    ],
)
def test_what_the_schema_refuses_is_said_once(item: dict[str, Any], rule: str) -> None:
    assert [finding.rule.name for finding in check_requests([item], OPTIONS)] == [rule]
