"""What is to be written for a model id that is none."""

from __future__ import annotations

import datetime

import pytest

from batchlint.analysis.model_ids import what_to_write
from batchlint.facts import models

DAY = datetime.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("model_id", "instead"),
    [
        ("claude-opus-4-8", "write claude-opus-4-8"),
        ("Claude-Opus-4-8 ", "write claude-opus-4-8"),
        ("claude-opus-4.8", "write claude-opus-4-8"),
        ("claude-sonet-4-6", "write claude-sonnet-4-6"),
        ("claude-4-6-sonnet", "write claude-sonnet-4-6"),
        ("claude-opus-5-20260723", "write claude-opus-5"),
        ("claude-haiku-4-5-latest", "write claude-haiku-4-5"),
    ],
)
def test_the_known_id_that_was_meant_is_named(model_id: str, instead: str) -> None:
    assert what_to_write(model_id, DAY) == instead


@pytest.mark.parametrize("model_id", [None, "", "claude-opus-9", "claude-fable", "my-model", "claude-" + "x" * 1000])
def test_what_is_near_to_nothing_gets_no_guess(model_id: str | None) -> None:
    assert what_to_write(model_id, DAY) is None


def test_a_retired_model_is_named_with_its_successor() -> None:
    instead = what_to_write("claude-3-opus", DAY)
    assert instead is not None
    assert "claude-3-opus-20240229" in instead
    assert "claude-opus-4-8" in instead
    assert what_to_write("claude-3-opus", datetime.date(2025, 1, 1)) == "write claude-3-opus-20240229"


def test_every_id_and_alias_is_written_as_it_is() -> None:
    for model in models():
        for name in (model.id, *model.aliases):
            instead = what_to_write(name, DAY)
            assert instead is not None
            assert name in instead
