"""A request that wakes no rule about length could break none of them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from batchlint.engine import large_from
from batchlint.options import Options
from batchlint.parts import triggers
from batchlint.rules import all_rules
from batchlint.tokens import over_limit, upper_bound
from tests.strategies.whole_requests import whole_requests

WAKING = {trigger for name in ("token-limit", "context-window-exceeded") for trigger in all_rules()[name].wakes_on}
odd_texts = st.text(st.characters(codec="utf-8"), min_size=1, max_size=3000)


def wakes_by_its_parts(params: dict[str, Any]) -> bool:
    present = triggers(params) | {f"member:{name}" for name in params if params[name]}
    return not WAKING.isdisjoint(present)


@given(request=whole_requests(), text=odd_texts, limit=st.sampled_from([5_000, 80_000]), times=st.integers(1, 40))
def test_what_wakes_no_rule_is_within_every_limit(request: dict[str, Any], text: str, limit: int, times: int) -> None:
    request["params"]["messages"].append({"role": "user", "content": text * times})
    params, size = request["params"], len(json.dumps(request, ensure_ascii=False).encode())
    large = large_from(Options(max_tokens_per_request=limit))
    if size <= large and not wakes_by_its_parts(params):
        assert upper_bound(params, size, params["model"]) <= limit
        assert over_limit(params, size, params["model"], limit) is None


@pytest.mark.parametrize("limit", [1, 100, 1_000])
def test_under_a_small_limit_every_request_is_looked_at(limit: int) -> None:
    assert large_from(Options(max_tokens_per_request=limit)) == 0
