"""Where tool uses and images are as usual at a glance, the rules that are not asked then have nothing to say."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from batchlint.engine.usual_images import usual_images
from batchlint.engine.usual_tool_use import EXCHANGING, in_order
from batchlint.facts import limits, models
from batchlint.options import Options
from batchlint.request import Request
from batchlint.rule import Problem
from batchlint.rules import all_rules
from tests.strategies.conversations import conversations
from tests.strategies.whole_requests import IMAGE_BY_URL, png

Json = dict[str, Any]

RESULT = {"type": "tool_result", "tool_use_id": "a"}


def problems(trigger: str, messages: list[Json]) -> list[Problem]:
    """What all rules find that this trigger wakes, asked without it."""
    params = {"model": "claude-opus-4-5", "thinking": {"type": "enabled"}, "messages": messages}
    request = Request({"params": params}, 0, 0, Options(), models().find("claude-opus-4-5"))
    return [problem for rule in all_rules().values() if trigger in rule.triggers for problem in rule.check(request)]


@st.composite
def near_exchanges(draw: st.DrawFn) -> list[Json]:
    """A few messages around a tool use, nearly in order."""
    ids = st.lists(st.sampled_from(["a", "b", "a", "b", "c.d"]), max_size=2)
    other = [
        [{"type": "text"}],
        [{}],
        [{"type": "thinking"}],
        [{"type": "image"}],
        [{"type": "server_tool_use", "id": "s"}],
    ]
    around: st.SearchStrategy[list[Json]] = st.sampled_from([*[[]] * 8, *other])
    odd: st.SearchStrategy[Json] = st.sampled_from(
        [
            *[{}] * 8,
            {"toolset_name": "browser"},
            {"caller": {"type": "direct"}},
            {"caller": {"type": "code_execution_20260120", "tool_id": "srvtoolu_1"}},
        ]
    )
    content: st.SearchStrategy[Json] = st.sampled_from(
        [{}, {"content": "x"}, {"content": ""}, {"content": [{"type": "text", "text": "x"}]}]
    )
    error = st.sampled_from([{}, {}, {"is_error": True}, {"is_error": False}])
    asking = [{"type": "tool_use", "id": each, "name": "search", "input": {}, **draw(odd)} for each in draw(ids)]
    answering = [
        {"type": "tool_result", "tool_use_id": each, **draw(content), **draw(error), **draw(odd)} for each in draw(ids)
    ]
    messages: list[Json] = [
        {"role": "assistant", "content": [*draw(around), *asking, *draw(around)]},
        {"role": "user", "content": [*draw(around), *answering, *draw(around)]},
    ]
    for extra in ({"role": "user", "content": "x"}, {"role": "system", "content": "x"}, {"role": "assistant"}):
        if not draw(st.integers(0, 5)):
            messages.insert(draw(st.integers(0, len(messages))), extra)
    return messages


@given(st.one_of(near_exchanges(), conversations()))
@settings(max_examples=300)
def test_of_what_is_in_order_no_rule_has_anything_to_say(messages: list[Json]) -> None:
    if in_order(messages):
        assert problems("unusual-exchange", messages) == []


@given(conversations())
def test_tools_that_are_used_as_usual_are_in_order(messages: list[Json]) -> None:
    """Otherwise the look at the order would be for nothing."""
    kinds = {block["type"] for each in messages if isinstance(each["content"], list) for block in each["content"]}
    roles = [message["role"] for message in messages]
    if kinds <= {"text", "tool_use", "tool_result"} and all(map(str.__ne__, roles, roles[1:])):
        assert in_order(messages)


def test_every_block_that_these_rules_speak_of_is_one_that_an_order_is_asked_of() -> None:
    named = {
        trigger.removeprefix("block:")
        for rule in all_rules().values()
        for trigger in rule.triggers
        if trigger.startswith("block:") and trigger.endswith(("tool_use", "tool_result", "thinking"))
    }
    assert named <= EXCHANGING


def image(data: str, media_type: str = "image/png", **members: object) -> Json:
    return {"type": "image", "source": {"type": "base64", "media_type": media_type, "data": data}, **members}


IMAGES = [
    *[image(png(8, 8))] * 6,
    image(png(2001, 1)),
    image(png(8001, 1)),
    image(png(8, 8), "image/jpeg"),
    image(png(8, 8).rstrip("=") + "!"),
    image(base64.b64encode(b"%PDF-1.4").decode()),
    image(""),
    image(png(1900, 1900), transformations={"oversized_image": "error"}),
    {"type": "image"},
    {"type": "image", "source": {}},
    IMAGE_BY_URL,
    {"type": "image", "source": {"type": "url", "url": "http://example.com/cat.png"}},
    {"type": "text", "text": "x"},
]
images = st.lists(st.sampled_from(IMAGES), max_size=4)


@st.composite
def near_usual_images(draw: st.DrawFn) -> list[Json]:
    """A message with images, most of them usual, and a tool result with some."""
    odd: st.SearchStrategy[Json] = st.sampled_from([{}, {}, {"is_error": True}, {"toolset_name": "browser"}])
    content = draw(images) * draw(st.sampled_from([1, 1, 1, 9]))
    return [{"role": "user", "content": [{**RESULT, "content": draw(images), **draw(odd)}, *content]}]


@given(near_usual_images())
@settings(max_examples=200)
def test_of_usual_images_no_rule_has_anything_to_say(messages: list[Json]) -> None:
    if usual_images(messages):
        assert problems("unusual-image", messages) == []


def test_an_image_with_nothing_odd_about_it_is_usual() -> None:
    content = [{**RESULT, "content": [image(png(8, 8))]}, image(png(2001, 1)), {"type": "text", "text": "x"}]
    assert usual_images([{"role": "user", "content": content}])


@pytest.mark.parametrize("model", [model for model in models() if model.max_images], ids=lambda model: str(model.id))
def test_no_model_takes_fewer_images_than_are_usual(model: Any) -> None:
    assert model.max_images >= limits().image.many
