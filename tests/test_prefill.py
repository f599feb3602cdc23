"""What counts as an answer that the model is to continue."""

from __future__ import annotations

from typing import Any

import pytest

from batchlint.analysis.prefill import prefill_of
from batchlint.options import Options
from batchlint.request import Request

USER = {"role": "user", "content": "Hello"}
SERVER_USE = {"type": "server_tool_use", "id": "srvtoolu_1", "name": "web_search", "input": {}}
SERVER_RESULT = {"type": "web_search_tool_result", "tool_use_id": "srvtoolu_1", "content": []}


def request_ending_with(*contents: Any, **params: Any) -> Request:
    messages = [USER, *({"role": "assistant", "content": content} for content in contents)]
    return Request({"custom_id": "a", "params": {"messages": messages, **params}}, 0, 0, Options())


def text(value: str) -> dict[str, str]:
    return {"type": "text", "text": value}


@pytest.mark.parametrize(
    ("contents", "expected"),
    [
        (["It is"], (1, ("params", "messages", 1, "content"), "It is", False)),
        ([[text("It"), text("is")]], (1, ("params", "messages", 1, "content", 1, "text"), "is", False)),
        (["It", "is"], (2, ("params", "messages", 2, "content"), "is", False)),
        ([[SERVER_USE, SERVER_RESULT, text("So")]], (1, ("params", "messages", 1, "content", 2, "text"), "So", True)),
        ([[SERVER_USE, SERVER_RESULT], "So far"], (2, ("params", "messages", 2, "content"), "So far", True)),
    ],
)
def test_a_text_at_the_end_is_a_prefill(contents: list[Any], expected: tuple[Any, ...]) -> None:
    prefill = prefill_of(request_ending_with(*contents))
    assert prefill is not None
    assert (prefill.message, prefill.pointer, prefill.text, prefill.may_resume) == expected


@pytest.mark.parametrize(
    "contents",
    [
        [],
        [""],
        [[]],
        [None],
        [[text("One moment."), SERVER_USE]],
        [[SERVER_USE, SERVER_RESULT]],
        [[{"type": "tool_use", "id": "toolu_1", "name": "search", "input": {}}]],
        [[{"type": "tool_use", "id": "toolu_1", "name": "search", "input": {}}], "Done"],
        [[{"type": "compaction", "content": "Said hello."}, text("Hi")]],
        [[{}]],
    ],
)
def test_a_turn_that_goes_on_or_says_nothing_is_none(contents: list[Any]) -> None:
    assert prefill_of(request_ending_with(*contents)) is None


def test_a_fallback_credit_makes_it_a_continuation() -> None:
    assert prefill_of(request_ending_with("It is", fallback_credit_token="token")) is None
    assert prefill_of(request_ending_with("It is", fallback_credit_token=None)) is not None


def test_a_refused_last_message_is_none() -> None:
    assert prefill_of(Request({"params": {"messages": [USER, {}]}}, 0, 0, Options())) is None
    assert prefill_of(Request({"params": {}}, 0, 0, Options())) is None


def test_a_conversation_that_is_to_be_summarised_may_end_with_any_turn() -> None:
    assert prefill_of(request_ending_with("It is", compaction={"type": "summarize"})) is None
    assert prefill_of(request_ending_with("It is", compaction=None)) is not None
