"""One mistake is one finding: what the schema refuses, no rule says again in other words."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from batchlint import Options, check_requests

BETAS = frozenset({"mcp-client-2025-11-20", "context-management-2025-06-27"})
OPTIONS = Options(as_of=datetime.date(2026, 11, 23), api_version="2023-06-01", betas=BETAS)
TOOL = {"name": "search", "input_schema": {"type": "object"}}
CALL = {"type": "tool_use", "id": "toolu_1", "name": "search", "input": {}}
SEARCH = {"type": "server_tool_use", "id": "srvtoolu_1", "name": "web_search", "input": {"query": "x"}}
SKILL = {"type": "anthropic", "skill_id": "xlsx", "version": "latest"}
CODE_EXECUTION = {"type": "code_execution_20250825", "name": "code_execution"}
BY_CODE = {**TOOL, "allowed_callers": ["code_execution_20250825"]}
SERVER = {"type": "url", "name": "docs", "url": "https://mcp.example.com"}
TOOLSET = {"type": "mcp_toolset", "mcp_server_name": "docs"}
CLEARING = {"type": "clear_thinking_20251015"}


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


def by_code() -> tuple[dict[str, Any], ...]:
    running = {"type": "server_tool_use", "id": "srvtoolu_1", "name": "code_execution", "input": {"code": "x"}}
    caller = {"type": "code_execution_20250825", "tool_id": "srvtoolu_1"}
    asking, answering = turns({"content": "x"})[1:]
    asking = {**asking, "content": [running, {**CALL, "caller": caller}]}
    return {"role": "user", "content": "hi"}, asking, answering


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
        (
            request({"role": "user", "content": "hi"}, {"role": "assistant", "content": [SEARCH]}, tools={}),
            "wrong-type",
        ),
        (request(*turns({"content": [{"type": "tool_reference", "tool_name": "a"}]}), tools={}), "wrong-type"),
        (request(container={"skills": [SKILL]}, tools={}), "wrong-type"),
        (request(tools=[BY_CODE, {"type": "code_execution", "name": "code_execution"}]), "unknown-type"),
        (request(*by_code(), tools=[BY_CODE, CODE_EXECUTION], container=5), "wrong-type"),
        (
            request(system=[{"type": "image", "source": {"type": "url", "url": "https://example.com/a.png"}}]),
            "unknown-value",
        ),
        (request(output_config={"format": {"type": "json_object"}}), "unknown-value"),
        (request(mcp_servers={}, tools=[TOOLSET]), "wrong-type"),
        (request(mcp_servers=[SERVER] * 21, tools=[TOOLSET]), "wrong-length"),
        (request(mcp_servers=[SERVER], tools={}), "wrong-type"),
        (request(mcp_servers=[SERVER], tools=[{**TOOLSET, "type": "mcp_toolsett"}]), "unknown-type"),
        (request(thinking={"type": "on"}, context_management={"edits": [CLEARING]}), "unknown-type"),
    ],
)
def test_what_the_schema_refuses_is_said_once(item: dict[str, Any], rule: str) -> None:
    assert [finding.rule.name for finding in check_requests([item], OPTIONS)] == [rule]
