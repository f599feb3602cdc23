"""The scanner's checks say what those in Python say, or leave a request to them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from batchlint.engine.scanning import limits_of
from batchlint.engine.usual_checks import ALWAYS, CHECKS, DEEP
from batchlint.engine.usual_schema import usual_schema
from batchlint.engine.usual_tool_use import BY_SERVER
from batchlint.options import Options
from batchlint.tokens.bound import closer_bound, largest_costs, upper_bound
from batchlint.triggers import parts_of
from tests.engine.scanning import needs_scanner, of_params, scanner, verdict
from tests.strategies.usual_requests import usual_requests

pytestmark = needs_scanner
Json = dict[str, Any]
ANYTHING: Json = of_params({"type": "object"})
BY_NAME = {check.__name__: (check, triggers) for check, triggers in CHECKS}
UNUSUAL = object()
SERVER_RESULTS = {kind: "result" for kind in BY_SERVER if kind not in ("server_tool_use", "tool_search_tool_result")}
"""What the scanner does not tell apart."""


def text(params: Json) -> bytes:
    return json.dumps(params, ensure_ascii=False).encode("utf-8", "surrogatepass")


def kinds(params: Json) -> set[str]:
    """The kinds of the content blocks of messages, and whether the system speaks there."""
    found = {message["role"] for message in params["messages"]} & {"system"}
    waiting = [block for message in params["messages"] for block in message["content"] if isinstance(block, dict)]
    while waiting:
        block = waiting.pop()
        found.add(SERVER_RESULTS.get(block["type"], block["type"]))
        if block["type"] == "tool_result" and isinstance(block.get("content"), list):
            waiting += block["content"]
    return found


def reference(name: str, params: Json) -> Any:
    """What the check in Python says, of a request that the usual schema takes."""
    check, triggers = BY_NAME[name]
    present = {*parts_of(params), *(f"member:{member}" for member in params)}
    if triggers is not ALWAYS and triggers.isdisjoint(present):
        return ""
    answer = check(params)
    return UNUSUAL if answer is None else answer.replace(DEEP, "")  # That is for another check in Python.


@pytest.mark.parametrize("name", sorted(BY_NAME))
@given(data=st.data())
def test_a_check_says_the_same(name: str, data: st.DataObject) -> None:
    one, other = (data.draw(usual_requests()) for _ in range(2))
    is_taken = usual_schema("2023-06-01").takes
    if not (is_taken(one) and is_taken(other)):
        return
    native = scanner(ANYTHING | {"x-checks": [name]})
    answers = [reference(name, each["params"]) for each in (one, other)]
    for request, answer in zip((one, other), answers, strict=True):
        assert verdict(native, text(request["params"])) == ("other" if answer is UNUSUAL else "usual")
    if UNUSUAL not in answers:
        assert verdict(native, text(one["params"])) == "usual"
        native.learn(0)
        same_members = set(one["params"]) == set(other["params"])
        same_kinds = kinds(one["params"]) == kinds(other["params"])
        expected = "known" if same_members and same_kinds and answers[0] == answers[1] else "usual"
        assert verdict(native, text(other["params"])) == expected


words = st.sampled_from(
    ["the ", "word ", "Longer, ", "\n", '"', "12 ", "Привет ", "漢字", "カナ", "é", "😀", "xyzzy" * 9, "\\", "\u0001"]
)
texts = st.builds(lambda some, times: "".join(some) * times, st.lists(words, max_size=12), st.integers(0, 200))


@given(usual_requests(), st.lists(texts, min_size=1, max_size=4), st.integers(3_000, 40_000), st.booleans())
def test_a_request_that_may_be_over_the_limit_is_left(
    request: Json, added: list[str], most_tokens: int, escaped: bool
) -> None:
    """What the scanner takes for short enough is so for the rules, which ask for less and less rough bounds."""
    params = request["params"]
    for place, each in enumerate(added):
        params["messages"].append({"role": ("assistant", "user")[place % 2], "content": each})
    limits = limits_of(Options(max_tokens_per_request=most_tokens))
    raw = json.dumps(params, ensure_ascii=escaped).encode("utf-8", "surrogatepass")
    size = len(raw) + len('{"custom_id":"a","params":}')
    bounds = upper_bound(params, size, params["model"]), closer_bound(params, params["model"])
    answer = verdict(scanner(ANYTHING | {"x-checks": ["size"]}, **limits), raw)
    if answer == "usual":
        assert min(bounds) <= most_tokens
    elif not params.keys() & {"tools", "output_config", "output_format"} and "\\ud8" not in ascii(raw):
        assert bounds[1] + DEAREST > most_tokens


DEAREST = sum(largest_costs().values())
"""Tokens by which the bound of the dearest model may be above that of the one that is named, for a few short blocks."""
