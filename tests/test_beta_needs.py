"""What needs a beta header: all that the facts name is found, once for each header; the rest costs nothing."""

from __future__ import annotations

from typing import Any

import pytest

from batchlint.analysis.beta_needs import Need, is_related, mistakes, needs
from batchlint.engine.dispatch import Dispatch
from batchlint.engine.size import SizeLimits
from batchlint.facts import betas
from batchlint.options import Options
from batchlint.request import Request
from batchlint.rules import all_rules

RULE = all_rules()["undeclared-beta"]


def request(params: dict[str, Any]) -> Request:
    return Request({"custom_id": "a", "params": params}, 0, 100, Options())


def with_path(segments: tuple[str, ...]) -> Any:
    """The least value that has a path of `betas.toml`."""
    if not segments:
        return {}
    segment, *rest = segments
    name, asks, wanted = segment.partition("=")
    if segment == "*":
        return [with_path(tuple(rest))]
    return {name: wanted, **with_path(tuple(rest))} if asks else {name: with_path(tuple(rest))}


def everything() -> list[Any]:
    known = betas()
    message: Any = {"role": "assistant"}
    return [
        *(pytest.param({name: {}}, headers, id=name) for name, headers in known.members.items()),
        *(
            pytest.param({"messages": [message | {"content": [{"type": kind}]}]}, headers, id=kind)
            for kind, headers in known.blocks.items()
        ),
        *(pytest.param({"tools": [{"type": kind}]}, headers, id=kind) for kind, headers in known.tools.items()),
        *(pytest.param(with_path(path.segments), path.headers, id="/".join(path.segments)) for path in known.paths),
    ]


@pytest.mark.parametrize(("params", "headers"), everything())
def test_whatever_needs_a_header_is_found_and_triggers_the_rule(
    params: dict[str, Any], headers: tuple[str, ...]
) -> None:
    assert headers in [need.headers for need in needs(request(params))]
    assert Dispatch([RULE], SizeLimits(Options())).by_request(params, 100).rules == (RULE,)


@pytest.mark.parametrize(
    "params",
    [
        {},
        {
            "model": "claude-opus-4-8",
            "max_tokens": 1,
            "system": "Be brief.",
            "messages": [{"role": "user", "content": "Hi"}],
        },
        {
            "tools": [{"name": "a"}],
            "messages": [{"role": "assistant", "content": [{"type": "tool_use"}]}],
            "tool_choice": {},
        },
    ],
)
def test_a_plain_request_does_not_wake_the_rule(params: dict[str, Any]) -> None:
    assert Dispatch([RULE], SizeLimits(Options())).by_request(params, 100).rules == ()


def need(name: str, *headers: str) -> Need:
    return Need(("params", name), name, headers, None)


def test_what_one_header_opens_is_one_mistake_named_by_its_outermost_part() -> None:
    wide, narrow, other = need("wide", "a", "b"), need("narrow", "b"), need("other", "c")
    assert list(mistakes([wide, narrow, other, need("again", "b")])) == [(wide, narrow), (other, other)]
    assert list(mistakes([])) == []


def test_another_release_of_a_header_is_related_to_it() -> None:
    assert is_related(["task-budgets-2027-01-01"], ["task-budgets-2026-03-13"])
    assert not is_related(["compact-2026-01-12", "none"], ["task-budgets-2026-03-13"])
