"""The model table: one model for each id, silence where nothing is known, misspellings told from other versions."""

from __future__ import annotations

import datetime
import re
from collections import Counter

import pytest

from batchlint.facts import models
from batchlint.facts.model import Model, Models, ThinkingMode

CAPABILITIES = [name for name in Model.__annotations__ if name.startswith("accepts_")]


def model(model_id: str) -> Model:
    found = models().find(model_id)
    assert found is not None
    return found


def test_every_id_and_alias_is_one_model() -> None:
    names = Counter(name for each in models() for name in (each.id, *each.aliases))
    assert [name for name, times in names.items() if times > 1] == []
    for each in models():
        assert all(models().find(name) is each for name in (each.id, *each.aliases))
    assert models().find("claude-9") is None


def test_a_successor_is_a_model_that_is_in_service() -> None:
    for each in models():
        if each.replaced_by is not None:
            successor = model(each.replaced_by)
            assert successor.status == "active", f"{each.id} is replaced by {successor.id}"


def test_statuses_agree_with_the_dates() -> None:
    for each in models():
        assert (each.status == "retired") == each.retired_on(each.checked), each.id
        assert (each.status != "active") == each.deprecated_on(each.checked), each.id


def test_a_model_that_can_do_more_than_its_window_is_a_mistake() -> None:
    for each in models():
        if each.context_window is not None and each.max_output is not None:
            assert each.max_output < each.context_window
        if each.extended_output is not None and each.max_output is not None:
            assert each.extended_output > each.max_output
        if each.default_effort is not None:
            assert each.default_effort in (each.effort_levels or ()), each.id
        for mode in each.thinking.values():
            assert set(mode.efforts or ()) <= set(each.effort_levels or ()), each.id


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("claude-sonet-4-5", "claude-sonnet-4-5"),
        ("claude-sonnet-4.5", "claude-sonnet-4-5"),
        ("claude_opus_5", "claude-opus-5"),
        ("claude-opsu-5", "claude-opus-5"),
        ("Claude Opus 4.5", "claude-opus-4-5"),
        ("CLAUDE-HAIKU-5-5", "claude-haiku-5-5"),
        ("claude-4-5-sonnet", "claude-sonnet-4-5"),
        ("claude-opus-5-20260723", "claude-opus-5"),
        ("claude-sonnet-4-6-20260217", "claude-sonnet-4-6"),
        ("claude-sonnet-4-5-20250930", "claude-sonnet-4-5"),
        ("claude-opus-4.5-20251101", "claude-opus-4-5-20251101"),
        ("claude-opus-5-latest", "claude-opus-5"),
        ("claude-opus-9", None),
        ("claude-opus-5-4", None),
        ("claude-opus-45-5", None),
        ("claude-haiku-5", None),
        ("claude-sonnet-6", None),
        ("claude-opus-5-2026072", None),
        ("claude-opus-6-20270101", None),
        ("gpt-4o", None),
        ("", None),
        ("claude-opus-5" * 100_000, None),
    ],
)
def test_a_misspelt_id_is_distinguished_from_another_version(written: str, meant: str | None) -> None:
    assert models().nearest(written) == meant


def test_what_is_not_known_stays_unknown() -> None:
    old = model("claude-1.3")
    assert {name: getattr(old, name) for name in CAPABILITIES} == dict.fromkeys(CAPABILITIES)
    assert (old.max_output, old.context_window, old.effort_levels, dict(old.thinking)) == (None, None, None, {})
    assert model("claude-haiku-5-5").accepts_forced_tool_choice is None


def test_a_model_takes_capabilities_over_but_never_dates_or_names() -> None:
    like, base = model("claude-sonnet-4-6"), model("claude-opus-4-6")
    assert like.effort_levels == base.effort_levels
    assert (like.temperature_with_top_p, base.temperature_with_top_p) == ("refused", "doubtful")
    assert like.released != base.released
    mythos = model("claude-mythos-5-2")
    assert (mythos.limited, model("claude-fable-5-2").limited) == (True, False)
    assert mythos.refused_tool_types == model("claude-fable-5-2").refused_tool_types != ()
    assert model("claude-opus-4-5").aliases == ("claude-opus-4-5",)


@pytest.mark.parametrize(
    ("model_id", "kind", "effort", "accepted"),
    [
        ("claude-opus-5", "disabled", None, True),
        ("claude-opus-5", "disabled", "high", True),
        ("claude-opus-5", "disabled", "xhigh", False),
        ("claude-haiku-5-5", "disabled", "max", False),
        ("claude-sonnet-5-5", "between_tools", "low", True),
        ("claude-sonnet-5-5", "between_tools", "max", False),
        ("claude-sonnet-5-5", "disabled", None, False),
        ("claude-opus-4-8", "enabled", None, False),
        ("claude-opus-4-6", "enabled", "max", True),
        ("claude-haiku-4-5", "adaptive", None, False),
    ],
)
def test_thinking_depends_on_the_model_and_on_the_effort(
    model_id: str, kind: str, effort: str | None, accepted: bool
) -> None:
    assert model(model_id).thinking[kind].accepts(effort) is accepted


def test_only_one_model_thinks_between_tools() -> None:
    accepting = [each.id for each in models() if each.thinking.get("between_tools", ThinkingMode(False)).accepted]
    assert accepting == ["claude-sonnet-5-5"]


def test_a_model_is_in_service_on_its_last_day() -> None:
    sonnet = model("claude-sonnet-4-5")
    assert sonnet.retires == datetime.date(2026, 11, 30)
    assert not sonnet.retired_on(datetime.date(2026, 11, 30))
    assert sonnet.retired_on(datetime.date(2026, 12, 1))
    assert not sonnet.deprecated_on(datetime.date(2026, 9, 29))
    assert sonnet.deprecated_on(datetime.date(2026, 9, 30))
    assert not model("claude-mythos-preview").retired_on(datetime.date(2030, 1, 1))


def test_models_can_be_counted_and_are_distinguished() -> None:
    pair = Models((model("claude-opus-5"), model("claude-sonnet-5")), models().checked)
    assert (len(pair), [each.id for each in pair]) == (2, ["claude-opus-5", "claude-sonnet-5"])
    assert pair.find("claude-opus-4-8") is None


def test_the_official_client_knows_no_other_models_and_dates() -> None:
    pytest.importorskip("anthropic")
    from typing import get_args

    from anthropic._data import DEPRECATED_MODELS
    from anthropic.types.model import Model as ModelParam

    listed = [name for part in get_args(ModelParam) for name in get_args(part)]
    assert listed
    assert [name for name in listed if models().find(name) is None] == []
    for name, day in DEPRECATED_MODELS.items():
        plain = re.sub(r"(\d)(?:st|nd|rd|th)\b", r"\1", day)
        written = datetime.datetime.strptime(plain, "%B %d, %Y").date()
        assert written in (model(name).retires, model(name).retires_disputed), name
