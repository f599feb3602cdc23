"""A request that wakes no rule about length could break none of them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from batchlint.engine.size import SizeLimits
from batchlint.facts import limits
from batchlint.options import Options
from batchlint.request import Request
from batchlint.rules import huge_request
from batchlint.tokens import over_limit, upper_bound
from batchlint.triggers import parts_of
from tests.strategies.whole_requests import whole_requests

odd_texts = st.text(st.characters(codec="utf-8"), min_size=1, max_size=3000)


@given(request=whole_requests(), text=odd_texts, limit=st.sampled_from([5_000, 80_000]), times=st.integers(1, 40))
def test_what_is_not_large_is_within_every_limit(request: dict[str, Any], text: str, limit: int, times: int) -> None:
    request["params"]["messages"].append({"role": "user", "content": text * times})
    params, size = request["params"], len(json.dumps(request, ensure_ascii=False).encode())
    if not SizeLimits(Options(max_tokens_per_request=limit))(params, size, parts_of(params)):
        assert upper_bound(params, size, params["model"]) <= limit
        assert over_limit(params, size, params["model"], limit) is None


@pytest.mark.parametrize("member", [{}, {"tools": [{"name": "a", "input_schema": {"type": "object"}}]}])
def test_a_limit_on_bytes_is_looked_at_from_its_first_byte_on(member: dict[str, Any]) -> None:
    is_large = SizeLimits(Options(max_request_bytes=500))
    params = {"model": "claude-opus-4-8", "messages": [], **member}
    assert not is_large(params, 500, parts_of(params))
    assert is_large(params, 501, parts_of(params))


IMAGE = {"type": "image", "source": {"type": "url", "url": "https://example.com/cat.png"}}


@pytest.mark.parametrize(("block", "told"), [(IMAGE, True), ({"type": "text", "text": "x"}, False)])
def test_more_than_the_api_takes_of_one_request_is_reported_where_files_make_it_so(block: object, told: bool) -> None:
    params = {"model": "claude-opus-4-8", "messages": [{"role": "user", "content": [block]}]}
    size = limits().request.bytes + 1
    assert SizeLimits(Options())(params, size, parts_of(params))
    assert bool(list(huge_request.check(Request({"params": params}, 0, size, Options())))) is told
