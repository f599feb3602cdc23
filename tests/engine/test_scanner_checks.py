"""The scanner's checks say what those in Python say, or leave a request to them."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from batchlint.engine.usual_checks import ALWAYS, CHECKS
from batchlint.engine.usual_schema import usual_schema
from batchlint.triggers import parts_of
from tests.engine.scanning import needs_scanner, of_params, scanner, verdict
from tests.strategies import conversations
from tests.strategies.usual_requests import usual_requests

pytestmark = needs_scanner
Json = dict[str, Any]
ANYTHING: Json = of_params({"type": "object"})
BY_NAME = {check.__name__: (check, triggers) for check, triggers in CHECKS}
UNUSUAL = object()


def text(params: Json, ascii: bool = False) -> bytes:
    return json.dumps(params, ensure_ascii=ascii).encode("utf-8", "surrogatepass")


def reference(name: str, params: Json) -> Any:
    """What the check in Python says, of a request that the usual schema takes."""
    check, triggers = BY_NAME[name]
    if triggers is not ALWAYS and triggers.isdisjoint(parts_of(params)):
        return ""
    answer = check(params)
    return UNUSUAL if answer is None else answer


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
        native.learn()
        same_members = set(one["params"]) == set(other["params"])
        expected = "known" if same_members and answers[0] == answers[1] else "usual"
        assert verdict(native, text(other["params"])) == expected
