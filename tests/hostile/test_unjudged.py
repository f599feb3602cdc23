"""What cannot be judged fails, and what is around it is judged all the same."""

from __future__ import annotations

from typing import Any

import pytest

from tests.hostile import findings, line, names, request

DEEP = [201, 254, 255, 256, 300, 480]
DEEPER = [501, 8_000]
PLACES: dict[str, dict[str, Any]] = {
    "member": {"metadata": "raw:DEEP"},
    "system": {"system": "raw:DEEP"},
    "unknown": {"surprise": "raw:DEEP"},
    "tool-input": {
        "messages": [
            {"role": "user", "content": "hi"},
            {"role": "assistant", "content": [{"type": "tool_use", "id": "toolu_1", "name": "f", "input": "raw:DEEP"}]},
            {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "toolu_1", "content": "x"}]},
        ]
    },
    "content": {"messages": [{"role": "user", "content": "raw:DEEP"}]},
    "tool-schema": {"tools": [{"name": "f", "input_schema": {"type": "object", "properties": {"a": "raw:DEEP"}}}]},
    "tool-default": {"tools": [{"name": "f", "input_schema": {"type": "object", "default": "raw:DEEP"}}]},
    "tool-required": {"tools": [{"name": "f", "input_schema": {"type": "object", "required": ["raw:DEEP", 1]}}]},
    "example": {"tools": [{"name": "f", "input_schema": {"type": "object"}, "input_examples": [{"a": "raw:DEEP"}]}]},
    "output": {"output_config": {"format": {"type": "json_schema", "schema": {"not": "raw:DEEP"}}}},
}
SHAPES = {
    "lists": (b"[", b"1", b"]"),
    "objects": (b'{"a":', b"1", b"}"),
    "items": (b'{"items":', b"{}", b"}"),
    "any": (b'{"anyOf":[', b"{}", b"]}"),
    "blocks": (b'[{"type":"tool_result","tool_use_id":"toolu_1","content":', b'"x"', b"}]"),
}


def nested(shape: str, levels: int) -> bytes:
    begin, middle, end = SHAPES[shape]
    times = levels // (begin.count(b"[") + begin.count(b"{")) + 1
    return begin * times + middle + end * times


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("place", PLACES)
def test_what_is_deep_is_judged(place: str, shape: str) -> None:
    for levels in DEEP:
        deep = line(request(stream=True, **PLACES[place])).replace(b"DEEP", nested(shape, levels))
        found = findings(deep)
        assert "stream-in-batch" in names(found)
        assert "deep-nesting" in names(found, "warning")
        assert "invalid-json" not in names(found)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("place", PLACES)
def test_what_is_too_deep_fails_and_the_rest_is_judged(place: str, shape: str) -> None:
    for levels in DEEPER:
        item = {**request(stream=True, **PLACES[place]), "custom_id": "not legal"}
        deep = line(item).replace(b"DEEP", nested(shape, levels))
        found = names(findings(deep))
        assert {"deep-nesting", "stream-in-batch", "invalid-custom-id"} <= found


def test_ids_and_counts_go_on_after_what_is_too_deep() -> None:
    deep = line(request("twice", **PLACES["system"])).replace(b"DEEP", nested("lists", 600))
    for data in (deep + b"\n" + deep, b"[" + deep + b"," + deep + b"]", b'{"requests":[' + deep + b"," + deep + b"]}"):
        found = findings(data)
        assert [each.index for each in found if each.rule.name == "duplicate-custom-id"] == [1]
        assert [each.index for each in found if each.rule.name == "deep-nesting"] == [0, 1]


@pytest.mark.parametrize("end", [b"", b"[[", b"]}", b'{"a":1,}', b"[1 2]", b'"\x01"', b"{'a':1}"])
def test_what_is_too_deep_and_no_json_is_reported_as_that(end: bytes) -> None:
    data = line(request(system="raw:DEEP")).replace(b"DEEP", b"[" * 100_000 + end)
    assert names(findings(data)) & {"truncated-json", "invalid-json"}


@pytest.mark.parametrize("number", ["1e400", "-1e400", "1E+400", "1e0400", "1" * 310 + ".0", "123e99999999999"])
@pytest.mark.parametrize(
    "params",
    [
        {"max_tokens": "raw:N"},
        {"temperature": "raw:N"},
        {"thinking": {"type": "enabled", "budget_tokens": "raw:N"}},
        {"tools": [{"name": "f", "input_schema": {"type": "object", "properties": {"a": {"default": "raw:N"}}}}]},
        {"output_config": {"format": {"type": "json_schema", "schema": {"type": "number", "minimum": "raw:N"}}}},
        {
            "messages": [
                {"role": "user", "content": "hi"},
                {
                    "role": "assistant",
                    "content": [{"type": "tool_use", "id": "toolu_1", "name": "f", "input": {"a": [{"b": "raw:N"}]}}],
                },
                {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "toolu_1", "content": "x"}]},
            ]
        },
    ],
)
def test_a_number_that_no_reader_holds_is_reported_once(params: dict[str, Any], number: str) -> None:
    data = line(request(**params)).replace(b"raw:N", b"N").replace(b"N", number.encode())
    found = [each for each in findings(data) if each.rule.name == "non-finite-number"]
    assert len(found) == 1
    assert found[0].severity == "error"
    where = found[0].range
    assert where is not None
    assert data[where.offset : where.end_offset] == number.encode()[: where.end_offset - where.offset]


def test_large_numbers_that_readers_hold_are_no_matter() -> None:
    use = {"type": "tool_use", "id": "toolu_1", "name": "f", "input": {"a": 1e308, "b": 10**400, "c": 1e-400}}
    result = {"type": "tool_result", "tool_use_id": "toolu_1", "content": "x"}
    messages = [
        {"role": "user", "content": "hi"},
        {"role": "assistant", "content": [use]},
        {"role": "user", "content": [result]},
    ]
    tool = {"name": "f", "input_schema": {"type": "object"}}
    assert not findings(line(request(messages=messages, tools=[tool])))
