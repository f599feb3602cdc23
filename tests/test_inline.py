"""Cases that fit on one line: one mistake is one finding, also where it has two sides."""

from __future__ import annotations

from tests.inline import findings, found

RESULT = '{"type": "tool_result", "tool_use_id": "toolu_1", "content": "x"}'
CALL = '{"type": "tool_use", "id": "toolu_1", "name": "search", "input": {}}'
SEARCH = '{"type": "server_tool_use", "id": "srvtoolu_1", "name": "web_search", "input": {"query": "x"}}'
TOOL = '"tools": [{"name": "search", "input_schema": {"type": "object"}}]'


def messages(*turns: tuple[str, str]) -> str:
    return ", ".join(f'{{"role": "{role}", "content": [{blocks}]}}' for role, blocks in turns)


def test_a_plain_request_is_clean() -> None:
    assert found("{}") == []


def test_fields_can_be_changed_added_and_left_out() -> None:
    assert found('{"stream": true}') == ["stream-in-batch"]
    assert found('{"max_tokens": null}') == ["missing-member"]
    assert [(each.index, each.pointer) for each in findings("{}", '{"stream": true}')] == [(1, ("params", "stream"))]


def test_a_result_after_a_turn_of_unknown_role_is_not_a_orphan() -> None:
    turns = messages(("user", '{"type": "text", "text": "hi"}'), ("model", CALL), ("user", RESULT))
    assert found(f'{{{TOOL}, "messages": [{turns}]}}') == ["unknown-value"]


def test_a_result_at_the_beginning_is_an_orphan() -> None:
    assert found(f'{{{TOOL}, "messages": [{messages(("user", RESULT))}]}}') == ["orphaned-tool-result"]


def test_an_open_call_of_a_server_tool_next_to_an_unanswered_tool_use_is_no_second_mistake() -> None:
    turns = messages(("user", '{"type": "text", "text": "hi"}'), ("assistant", f"{SEARCH}, {CALL}"))
    assert found(f'{{{TOOL}, "messages": [{turns}]}}') == ["unanswered-tool-use"]


def test_an_open_call_of_a_server_tool_that_is_not_defined_is_found() -> None:
    turns = messages(("user", '{"type": "text", "text": "hi"}'), ("assistant", SEARCH))
    assert found(f'{{{TOOL}, "messages": [{turns}]}}') == ["undefined-server-tool"]
