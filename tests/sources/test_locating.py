"""Pointers that need care: keys that are repeated or escaped, and those that lead nowhere."""

from __future__ import annotations

import pytest

from batchlint.sources.spans import ItemSpans, Pointer, resolve, value_span

RAW = (
    rb'{ "a\u0062":1, "\ud83d\ude00":{"x":[1,[2 , {"y":"z"}]]}, "d":1,"d":{"e":2,"\u0065":3},"s/t":"\\\"","\\u0065":4}'
)


def slice_of(pointer: Pointer, at_key: bool = False) -> bytes:
    start, end = resolve(RAW, pointer, at_key=at_key)
    return RAW[start:end]


@pytest.mark.parametrize(
    ("pointer", "value", "key"),
    [
        (("ab",), b"1", rb'"a\u0062"'),
        (("😀", "x", 1, 1, "y"), b'"z"', b'"y"'),
        (("d",), rb'{"e":2,"\u0065":3}', b'"d"'),
        (("d", "e"), b"3", rb'"\u0065"'),
        (("s/t",), rb'"\\\""', b'"s/t"'),
        (("\\u0065",), b"4", rb'"\\u0065"'),
    ],
)
def test_escaped_and_repeated_keys(pointer: Pointer, value: bytes, key: bytes) -> None:
    assert slice_of(pointer) == value
    assert slice_of(pointer, at_key=True) == key
    assert RAW[slice(*value_span(RAW, pointer))] == value
    assert RAW[slice(*ItemSpans(RAW).key_span(pointer))] == key


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ((), RAW),
        (("no such member",), RAW),
        ((0,), RAW),
        (("ab", "x"), b"1"),
        (("😀", "x", 7, "y"), b'[1,[2 , {"y":"z"}]]'),
        (("😀", "x", "1"), b'[1,[2 , {"y":"z"}]]'),
    ],
)
def test_a_pointer_that_leads_nowhere_gives_the_part_that_leads_somewhere(pointer: Pointer, value: bytes) -> None:
    assert slice_of(pointer) == value
    assert slice_of(pointer, at_key=True) == value
    with pytest.raises(LookupError):
        ItemSpans(RAW).key_span(pointer)


def test_an_element_has_no_key() -> None:
    assert slice_of(("😀", "x", 0), at_key=True) == b"1"
    with pytest.raises(LookupError, match="names no member"):
        ItemSpans(RAW).key_span(("😀", "x", 0))
    with pytest.raises(LookupError, match="leads nowhere"):
        value_span(RAW, ("😀", "y"))


@pytest.mark.parametrize(
    "raw", [b"", b"{", b'{"a', b'{"a":', b'{"a":"b', b"[1,", b'{"a"}', b"[" * 100_000, b'{"a":[' * 50_000]
)
def test_text_that_is_no_json_does_no_harm(raw: bytes) -> None:
    start, end = resolve(raw, ("a", 0, "a"), at_key=True)
    assert 0 <= start <= end <= len(raw)
