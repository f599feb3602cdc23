"""The triggers of a request, and that what was clean once is not taken for clean with another value."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from batchlint.engine import Engine
from batchlint.library import check_requests
from batchlint.options import Options
from batchlint.rules import all_rules
from batchlint.sources import source_of_bytes
from batchlint.triggers import triggers
from tests.engine.ways import short_way


def test_fields_of_thinking_and_output_config_are_triggers() -> None:
    params = {
        "thinking": {"type": "adaptive", "display": "omitted"},
        "output_config": {"effort": None},
        "metadata": {"a": 1},
    }
    assert triggers(params) == {"member:thinking.type", "member:thinking.display", "member:output_config.effort"}


@pytest.mark.parametrize("params", [{}, {"thinking": None, "output_config": {}}])
def test_what_is_absent_or_empty_is_not_a_trigger(params: dict[str, Any]) -> None:
    assert triggers(params) == set()


@pytest.mark.parametrize(
    ("clean", "broken", "rule"),
    [
        ({"output_config": {"effort": "high"}}, {"output_config": {"effort": "xhigh"}}, "unsupported-effort"),
        ({"thinking": {"type": "adaptive"}}, {"thinking": {"type": "between_tools"}}, "unsupported-thinking-type"),
        (
            {"thinking": {"type": "enabled", "budget_tokens": 1024}},
            {"thinking": {"type": "enabled", "budget_tokens": 9000}},
            "thinking-budget-over-max-tokens",
        ),
        (
            {"thinking": {"type": "disabled"}, "temperature": 0.2},
            {"thinking": {"type": "adaptive"}, "temperature": 0.2},
            "sampling-with-thinking",
        ),
        ({"inference_geo": "us"}, {"inference_geo": "eu"}, "unsupported-inference-geo"),
    ],
)
def test_another_value_in_a_request_of_the_same_shape_is_looked_at(
    clean: dict[str, Any], broken: dict[str, Any], rule: str
) -> None:
    base = {"model": "claude-sonnet-4-6", "max_tokens": 4096, "messages": [{"role": "user", "content": "Hello"}]}
    items = [{"custom_id": str(index), "params": base | own} for index, own in enumerate((clean, clean, broken, clean))]
    source = source_of_bytes("\n".join(map(json.dumps, items)).encode())
    engine = Engine(Options(api_version="2023-06-01", as_of=date(2026, 11, 23)), list(all_rules().values()))
    with short_way():
        assert [(finding.index, finding.rule.name) for finding in engine.check(source)] == [(2, rule)]


@pytest.mark.parametrize(("tools", "found"), [(None, ["wrong-type"] * 3), ([], [])])
def test_no_tools_may_be_written_out(tools: object, found: list[str]) -> None:
    """The members that rules read are compared from request to request, whatever they are."""
    params = {"model": "claude-opus-4-8", "max_tokens": 1, "messages": [{"role": "user", "content": "Hi"}]}
    requests = [{"custom_id": f"a-{number}", "params": {**params, "tools": tools}} for number in range(3)]
    assert [each.rule.name for each in check_requests(requests)] == found
