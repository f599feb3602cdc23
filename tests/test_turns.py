"""A conversation read as turns: nothing is lost, neighbours of one role are one, gaps are remembered."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from batchlint.analysis.turns import Turn, turns
from batchlint.options import Options
from batchlint.request import Request
from tests.strategies.conversations import conversations

roles = st.sampled_from(["user", "assistant", "system"])
contents = st.one_of(st.text(max_size=3), st.lists(st.just({"type": "text", "text": "x"}), max_size=2))
any_messages = st.lists(st.fixed_dictionaries({"role": roles, "content": contents}), max_size=12)


def turns_of(messages: list[dict[str, Any]]) -> list[Turn]:
    return turns(Request({"custom_id": "a", "params": {"messages": messages}}, 0, 0, Options()))


@given(any_messages)
def test_every_message_but_those_of_the_system_is_in_one_turn(messages: list[dict[str, Any]]) -> None:
    listed = [index for turn in turns_of(messages) for index in turn.messages]
    assert listed == [index for index, message in enumerate(messages) if message["role"] != "system"]


@given(any_messages)
def test_neighbouring_turns_have_different_roles(messages: list[dict[str, Any]]) -> None:
    assert all(one.role != other.role for one, other in pairwise(turns_of(messages)))


@given(conversations())
def test_pointers_lead_to_the_blocks(messages: list[dict[str, Any]]) -> None:
    params = {"messages": messages}
    for turn in turns_of(messages):
        assert turn.complete
        for block in turn.blocks:
            found: Any = {"params": params}
            for key in block.pointer:
                found = found[key]
            assert block.value == (found if isinstance(found, dict) else {"type": "text", "text": found})
            assert block.type == block.value["type"]
            assert messages[block.message or 0]["role"] == turn.role


def test_a_turn_that_the_schema_cut_is_not_complete() -> None:
    assert not turns_of([{"role": "user"}])[0].complete
    assert not turns_of([{"content": "x"}])[0].complete
    assert not turns_of([{"role": "user", "content": [{"type": "text", "text": "x"}, {}]}])[0].complete
    assert not turns_of([{"role": "user", "content": [{}]}, {"role": "user", "content": "x"}])[0].complete


def test_a_message_without_a_role_parts_its_neighbours() -> None:
    messages = [{"role": "user", "content": "a"}, {"content": "b"}, {"role": "user", "content": "c"}]
    assert [turn.role for turn in turns_of(messages)] == ["user", "", "user"]
