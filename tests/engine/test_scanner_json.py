"""Which bytes the scanner takes for JSON: what every reader of JSON takes for the same, and nothing else."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from batchlint.sources.decode import read_json
from tests.engine.scanning import needs_scanner, of_params, scanner, verdict

pytestmark = needs_scanner
numbers = st.one_of(
    st.integers(-(10**15), 10**15), st.floats(allow_nan=False, allow_infinity=False, width=32), st.sampled_from([-0.0])
)
texts = st.one_of(st.text(max_size=40), st.sampled_from(['"', "\\", "\n\t\x00", "é漢😀", "a" * 64 + "é", '"' * 20]))
values = st.recursive(
    st.one_of(st.none(), st.booleans(), numbers, texts),
    lambda inner: st.one_of(st.lists(inner, max_size=5), st.dictionaries(texts, inner, max_size=30)),
    max_leaves=30,
)
spellings: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {"ensure_ascii": st.booleans(), "separators": st.sampled_from([(",", ":"), (", ", ": "), (" , ", "\t:\r")])}
)


def is_taken(text: bytes) -> bool:
    return verdict(scanner(of_params({"type": "object"})), b'{"x":%s}' % text) == "usual"


@given(values, spellings)
def test_what_python_writes_is_taken(value: Any, spelling: dict[str, Any]) -> None:
    text = json.dumps(value, **spelling)
    if text.encode("utf-8", "surrogatepass").decode("utf-8", "replace") == text and "\\ud" not in text:
        assert is_taken(text.encode())


def no_repeated_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    assert len({key for key, _ in pairs}) == len(pairs)
    return dict(pairs)


def refuse(constant: str) -> None:
    raise ValueError(constant)


def assert_json(text: bytes) -> None:
    """Fails where any reader refuses a text, or takes it for something that others do not."""
    strict = json.loads(text.decode(), object_pairs_hook=no_repeated_keys, parse_constant=refuse)
    json.dumps(strict, ensure_ascii=False, allow_nan=False).encode()  # no halves of surrogate pairs
    assert read_json(text) == strict


@st.composite
def spoilt(draw: st.DrawFn) -> bytes:
    """A text of JSON in which some bytes were changed, left out, put in or repeated."""
    spelling = draw(spellings)
    text = bytearray(json.dumps(draw(values), **spelling).encode("utf-8", "surrogatepass"))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        end = draw(st.integers(at, min(len(text), at + 8)))
        piece = st.one_of(
            st.binary(max_size=2),
            st.sampled_from(list(b'{}[],:"\\0-.eE+u \n\xc3\xa9\xed\xa0\x80')).map(lambda byte: bytes([byte])),
            st.sampled_from(
                [b"\\ud83d", b"\\ude00", b"\\u0000", b"1e999", b"NaN", b"nul", b'"a":1,', bytes(text[at:end])]
            ),
        )
        text[at:end] = draw(piece)
    return bytes(text)


@given(spoilt())
@example(b"1" * 400)
@example(b"1e400")
@example(b"-")
@example(b'"\xff"')
@example(b'"\\ud800"')
@example(b'{"a":1,"\\u0061":2}')
@example(b"[" * 300 + b"]" * 300)
def test_what_is_taken_is_json_to_every_reader(text: bytes) -> None:
    if is_taken(text):
        assert_json(b'{"x":%s}' % text)


@given(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=60), st.integers(0, 60))
def test_many_keys_are_taken_if_each_is_there_once(letters: list[str], more: int) -> None:
    keys = [letter * (place // 6 + 1) for place, letter in enumerate(letters)] + [f"k{n}" for n in range(more)]
    text = "{" + ",".join(f'"{key}":0' for key in keys) + "}"
    assert is_taken(text.encode()) == (len(set(keys)) == len(keys))


def test_requests_that_are_cut_or_run_on_are_left() -> None:
    one = scanner(of_params({"type": "object"}))
    assert verdict(one, b'{"a":"') == "cut"
    assert verdict(one, b"{}} {") == "other"
