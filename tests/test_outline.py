"""An outline leaves out texts that say something, and nothing else: what is left tells requests apart."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from batchlint.outline import LEFT_OUT, TEXT, leaves_out_what_it_may, outline_of, pattern_of
from batchlint.schema import API_VERSIONS, request_schema
from batchlint.sources.decode import read_json

spaces = st.text(st.sampled_from(" \t\n\r\x0b\x85\xa0\u1680\u2003\u2028\u202f\u205f\u3000"), max_size=3)
letters = st.text(st.sampled_from('ab"\\/:,{}[]\t\n\u00e9\u0416\u3042\u3053\U0001f600 \x7f'), max_size=8)
strings = st.one_of(st.text(max_size=6), letters, spaces, st.tuples(spaces, letters).map("".join))
names = st.one_of(
    st.sampled_from([*sorted(LEFT_OUT), 'a"text', "text\\", "\\text", '"text', "type", "a", "model"]), strings
)
values = st.recursive(
    st.one_of(strings, st.none(), st.booleans(), st.integers()),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(names, inner, max_size=4)),
    max_leaves=12,
)
objects = st.dictionaries(names, values, max_size=5)
spellings = st.fixed_dictionaries(
    {
        "ensure_ascii": st.booleans(),
        "separators": st.sampled_from([(",", ":"), (", ", ": "), (" ,", " : "), None]),
        "indent": st.sampled_from([None, None, 1]),
    }
)


def written(value: Any, spelling: dict[str, Any]) -> bytes:
    return json.dumps(value, **spelling).encode("utf-8", "surrogatepass")


def differs_only_in_texts(one: Any, other: Any, name: str = "") -> bool:
    """Whether the other value is the one with `x` in place of some of the texts that say something."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return list(one) == list(other) and all(differs_only_in_texts(one[key], other[key], key) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(differs_only_in_texts, one, other))
    left_out = name in LEFT_OUT or name.endswith('"text')  # a key that ends like one is left out by the way
    return bool(one == other or (left_out and isinstance(one, str) and not one.isspace() and one and other == "x"))


@given(objects, spellings)
@example({"text": 'say \\"a\\"'}, {})
@example({"text": "a\\", "b": "c"}, {})
@example({"text": "\\", "b": "c"}, {})
@example({"text": '\\\\"', "b": '"'}, {})
@example({"text": '"', "content": '""'}, {})
@example({"text": "\u3000", "content": "\u3000a"}, {"ensure_ascii": False})
def test_only_texts_that_say_something_are_left_out(value: dict[str, Any], spelling: dict[str, Any]) -> None:
    raw = written(value, spelling)
    filled = TEXT.sub(b':"x', raw)
    assert differs_only_in_texts(json.loads(raw), json.loads(filled))
    assert outline_of(filled) == outline_of(raw)


@pytest.mark.parametrize(
    "text", ["Hello", "\n\nHello", "  a", 'He said "no"', '"no"', "\u00e9", "\u3042", "a\\n", "x" * 99]
)
@pytest.mark.parametrize("name", sorted(LEFT_OUT))
def test_what_texts_say_is_left_out(name: str, text: str) -> None:
    plain = {"a": [{name: "x"}], "b": {name: 1}}
    for ensure_ascii in (True, False):
        raw = json.dumps({"a": [{name: text}], "b": {name: 1}}, ensure_ascii=ensure_ascii).encode()
        if not (ensure_ascii and "\\u" in raw.decode()):  # A text that begins with an escaped letter stays.
            assert outline_of(raw) == outline_of(json.dumps(plain).encode())


@pytest.mark.parametrize("text", ["", " ", "\n", "\u3000", "\u2003\u00a0"])
def test_a_text_that_says_nothing_stays(text: str) -> None:
    raw = json.dumps({"text": text}, ensure_ascii=False).encode()
    assert outline_of(raw) == raw


@given(st.lists(st.builds(written, objects, spellings), min_size=1, max_size=5), objects, spellings)
def test_a_pattern_of_outlines_matches_what_has_one_of_them(
    known: list[bytes], value: dict[str, Any], spelling: dict[str, Any]
) -> None:
    outlines = sorted({outline_of(raw) for raw in known})
    match = re.compile(pattern_of(outlines, "[a-z]*")).fullmatch
    for raw in (*known, written(value, spelling)):
        if match(raw):
            assert outline_of(raw) in outlines


def test_the_group_of_a_match_is_the_id_and_its_number_the_outline() -> None:
    requests = [b'{"custom_id": "%s", "params": {"max_tokens": %d}}' % (b"a", number) for number in (1, 2, 3)]
    match = re.compile(pattern_of(map(outline_of, requests), "[a-z]+")).fullmatch
    found = match(b'{"custom_id":"row", "params": {"max_tokens": 2}}')
    assert found is not None
    assert (found.lastindex, found[2]) == (2, b"row")
    assert match(b'{"custom_id": "row 1", "params": {"max_tokens": 2}}') is None


def test_requests_of_several_models_are_matched_as_one() -> None:
    request = b'{"custom_id": "%s", "params": {"model": "%s", "system": "x", "max_tokens": %d}}'
    known = [request % (b"a", model, limit) for model in (b"one", b"two", b"three") for limit in (1, 2)]
    match = re.compile(pattern_of(map(outline_of, known), "[a-z]+")).fullmatch
    groups = [found.lastindex for found in map(match, known) if found is not None]
    assert groups == [1, 2, 1, 2, 1, 2]
    assert match(request % (b"a", b"four", 1)) is None
    assert match(request % (b"a", b"one", 3)) is None


@pytest.mark.parametrize(
    ("value", "alone"),
    [
        ({"custom_id": "a", "params": {"system": "s", "messages": [{"role": "user", "content": "c"}]}}, True),
        ({"params": {"messages": [{"content": [{"type": "text", "text": "t"}]}]}}, True),
        ({"params": {"messages": [{"content": [{"type": "tool_result", "content": "t"}]}]}}, True),
        ({"params": {"messages": [{"content": [{"type": "tool_use", "input": {"text": "t"}}]}]}}, False),
        ({"params": {"tools": [{"input_examples": [{"content": "c"}]}]}}, False),
        ({"params": {"text": "a"}}, False),
        ({"text": "a"}, False),
        ({"params": 1, "custom_id": "a"}, False),
        ({"params": {"messages": [{"content": [{"type": "image", "text": "t"}]}]}}, False),
    ],
)
def test_texts_elsewhere_may_matter(value: dict[str, Any], alone: bool) -> None:
    assert leaves_out_what_it_may(b"", value) is alone


@pytest.mark.parametrize("version", API_VERSIONS)
def test_the_schema_asks_nothing_of_what_is_left_out(version: str) -> None:
    def constraints(node: Any) -> list[Any]:
        if isinstance(node, list):
            return [each for inner in node for each in constraints(inner)]
        if not isinstance(node, dict):
            return []
        properties = node.get("properties")
        own = [
            (name, keyword)
            for name, schema in (properties.items() if isinstance(properties, dict) else ())
            if name in LEFT_OUT and "string" in schema.get("type", ())
            for keyword in schema
            if keyword in ("enum", "const", "pattern", "minLength", "maxLength", "format", "not")
        ]
        return own + [each for inner in node.values() for each in constraints(inner)]

    assert constraints(request_schema(version).document) == []


def test_the_decoder_keeps_what_is_left_out() -> None:
    assert read_json(b'{"text": "a"}') == {"text": "a"}
