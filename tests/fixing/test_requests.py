"""Requests that the API takes, with a mistake in each: fixing them brings no error, and is done after once."""

from __future__ import annotations

import copy
import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.fixing.made import fix
from tests.fixing.test_rule_fixes import errors
from tests.strategies.whole_requests import whole_requests
from tests.test_mutations import MUTATIONS, OPTIONS, make_mistakes

Json = dict[str, Any]


@st.composite
def broken_requests(draw: st.DrawFn) -> Json:
    """A request with one or two mistakes."""
    request = copy.deepcopy(draw(whole_requests()))
    names = draw(st.lists(st.sampled_from(sorted(MUTATIONS)), min_size=1, max_size=2, unique=True))
    make_mistakes(request["params"], names)
    return request


def written(request: Json, layout: int) -> bytes:
    """A request as a program may write it."""
    if layout == 0:
        return json.dumps(request).encode() + b"\n"
    if layout == 1:
        return json.dumps(request, ensure_ascii=False, separators=(",", ":")).encode() + b"\r\n"
    if layout == 2:
        return b"[" + json.dumps(request, indent=2).encode() + b"]"
    return b'{"requests": [' + json.dumps(request, indent="\t", ensure_ascii=False).encode() + b"\n]}\n"


@given(broken_requests(), st.integers(0, 3), st.booleans())
def test_no_fix_brings_an_error_and_once_is_enough(request: Json, layout: int, unsafe: bool) -> None:
    data = written(request, layout)
    after, done = fix(data, OPTIONS, unsafe=unsafe)
    assert errors(after, OPTIONS) <= errors(data, OPTIONS)
    assert done.left.errors == sum(errors(after, OPTIONS).values())
    twice, _ = fix(after, OPTIONS, unsafe=unsafe)
    assert twice == after


@given(whole_requests(), st.integers(0, 3))
def test_what_the_api_takes_is_left_alone(request: Json, layout: int) -> None:
    data = written(request, layout)
    assert fix(data, OPTIONS)[0] == data
