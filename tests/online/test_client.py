"""What the SDK's errors mean here, and how long is waited."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from batchlint.online.client import is_online_error, reason, was_never_sent
from batchlint.online.create import LONGEST_WAIT, wait_of


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after-ms": "250"}, 0.25),
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": "100000"}, LONGEST_WAIT),
        ({"retry-after": "-5"}, 0.0),
        ({"retry-after": "Wed, 21 Oct 2026 07:28:00 GMT"}, 2.0),
        ({}, 2.0),
    ],
)
def test_the_wait_is_what_the_api_asks_for_or_grows(headers: dict[str, str], seconds: float) -> None:
    error = Exception()
    error.response = SimpleNamespace(headers=headers)  # type: ignore[attr-defined]
    assert wait_of(error, 2) == seconds


def test_an_answer_without_json_is_recognised_by_its_status() -> None:
    """As 413, which does not come from the API itself."""
    import anthropic

    response = SimpleNamespace(request=None, status_code=413, headers={})
    error = anthropic.APIStatusError("<html>", response=response, body="<html>")  # type: ignore[arg-type]
    assert reason(error) == "413: no JSON in the answer"
    assert "html" not in reason(error)


def test_other_exceptions_are_none_of_the_sdk() -> None:
    assert not is_online_error(ValueError())
    assert not was_never_sent(ValueError())
