"""A message or block whose kind is missing or unknown: that is said, and nothing of what else is in it."""

from __future__ import annotations

from typing import Any

import pytest

from batchlint.library import check_requests

HELLO = {"role": "user", "content": "Hello"}


def rules_found(*messages: Any, **params: Any) -> list[str]:
    body = {"model": "claude-opus-4-8", "max_tokens": 10, "messages": list(messages), **params}
    return [finding.rule.name for finding in check_requests([{"custom_id": "a", "params": body}])]


@pytest.mark.parametrize("content", ["", 7, None, [], [7], [None], [{"type": {}}], [{"type": "text", "text": 7}], {}])
def test_a_message_of_an_unknown_role_is_one_finding(content: Any) -> None:
    assert rules_found(HELLO, {"role": "tool", "content": content}) == ["unknown-value"]
    assert rules_found(HELLO, {"role": {}, "content": content}) == ["unknown-value"]
    assert rules_found(HELLO, {"content": content}) == ["missing-member"]


@pytest.mark.parametrize("more", [{}, {"text": 7}, {"cache_control": 7}, {"content": [None]}, {"source": []}])
def test_a_block_of_an_unknown_type_is_one_finding(more: dict[str, Any]) -> None:
    blocks = [{"type": "text", "text": "Hello"}]
    assert rules_found({"role": "user", "content": [*blocks, {"type": "hologram", **more}]}) == ["unknown-type"]
    assert rules_found({"role": "user", "content": [*blocks, more]}) == ["missing-member"]


@pytest.mark.parametrize("more", [{}, {"display": 7}])
def test_thinking_of_an_unknown_type_is_one_finding(more: dict[str, Any]) -> None:
    assert rules_found(HELLO, thinking={"type": "auto", **more}) == ["unknown-type"]
    assert rules_found(HELLO, thinking=more) == ["missing-member"]
