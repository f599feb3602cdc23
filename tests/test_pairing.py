"""Tool use and its results: a whole conversation is silent, each way to break one gives one finding at its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from batchlint.library import check_requests
from batchlint.rule import Pointer
from tests.strategies.conversations import requests

Found = list[tuple[str, Pointer | None]]
valid = requests(ids_come_again=False)


def found_in(request: dict[str, Any]) -> Found:
    return [(finding.rule.name, finding.pointer) for finding in check_requests([request])]


def blocks(request: dict[str, Any], block_type: str) -> Iterator[tuple[int, int]]:
    """The places of the blocks of one type: the index of the message, and that in its content."""
    for index, message in enumerate(request["params"]["messages"]):
        if isinstance(message["content"], list):
            for position, block in enumerate(message["content"]):
                if block["type"] == block_type:
                    yield index, position


def content_at(request: dict[str, Any], index: int) -> list[dict[str, Any]]:
    content = request["params"]["messages"][index]["content"]
    assert isinstance(content, list)
    return content


def pointer_to(request: dict[str, Any], block_type: str, tool_id: str) -> Pointer:
    member = "tool_use_id" if block_type == "tool_result" else "id"
    for index, position in blocks(request, block_type):
        if content_at(request, index)[position][member] == tool_id:
            return ("params", "messages", index, "content", position)
    raise AssertionError(f"no {block_type} of {tool_id}")


def taken_out(request: dict[str, Any], index: int, position: int) -> dict[str, Any]:
    """Takes a block out of a message; a message that would be empty goes too, unless it is a turn of its own."""
    messages = request["params"]["messages"]
    block = messages[index]["content"].pop(position)
    if not messages[index]["content"]:
        role = messages[index]["role"]
        if messages[index - 1]["role"] == role or (index + 1 < len(messages) and messages[index + 1]["role"] == role):
            del messages[index]
        else:
            messages[index]["content"] = [{"type": "text", "text": "Go on."}]
    return dict(block)


@given(requests())
def test_a_whole_conversation_is_silent(request: dict[str, Any]) -> None:
    assert found_in(request) == []


@given(valid, st.data())
@settings(max_examples=50)
def test_an_answer_that_is_missing(request: dict[str, Any], data: st.DataObject) -> None:
    result = taken_out(request, *data.draw(st.sampled_from(list(blocks(request, "tool_result")))))
    assert found_in(request) == [("unanswered-tool-use", pointer_to(request, "tool_use", result["tool_use_id"]))]


@given(valid, st.data())
@settings(max_examples=50)
def test_an_answer_that_comes_later(request: dict[str, Any], data: st.DataObject) -> None:
    index, position = data.draw(st.sampled_from(list(blocks(request, "tool_result"))))
    result = taken_out(request, index, position)
    request["params"]["messages"] += [
        {"role": "assistant", "content": "Well?"},
        {"role": "user", "content": [{"type": "text", "text": "There it is."}, result]},
    ]
    assert found_in(request) == [("unanswered-tool-use", pointer_to(request, "tool_use", result["tool_use_id"]))]


@given(valid, st.data())
@settings(max_examples=50)
def test_an_answer_that_is_given_twice(request: dict[str, Any], data: st.DataObject) -> None:
    index, position = data.draw(st.sampled_from(list(blocks(request, "tool_result"))))
    content = content_at(request, index)
    content.insert(position + 1, dict(content[position]))
    assert found_in(request) == [("repeated-tool-result", ("params", "messages", index, "content", position + 1))]


@given(valid, st.data())
@settings(max_examples=50)
def test_an_answer_to_another_id(request: dict[str, Any], data: st.DataObject) -> None:
    index, position = data.draw(st.sampled_from(list(blocks(request, "tool_result"))))
    content_at(request, index)[position]["tool_use_id"] = "toolu_other"
    assert found_in(request) == [("orphaned-tool-result", ("params", "messages", index, "content", position))]


@given(valid, st.data())
@settings(max_examples=50)
def test_a_text_before_the_answers(request: dict[str, Any], data: st.DataObject) -> None:
    index, position = data.draw(st.sampled_from(list(blocks(request, "tool_result"))))
    content_at(request, index).insert(position, {"type": "text", "text": "Here it is:"})
    assert found_in(request) == [("tool-result-not-first", ("params", "messages", index, "content", position + 1))]


@given(valid, st.data())
@settings(max_examples=50)
def test_an_answer_that_the_assistant_gives(request: dict[str, Any], data: st.DataObject) -> None:
    index, position = data.draw(st.sampled_from(list(blocks(request, "tool_result"))))
    result = taken_out(request, index, position)
    _, _, asking, _, after = pointer_to(request, "tool_use", result["tool_use_id"])
    place = ("params", "messages", asking, "content", int(after) + 1)
    content_at(request, int(asking)).insert(int(after) + 1, result)
    assert found_in(request) == [("misplaced-block", place)]


@given(valid, st.data())
@settings(max_examples=50)
def test_a_question_that_is_missing(request: dict[str, Any], data: st.DataObject) -> None:
    use = taken_out(request, *data.draw(st.sampled_from(list(blocks(request, "tool_use")))))
    assert found_in(request) == [("orphaned-tool-result", pointer_to(request, "tool_result", use["id"]))]


@given(valid, st.data())
@settings(max_examples=50)
def test_a_question_with_the_id_of_another(request: dict[str, Any], data: st.DataObject) -> None:
    index, position = data.draw(st.sampled_from(list(blocks(request, "tool_use"))))
    content = content_at(request, index)
    content.insert(position + 1, dict(content[position]))
    assert found_in(request) == [("repeated-tool-use-id", ("params", "messages", index, "content", position + 1))]


@given(valid, st.data())
@settings(max_examples=50)
def test_a_text_after_a_question(request: dict[str, Any], data: st.DataObject) -> None:
    index, position = data.draw(st.sampled_from(list(blocks(request, "tool_use"))))
    first = next(each for each in blocks(request, "tool_use") if _same_turn(request, each[0], index))
    content_at(request, index).insert(position + 1, {"type": "text", "text": "Let me see."})
    assert found_in(request) == [("tool-use-not-last", ("params", "messages", first[0], "content", first[1]))]


def _same_turn(request: dict[str, Any], one: int, other: int) -> bool:
    messages = request["params"]["messages"]
    return all(message["role"] == messages[one]["role"] for message in messages[one : other + 1]) and one <= other


@given(valid, st.data())
@settings(max_examples=50)
def test_a_server_result_without_its_call(request: dict[str, Any], data: st.DataObject) -> None:
    request["params"]["messages"] += [
        {
            "role": "assistant",
            "content": [{"type": "web_search_tool_result", "tool_use_id": "srvtoolu_x", "content": []}],
        },
        {"role": "user", "content": data.draw(st.sampled_from(["And?", [{"type": "text", "text": "And?"}]]))},
    ]
    place = ("params", "messages", len(request["params"]["messages"]) - 2, "content", 0)
    assert found_in(request) == [("orphaned-server-tool-result", place)]
