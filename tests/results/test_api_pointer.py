"""The API's own names of places lead back to the places, and a name that leads nowhere does no harm."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from batchlint.results.api_pointer import named_pointer, pointer_of
from batchlint.results.messages import says_the_same
from batchlint.rule import Pointer
from batchlint.schema.api_path import api_path
from tests.strategies.whole_requests import whole_requests


def places(value: Any, pointer: Pointer = ()) -> Iterator[Pointer]:
    """Every place in a value but the value itself."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, member in inner:
        yield (*pointer, key)
        yield from places(member, (*pointer, key))


@given(whole_requests(), st.data())
def test_the_name_of_a_place_leads_back_to_it(request: dict[str, Any], data: st.DataObject) -> None:
    pointer = data.draw(st.sampled_from(list(places(request["params"], ("params",)))))
    if any("." in key for key in pointer if isinstance(key, str)):
        return  # the API does not say where such a key ends
    assert pointer_of(api_path(request, pointer), request) == pointer


@given(whole_requests(), st.text(alphabet='messages.0123456789content text tool_use input:`"', max_size=60))
def test_any_name_leads_somewhere_in_the_request(request: dict[str, Any], name: str) -> None:
    value: Any = request
    for key in pointer_of(name, request):
        value = value[key]
    named_pointer(f"{name}: Field required", request)


REQUEST = {
    "custom_id": "a",
    "params": {
        "model": "claude-opus-4-8",
        "temperature": 0.5,
        "thinking": {"type": "enabled", "budget_tokens": 5},
        "tools": [{"name": "x", "input_schema": {}}, {"type": "bash_20250124", "name": "bash"}],
        "messages": [
            {"role": "user", "content": "x"},
            {
                "role": "user",
                "content": [
                    {"type": "text", "text": "x", "cache": 1},
                    {"type": "image", "source": {"type": "base64", "data": "!", "media_type": "image/png"}},
                    {"type": "document", "source": {"type": "content", "content": [{"type": "text", "text": ""}]}},
                    {"type": "tool_use", "id": "t", "name": "x", "input": {"text": 1}},
                ],
            },
        ],
    },
}
BLOCKS = ("params", "messages", 1, "content")


@pytest.mark.parametrize(
    ("message", "pointer"),
    [
        ("messages.1.content.0.text.cache: Extra inputs are not permitted", (*BLOCKS, 0, "cache")),
        ("messages.1.content.0.text.text: Input should be a valid string", (*BLOCKS, 0, "text")),
        ("messages.1.content.0.text: cache_control cannot be set", (*BLOCKS, 0, "text")),
        ("messages.1.content.0.text.citations: Field required", (*BLOCKS, 0)),
        ("messages.1.content.1.image.source.base64.data: invalid base64 data", (*BLOCKS, 1, "source", "data")),
        (
            "messages.1.content.2.document.source.content.content.0.text.text: x",
            (*BLOCKS, 2, "source", "content", 0, "text"),
        ),
        ("messages.1.content.3.tool_use.input: x", (*BLOCKS, 3, "input")),
        ("messages.1.content.3.tool_use.cache_control: Field required", (*BLOCKS, 3)),
        ("messages.7.content: x", ("params", "messages")),
        ("messages: at least one message is required", ("params", "messages")),
        ("tools.0.custom.input_schema.type: Field required", ("params", "tools", 0, "input_schema")),
        ("tools.1.bash_20250124.name: x", ("params", "tools", 1, "name")),
        ("thinking.enabled.budget_tokens: Input should be greater", ("params", "thinking", "budget_tokens")),
        ('"thinking.type.enabled" is not supported for this model.', ("params", "thinking", "type")),
        ("`temperature` is deprecated for this model.", ("params", "temperature")),
        ("`stream=True` is not supported in the Message Batches API", None),
        ("requests.0.params.messages.0.content: x", ("params", "messages", 0, "content")),
        ("model: claude-x", ("params", "model")),
        ("Internal server error", None),
        ("Error: something", None),
        ("max_tokens: Field required", None),
    ],
)
def test_messages_of_the_api_lead_to_their_places(message: str, pointer: Pointer | None) -> None:
    assert named_pointer(message, REQUEST) == pointer


@pytest.mark.parametrize("value", [None, [], "x", 5, {"params": None}, {"params": []}])
def test_what_is_not_a_request_leads_nowhere(value: Any) -> None:
    assert named_pointer("messages.0.content: x", value) is None


@pytest.mark.parametrize(
    ("expected", "message", "same"),
    [
        ("max_tokens: Field required", "max_tokens: Field required", True),
        ("max_tokens: Field required", "params.max_tokens: Field required", False),
        ("max_tokens: … required", "max_tokens: Field required", True),
        ("max_tokens: … required", "max_tokens: Field missing", False),
    ],
)
def test_a_message_is_the_expected_one_but_for_what_is_left_out(expected: str, message: str, same: bool) -> None:
    assert says_the_same(expected, message) is same
