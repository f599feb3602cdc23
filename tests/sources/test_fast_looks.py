"""What is looked at in a faster way than the plain one is found all the same."""

from __future__ import annotations

from unittest import mock

from hypothesis import given
from hypothesis import strategies as st

from batchlint.sources import boundaries
from batchlint.sources.form import CONCATENATED, LISTED, Form

scraps = st.lists(
    st.sampled_from([b"{", b"}", b",", b"\n", b" ", b'"custom_id"', b'{"params"', b'"params"', b"\n{", b"AAAAAAAA"]),
    max_size=40,
).map(b"".join)


@given(scraps, st.integers(0, 5), st.integers(2, 30), st.sampled_from([LISTED, CONCATENATED]))
def test_where_items_may_begin(data: bytes, start: int, at_a_time: int, form: Form) -> None:
    with mock.patch.object(boundaries, "AT_A_TIME", at_a_time):
        found = list(boundaries._beginnings(data, start, form))
    assert found == [match.start() + form.lead for match in form.beginning.finditer(data, start)]
