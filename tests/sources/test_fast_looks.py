"""What is looked at in a faster way than the plain one is found all the same."""

from __future__ import annotations

from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from batchlint import json_proof
from batchlint.json_proof import is_json
from batchlint.sources import cuts, pieces
from batchlint.sources.cuts import LISTED, LOOSE, Form
from batchlint.sources.pieces import line_feeds

scraps = st.lists(
    st.sampled_from([b"{", b"}", b",", b"\n", b" ", b'"custom_id"', b'{"params"', b'"params"', b"\n{", b"AAAAAAAA"]),
    max_size=40,
).map(b"".join)


@given(scraps, st.integers(0, 5), st.integers(2, 30), st.sampled_from([LISTED, LOOSE]))
def test_where_items_may_begin(data: bytes, start: int, at_a_time: int, form: Form) -> None:
    with mock.patch.object(cuts, "AT_A_TIME", at_a_time):
        found = list(cuts._beginnings(data, start, form))
    assert found == [match.start() + form.lead for match in form.beginning.finditer(data, start)]


@given(st.lists(st.sampled_from([b"\n", b"a", b"bcdefghi"]), max_size=60).map(b"".join), st.integers(1, 9))
def test_how_many_line_feeds_there_are(data: bytes, worth_finding: int) -> None:
    with mock.patch.object(pieces, "WORTH_FINDING", worth_finding):
        assert line_feeds(data) == data.count(b"\n")


@pytest.mark.parametrize("slice_", [4, 5, 7])
@given(text=st.text(st.sampled_from("a\u00e9\u3042\U0001f600"), max_size=12), odd=st.binary(max_size=3))
def test_whether_a_text_is_utf_8(slice_: int, text: str, odd: bytes) -> None:
    whole = text.encode()
    for place in range(len(whole) + 1):
        inner = whole[:place] + odd.translate(None, b'"\\' + bytes(range(32))) + whole[place:]
        with mock.patch.object(json_proof, "SLICE", slice_):
            assert is_json(b'"%s"' % inner, "line feed") is _is_utf8(inner)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
