"""Requests are alike where only ids and usual images are new; what is wrong with one of them is found all the same."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from batchlint.engine import Engine
from batchlint.judgement import LONGEST_RECOGNISED, Recognised
from batchlint.large import Large
from batchlint.options import Options
from batchlint.outline import leaves_out_what_it_may, outline_of
from batchlint.parts import parts_of
from batchlint.recogniser import Recogniser
from batchlint.rules import all_rules
from batchlint.sources import source_of_bytes
from batchlint.sources.item import Item
from batchlint.stand_ins import MARK, with_ids_numbered, without_images
from tests.strategies import conversations
from tests.strategies.whole_requests import png
from tests.test_recogniser import OPTIONS, assert_the_same, lines, recognising

Json = dict[str, Any]

TOOL = {"name": "search", "input_schema": {"type": "object", "properties": {"data": {"type": "string"}}}}


def with_image(number: int, data: str | None = None, media_type: str = "image/png", **members: Any) -> Json:
    source = {"type": "base64", "media_type": media_type, "data": png(9 + number, 9) if data is None else data}
    content = [{"type": "image", "source": source, **members}, {"type": "text", "text": f"What is this, {number}?"}]
    return request(number, [{"role": "user", "content": content}])


def with_tool_use(number: int, answered: str | None = None, **members: Any) -> Json:
    use_id = f"toolu_{number}"
    use = {"type": "tool_use", "id": use_id, "name": "search", "input": {}, **members}
    result = {"type": "tool_result", "tool_use_id": answered or use_id, "content": "Found."}
    messages: list[Json] = [
        {"role": "user", "content": "Look it up."},
        {"role": "assistant", "content": [use]},
        {"role": "user", "content": [result]},
    ]
    return request(number, messages)


def request(number: int, messages: list[Json]) -> Json:
    params = {"model": "claude-opus-4-8", "max_tokens": 10, "tools": [TOOL], "messages": messages}
    return {"custom_id": f"a-{number}", "params": params}


def recognised(data: bytes) -> int:
    """How many requests are recognised of a file that is read twice."""
    with recognising(), source_of_bytes(data) as source:
        engine = Engine(OPTIONS, all_rules().values())
        list(engine.check(source))
        reader = engine._judge.reader(source.size)
        assert isinstance(reader, Recogniser)
        items = [item for item in source.items(reader) if isinstance(item, Item)]
        return sum(isinstance(item.value, Recognised) for item in items)


@pytest.mark.parametrize("make", [with_image, with_tool_use])
def test_requests_with_other_images_or_ids_are_recognised(make: Callable[[int], Json]) -> None:
    data = lines([make(number) for number in range(12)])
    assert recognised(data) == 12
    assert_the_same(data)


def test_a_request_is_recognised_however_large_its_images_are() -> None:
    large = base64.b64encode(base64.b64decode(png(9, 9)) + bytes(5 * LONGEST_RECOGNISED)).decode()
    data = lines([with_image(number, large) for number in range(3)])
    assert recognised(data) == 3
    assert_the_same(data)
    assert_the_same(data, Options(as_of=OPTIONS.as_of, max_request_bytes=2 * LONGEST_RECOGNISED))


PNG = png(60, 60)
GIF = base64.b64encode(b"GIF89a\x08\x00\x08\x00" + bytes(60)).decode()


@pytest.mark.parametrize(
    "data",
    [
        *(
            "",
            " ",
            "AAAA",
            GIF,
            png(2001, 1),
            png(8001, 1),
            PNG[:-1],
            PNG[:-4] + "====",
            "data:image/png;base64," + PNG,
        ),
        *(PNG[:600] + odd + PNG[600:] for odd in ("-", "_", "\u00e9", "\n", "!", "=", '"')),
        *(PNG + odd for odd in ("\n", "\u00e9", " ", "==")),
    ],
)
def test_a_flaw_in_one_of_many_images(data: str) -> None:
    for media_type in ("image/png", "image/jpeg", "image/gif"):
        requests = [with_image(number, media_type=media_type) for number in range(9)]
        requests[6] = with_image(6, data, media_type)
        assert_the_same(lines(requests))
        assert_the_same(lines(requests, ensure_ascii=False))


LONG = base64.b64encode(base64.b64decode(png(9, 9)) + bytes(6_000)).decode()


@pytest.mark.parametrize(
    "flaw", [b"\x01", b"\t", b"\xff", b"\xc3\xa9", b"\\", b"\\/", b"\\q", b"\\u0041", b'"', b"\x00"]
)
def test_a_flaw_in_the_middle_of_one_of_many_images(flaw: bytes) -> None:
    """Where nobody looks at the image itself, the bytes must still be JSON."""
    requests = [lines([with_image(number, LONG)]).rstrip(b"\n") for number in range(9)]
    requests[6] = requests[6].replace(b"AAAA" * 600, b"AAAA" * 300 + flaw.ljust(8, b"A") + b"AAAA" * 298)
    assert_the_same(b"\n".join(requests))
    assert_the_same(b"[" + b",\n".join(requests) + b"]")


def test_an_image_where_another_request_has_a_text() -> None:
    """Both have an image and an empty text, but not in the same place."""
    clean, odd = with_image(1), with_image(1, "")
    for value, data in ((clean, ""), (odd, PNG)):
        document = {"type": "document", "source": {"type": "text", "media_type": "text/plain", "data": data}}
        value["params"]["messages"][0]["content"].append(document)
    assert_the_same(lines([*({**clean, "custom_id": f"b-{number}"} for number in range(5)), odd]))


def test_a_limit_on_bytes_holds_for_images_too() -> None:
    requests = [with_image(number, LONG if number != 6 else LONG + "AAAA" * 100) for number in range(9)]
    limit = len(json.dumps(requests[0])) + 200
    assert_the_same(lines(requests), Options(as_of=OPTIONS.as_of, max_request_bytes=limit))


@pytest.mark.parametrize(
    "odd",
    [
        with_tool_use(6, "toolu_7"),
        with_tool_use(6, "0"),
        with_tool_use(6, id="a.b"),
        with_tool_use(6, "a.b", id="a.b"),
        with_tool_use(6, caller={"type": "code_execution_20260120", "tool_id": "toolu_6"}),
        with_tool_use(6, input={"id": "toolu_6", "text": "x", "data": PNG}),
        with_tool_use(6, name="toolu_6"),
    ],
)
def test_an_odd_one_of_many_tool_uses(odd: Json) -> None:
    requests = [*map(with_tool_use, range(6)), odd, with_tool_use(8), odd | {"custom_id": "b"}]
    assert_the_same(lines(requests))


def test_one_id_for_two_tool_uses_is_not_taken_for_two_ids() -> None:
    def twice(number: int, second: str) -> Json:
        found = with_tool_use(number)
        use, answer = found["params"]["messages"][1:]
        use["content"].append({**use["content"][0], "id": second})
        answer["content"].append({**answer["content"][0], "tool_use_id": second})
        return found

    requests = [twice(number, f"other_{number}" if number != 5 else "toolu_5") for number in range(9)]
    assert_the_same(lines(requests))


def test_data_in_the_input_of_a_tool_is_no_image() -> None:
    requests = [with_tool_use(number, input={"data": png(9 + number, 9)}) for number in range(6)]
    assert recognised(lines(requests)) == 0
    assert_the_same(lines(requests))


def test_a_key_that_only_looks_like_one_in_the_bytes() -> None:
    requests = [lines([with_tool_use(number)]).rstrip(b"\n") for number in range(6)]
    escaped = [each.replace(b'"messages"', b'"m\\u0065ssages"') for each in requests]
    hidden = escaped[3].replace(b'"input": {}', b'"input": {"messages": "x"}')
    assert_the_same(b"\n".join([*requests, *escaped, hidden, hidden.replace(b'"id": "toolu_3"', b'"id": "toolu_4"')]))


def test_a_mistake_beside_an_image_or_an_id_is_told_of_each_request() -> None:
    requests = [with_image(number) for number in range(5)] + [with_tool_use(number) for number in range(5, 9)]
    for each in requests:
        each["params"]["max_token"] = 3
    assert_the_same(lines(requests))


@given(conversations.requests())
def test_requests_are_alike_whatever_the_ids_are(value: Json) -> None:
    raw = json.dumps(value).encode()
    other = re.sub(rb'(id": "[a-z]+_)', rb"\1x_", raw)
    assert outline_of(raw) == outline_of(other)


@given(st.lists(st.sampled_from(["a", "b", "c", "0", "1"]), min_size=2, max_size=6))
def test_numbers_stand_for_ids_in_the_order_of_their_first_use(ids: list[str]) -> None:
    raw = json.dumps([{"tool_use_id": each} for each in ids]).encode()
    numbered = with_ids_numbered(raw)
    numbers = [each.split(b'"')[0] for each in numbered.split(MARK)[1:]]
    assert [first == second for first in ids for second in ids] == [
        first == second for first in numbers for second in numbers
    ]


@pytest.mark.parametrize("make", [with_image, with_tool_use])
def test_no_stand_in_means_that_nothing_was_left_out(make: Callable[[int], Json]) -> None:
    value = make(1)
    _, marked = without_images(json.dumps(value).encode())
    outline = outline_of(marked)
    assert leaves_out_what_it_may(outline, value)
    assert not leaves_out_what_it_may(outline.replace(MARK, b""), value)
    assert not leaves_out_what_it_may(outline + MARK, value)


@given(sizes=st.lists(st.integers(0, 60_000), min_size=2, max_size=2), limit=st.integers(1_000, 60_000))
def test_the_size_of_an_image_does_not_make_a_request_large(sizes: list[int], limit: int) -> None:
    is_large = Large(Options(max_tokens_per_request=limit))
    answers = set()
    for size in sizes:
        value = with_image(1, png(9, 9) + "A" * size)
        texts, _ = without_images(json.dumps(value).encode())
        if len(texts) <= LONGEST_RECOGNISED:
            answers.add(is_large(value["params"], len(json.dumps(value)), parts_of(value["params"])))
    assert len(answers) < 2
