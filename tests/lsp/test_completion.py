"""What is offered at a cursor."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from batchlint.lsp.completion import completions
from batchlint.lsp.cursor import cursor_in
from batchlint.schema import WIDEST_VERSION

BEGIN = '{"custom_id": "a", "params": {'
USER = '"messages": [{"role": "user", "content": [{'


def labels(text: str) -> list[str]:
    return [item.label for item in completions(text, WIDEST_VERSION)]


@pytest.mark.parametrize(
    ("text", "offered", "not_offered"),
    [
        ("{", {"custom_id", "params"}, {"model"}),
        ('{"custom_id": "a", ', {"params"}, {"custom_id"}),
        (BEGIN, {"model", "messages", "max_tokens", "tools"}, {"custom_id", "role"}),
        ('{"requests": [' + BEGIN, {"model"}, {"custom_id"}),
        ("[" + BEGIN, {"model"}, {"custom_id"}),
        ("[" + BEGIN + '}}, {"', {"custom_id", "params"}, {"model"}),
        (BEGIN + '"messages": [{"', {"role", "content"}, {"model"}),
        (BEGIN + USER, {"type"}, {"role"}),
        (BEGIN + USER + '"type": "text", ', {"text", "cache_control"}, {"source", "type"}),
        (BEGIN + USER + '"type": "image", ', {"source"}, {"text"}),
        (BEGIN + USER + '"type": "', {"text", "image", "tool_result"}, set()),
        (BEGIN + '"messages": [{"role": "', {"user", "assistant"}, set()),
        (BEGIN + '"model": "', {"claude-opus-4-8"}, {"claude-2.1"}),
        (BEGIN + '"thinking": {"type": "', {"enabled", "disabled"}, set()),
        (BEGIN + '"system": "a text with \\" and { and ', set(), {"model"}),
        ("", set(), {"custom_id"}),
        ("}}]", set(), {"custom_id"}),
    ],
)
def test_what_is_offered(text: str, offered: set[str], not_offered: set[str]) -> None:
    found = set(labels(text))
    assert offered <= found
    assert not not_offered & found


def test_what_is_inserted_makes_json() -> None:
    (item,) = (each for each in completions('{"custom_id": "a", "', WIDEST_VERSION) if each.label == "params")
    assert item.insert_text == "params"
    (item,) = (each for each in completions('{"custom_id": "a", ', WIDEST_VERSION) if each.label == "params")
    assert item.insert_text == '"params": '
    item = next(each for each in completions(BEGIN + '"messages": [{"role": ', WIDEST_VERSION))
    assert json.loads(item.insert_text or "") == item.label


@given(st.text(alphabet='{}[]:,"\\ a1\n'))
def test_any_text_has_a_cursor(text: str) -> None:
    cursor_in(text)
    completions(text, WIDEST_VERSION)


@given(
    st.recursive(
        st.none() | st.text() | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_after_a_whole_value_nothing_is_open(value: object) -> None:
    cursor = cursor_in(json.dumps(value))
    assert cursor.containers == []
    assert not cursor.in_string
