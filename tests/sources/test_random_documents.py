"""Random documents: each container gives the items that a plain reader gives, where a naive count finds them."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any
from unittest import mock

from hypothesis import given, settings
from hypothesis import strategies as st

from batchlint.sources import Irregularity, Item, Source, lines, positions, source_of_bytes, window
from batchlint.sources.decode import decode
from batchlint.sources.item import UNREADABLE
from batchlint.sources.positions import Position, Positions
from batchlint.sources.spans import ItemSpans, Pointer, resolve, value_span

TRAPS = [
    '{"custom_id": "x", "params": {}}',
    ', {"custom_id": "x"}',
    ',{"params": 1}',
    '\n{"custom_id"',
    "\\",
    '\\"',
    "]}",
    "[{",
    "é😀\u2028",
    "\x7f\x85",
]
"""Texts that look like the beginning or the end of an item, or of a line."""

texts = st.text(max_size=8) | st.lists(st.sampled_from(TRAPS), min_size=1, max_size=3).map("".join)
keys = st.sampled_from(["custom_id", "params", "requests", "a"]) | texts
numbers = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=10,
)
requests = st.fixed_dictionaries({"custom_id": texts, "params": st.dictionaries(keys, values, max_size=3)})
items = requests | values
ANY_BLANKS = " \t\r\n"
LINE_BLANKS = " \t\r"


class Writer:
    """Writes values as JSON text in one of the many ways that mean the same."""

    def __init__(self, draw: st.DrawFn, blanks: str) -> None:
        self._choose = draw(st.randoms(use_true_random=False))
        self._blanks = blanks

    def blanks(self) -> str:
        return "".join(self._choose.choices(self._blanks, k=self._choose.choice([0, 0, 0, 1, 2, 3])))

    def value(self, value: Any) -> str:
        if isinstance(value, dict):
            return self._joined(
                "{", [self.string(key) + self._apart(":") + self.value(inner) for key, inner in value.items()], "}"
            )
        if isinstance(value, list):
            return self._joined("[", [self.value(inner) for inner in value], "]")
        return self.string(value) if isinstance(value, str) else json.dumps(value)

    def string(self, text: str) -> str:
        return json.dumps(text, ensure_ascii=self._choose.choice([True, False]))

    def listed(self, values: list[Any]) -> str:
        return self._joined("[", [self.value(value) for value in values], "]")

    def _joined(self, opening: str, parts: list[str], closing: str) -> str:
        return opening + self.blanks() + self._apart(",").join(parts) + self.blanks() + closing

    def _apart(self, mark: str) -> str:
        return self.blanks() + mark + self.blanks()


@st.composite
def line_json(draw: st.DrawFn) -> tuple[str, list[Any]]:
    wanted = draw(st.lists(items, min_size=1, max_size=6))
    writer = Writer(draw, LINE_BLANKS)
    text = "\n".join(writer.blanks() + writer.value(value) + writer.blanks() for value in wanted)
    return text + draw(st.sampled_from(["", "\n", "\r\n", "\n\n "])), wanted


@st.composite
def array(draw: st.DrawFn) -> tuple[str, list[Any]]:
    wanted = draw(st.lists(items, max_size=6))
    writer = Writer(draw, ANY_BLANKS)
    return writer.blanks() + writer.listed(wanted) + writer.blanks(), wanted


@st.composite
def envelope(draw: st.DrawFn) -> tuple[str, list[Any]]:
    wanted = draw(st.lists(items, max_size=6))
    others = st.lists(
        st.tuples(texts.filter(lambda key: key not in ("requests", "custom_id", "params")), values), max_size=2
    )
    writer = Writer(draw, ANY_BLANKS)
    before, after = ([writer.string(key) + ":" + writer.value(value) for key, value in draw(others)] for _ in range(2))
    members = [
        *before,
        writer.string("requests") + writer.blanks() + ":" + writer.blanks() + writer.listed(wanted),
        *after,
    ]
    return writer.blanks() + "{" + (writer.blanks() + "," + writer.blanks()).join(
        members
    ) + "}" + writer.blanks(), wanted


@st.composite
def one_document(draw: st.DrawFn) -> tuple[str, Any]:
    value = draw(values)
    return Writer(draw, ANY_BLANKS).value(value), value


def items_of(source: Source) -> list[Item]:
    return [found for found in source if isinstance(found, Item)]


def assert_reads_as(text: str, wanted: list[Any], container: str, chunk: int, mark: bool) -> None:
    data = (b"\xef\xbb\xbf" if mark else b"") + text.encode()
    with (
        mock.patch.object(window, "CHUNK", chunk),
        mock.patch.object(lines, "CHUNK", chunk),
        source_of_bytes(data) as source,
    ):
        assert source.container == container
        found = items_of(source)
        assert [item.value for item in found] == wanted
        assert [item.index for item in found] == list(range(len(wanted)))
        for item in found:
            assert item.raw == data[item.offset : item.offset + len(item.raw)]
            assert json.loads(item.raw) == item.value
            assert item.raw.strip(b" \t\r\n") == item.raw
            assert item.line == 1 + data.count(b"\n", 0, item.offset)
            assert item.line_offset == max(data.rfind(b"\n", 0, item.offset) + 1, 3 * mark)
            assert item.irregularities == ()
        assert items_of(source) == found


CHUNKS = st.integers(1, 40) | st.just(1 << 18)


@given(line_json(), CHUNKS, st.booleans())
@settings(max_examples=120, deadline=None)
def test_line_json_gives_each_line(written: tuple[str, list[Any]], chunk: int, mark: bool) -> None:
    text, wanted = written
    first = wanted[0]
    if isinstance(first, list):  # a first line in brackets is a list of items
        return
    if isinstance(first, dict) and "requests" in first and len(wanted) == 1:
        return
    assert_reads_as(text, wanted, "jsonl", chunk, mark)


@given(array(), CHUNKS, st.booleans())
@settings(max_examples=120, deadline=None)
def test_an_array_gives_each_element(written: tuple[str, list[Any]], chunk: int, mark: bool) -> None:
    assert_reads_as(*written, "array", chunk, mark)


@given(envelope(), CHUNKS, st.booleans())
@settings(max_examples=120, deadline=None)
def test_an_envelope_gives_each_request(written: tuple[str, list[Any]], chunk: int, mark: bool) -> None:
    assert_reads_as(*written, "envelope", chunk, mark)


SCRAPS = [
    b"",
    b",",
    b'"',
    b"{",
    b"}",
    b"]",
    b"[",
    b"\\",
    b"\n",
    b"\xff",
    b"'",
    b":",
    b"7",
    b"-",
    b".",
    b"e",
    b"\\ud8",
    b"/",
    b"t",
]


def damaged(text: str, choose: random.Random) -> bytes:
    data = bytearray(text.encode())
    for _ in range(choose.randrange(1, 4)):
        at = choose.randrange(len(data) + 1)
        data[at : at + choose.choice([0, 0, 1, 1, 5])] = choose.choice(SCRAPS)
    return bytes(data)


@given(one_document(), st.randoms(use_true_random=False))
@settings(max_examples=250, deadline=None)
def test_what_is_no_json_is_reported_and_all_that_is_json_is_read(
    written: tuple[str, Any], choose: random.Random
) -> None:
    raw = damaged(written[0], choose).strip(b" \t\r\n")
    value, flaws = decode(raw)
    kinds = {flaw.kind for flaw in flaws}
    try:
        wanted = json.loads(raw.decode())
    except ValueError:
        assert kinds & {"invalid-json", "truncated-json", "invalid-utf-8"}
        assert (value is UNREADABLE) == bool(kinds & {"invalid-json", "truncated-json"})
    else:
        assert kinds <= {"duplicate-key", "non-finite-number", "lone-surrogate"}
        if "lone-surrogate" not in kinds:
            assert value == wanted or "non-finite-number" in kinds
    for flaw in flaws:
        assert 0 <= flaw.start <= flaw.end <= len(raw)


@given(array(), st.randoms(use_true_random=False), CHUNKS)
@settings(max_examples=150, deadline=None)
def test_broken_text_is_reported_and_never_raises(
    written: tuple[str, list[Any]], choose: random.Random, chunk: int
) -> None:
    raw = damaged(written[0], choose)
    try:
        whole = json.loads(raw)
    except (ValueError, UnicodeDecodeError):
        whole = UNREADABLE
    with (
        mock.patch.object(window, "CHUNK", chunk),
        mock.patch.object(lines, "CHUNK", chunk),
        source_of_bytes(raw) as source,
    ):
        found = list(source)
        located = Positions(source)
        told = [thing for thing in found if isinstance(thing, Irregularity)]
        read = [thing for thing in found if isinstance(thing, Item)]
        assert [item.index for item in read] == list(range(len(read)))
        for item in read:
            assert item.raw == raw[item.offset : item.offset + len(item.raw)]
            assert item.value is not UNREADABLE or item.irregularities
            told += item.irregularities
            resolve(item.raw, ("params", "a", 0))
        for irregularity in told:
            assert 0 <= irregularity.offset <= irregularity.end_offset <= len(raw)
            assert irregularity.line == 1 + raw.count(b"\n", 0, irregularity.offset)
            place = located.place(irregularity.offset, irregularity.line, irregularity.line_offset)
            assert place.line == irregularity.line
        assert told or whole is not UNREADABLE


def pointers(value: Any, at: Pointer = ()) -> Iterator[Pointer]:
    yield at
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from pointers(inner, (*at, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from pointers(inner, (*at, index))


def followed(value: Any, pointer: Pointer) -> Any:
    for step in pointer:
        value = value[step]
    return value


@given(one_document())
@settings(max_examples=200, deadline=None)
def test_every_pointer_leads_to_its_value_and_its_key(written: tuple[str, Any]) -> None:
    text, value = written
    raw = text.encode()
    for pointer in pointers(value):
        start, end = value_span(raw, pointer)
        assert json.loads(raw[start:end]) == followed(value, pointer)
        assert resolve(raw, pointer) == (start, end)
        assert resolve(raw, (*pointer, "no such member")) == (start, end)
        assert resolve(raw, (*pointer, 99), at_key=True) == (start, end)
        if pointer and isinstance(pointer[-1], str):
            start, end = ItemSpans(raw).key_span(pointer)
            assert json.loads(raw[start:end]) == pointer[-1]
            assert resolve(raw, pointer, at_key=True) == (start, end)


@given(st.text(alphabet="a\té😀\u2028\n\r\ufeff", max_size=60), st.booleans(), st.integers(1, 9), st.data())
@settings(max_examples=150, deadline=None)
def test_places_are_those_of_a_naive_count(text: str, mark: bool, stride: int, data: st.DataObject) -> None:
    start = 3 if mark else 0
    raw = b"\xef\xbb\xbf" * mark + text.encode()
    lines_before = st.integers(0, len(text)).map(lambda at: (at, text.rfind("\n", 0, at) + 1))
    with mock.patch.object(positions, "STRIDE", stride), source_of_bytes(raw) as source:
        located = Positions(source)
        for at, begin in data.draw(st.lists(lines_before, max_size=12)):
            known = data.draw(st.integers(0, begin))
            known = text.rfind("\n", 0, known) + 1  # the beginning of this line, or of one before
            line = 1 + text.count("\n", 0, known)
            place = located.place(start + len(text[:at].encode()), line, start + len(text[:known].encode()))
            byte_column = 1 + len(text[begin:at].encode())
            assert place == Position(1 + text.count("\n", 0, at), 1 + at - begin, byte_column)
