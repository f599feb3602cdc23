"""Line breaks inside strings: a value that they spread over lines is one item, told by its first line break."""

from __future__ import annotations

import json
from typing import Any
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from batchlint.engine.parallel.parts import PartSource
from batchlint.sources import Irregularity, Item, source_of_bytes, spanning
from batchlint.sources.item import UNREADABLE
from batchlint.sources.reader import Mark, NotApart, Reader

LINE_BREAK = "a line break inside a string; it is written \\n"
texts = st.text(st.sampled_from('ab{}[],:" \n'), max_size=12)


def request(text: str, number: int = 0) -> Any:
    return {"custom_id": f"a-{number}", "params": {"content": [text, text], "n": number}}


def broken(value: Any, line_break: str = "\n") -> str:
    return json.dumps(value).replace("\\n", line_break)


def read(text: str) -> tuple[list[Item], list[Irregularity]]:
    found = list(source_of_bytes(text.encode(), "batch.jsonl").items(Reader()))
    items = [each for each in found if isinstance(each, Item)]
    told = [each for item in items for each in item.irregularities]
    return items, told + [each for each in found if isinstance(each, Irregularity)]


@given(st.lists(texts, min_size=1, max_size=5), st.sampled_from(["\n", "\r\n"]))
def test_each_value_is_one_item_and_only_the_broken_ones_cannot_be_read(contents: list[str], line_break: str) -> None:
    wanted = [request(text, number) for number, text in enumerate(contents)]
    items, told = read("\n".join(broken(value, line_break) for value in wanted))
    assert [item.index for item in items] == list(range(len(contents)))
    assert [item.value for item in items] == [
        UNREADABLE if "\n" in text else value for text, value in zip(contents, wanted, strict=True)
    ]
    assert [(each.kind, each.detail) for each in told] == [
        ("invalid-json", LINE_BREAK) for text in contents if "\n" in text
    ]


@given(texts.filter(lambda text: "\n" in text), texts.filter(lambda text: "\n" not in text))
def test_the_items_after_it_keep_their_lines(text: str, following: str) -> None:
    first = broken(request(text))
    items, _ = read(first + "\n" + broken(request(following, 1)))
    assert items[1].line == first.count("\n") + 2
    assert items[0].raw.decode() == first


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ('{"custom_id": "a', ["truncated-json"]),
        ('{"custom_id": "a\n', ["truncated-json"]),
        ('{"custom_id": "a\n{"custom_id": "b"}', ["truncated-json"]),
        ('{"custom_id": "a\n\n{"custom_id": "b"}', ["truncated-json", "blank-line"]),
        ('{"custom_id": "a\nb, "params": {}}', ["invalid-json", "invalid-json"]),
        ('{"custom_id": "a\tb\nc"}', ["invalid-json"]),
        ('{"custom_id": "a\n\nb"}', ["invalid-json"]),
    ],
)
def test_a_line_that_was_cut_off_is_distinguished_from_one_that_goes_on(text: str, kinds: list[str]) -> None:
    _, told = read(text)
    assert [each.kind for each in told] == kinds


def test_a_long_text_is_followed_to_its_end() -> None:
    items, told = read(broken(request("line\n" * 20_000)) + '\n{"custom_id": "b"}')
    assert [each.detail for each in told] == [LINE_BREAK]
    assert items[1].value == {"custom_id": "b"}


def test_a_value_that_ends_too_far_away_is_given_up() -> None:
    with mock.patch.object(spanning, "FARTHEST", 1 << 14):
        items, told = read('{"custom_id": "a\n' + "words and words\n" * 10_000 + '"}')
    assert told[0].detail == LINE_BREAK
    assert len(items) == 10_002


def test_a_piece_that_ends_inside_a_value_is_not_read_apart() -> None:
    text = broken(request("one\ntwo"))
    cut = text.index("\n") + 1
    source = source_of_bytes(text.encode(), "batch.jsonl")
    with pytest.raises(NotApart):
        list(PartSource(source, Mark(), cut).items(Reader()))
