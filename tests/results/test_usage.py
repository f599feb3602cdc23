"""What answers say of their tokens is added up, and nothing that a file says can make it absurd."""

from __future__ import annotations

from typing import Any

import pytest

from batchlint.results import usage
from batchlint.results.usage import IMPLAUSIBLE, OTHERS, Usage


def message(model: str, **tokens: Any) -> dict[str, Any]:
    """An answer with these tokens."""
    return {"model": model, "usage": tokens}


def test_models_beyond_the_limit_are_counted_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(usage, "MAXIMUM_MODELS", 2)
    total = Usage()
    for model in ("a", "b", "c", "d", "a"):
        total.add(message(model, input_tokens=1, output_tokens=1))
    assert {name: each.answers for name, each in total.by_model.items()} == {"a": 2, "b": 1, OTHERS: 2}


@pytest.mark.parametrize(
    ("tokens", "counted"),
    [(0, 0), (7, 7), (IMPLAUSIBLE - 1, IMPLAUSIBLE - 1), (IMPLAUSIBLE, 0), (-1, 0), ("7", 0), (True, 0), (None, 0)],
)
def test_what_is_not_a_number_of_tokens_counts_as_none(tokens: Any, counted: int) -> None:
    total = Usage()
    total.add(message("a", input_tokens=3, output_tokens=tokens))
    assert total.by_model["a"].output_tokens == counted
    assert total.by_model["a"].input_tokens == 3


def test_the_bound_is_a_number_that_no_answer_takes() -> None:
    assert IMPLAUSIBLE == 1 << 40
    assert usage.MAXIMUM_MODELS == 1_000
