"""An `output_config.task_budget` below the smallest that is accepted.

A task budget is for a whole loop of thinking, tools and answer: its `total` is at least 20,000 tokens on every model
that takes one.

The API then refuses that request only, hours later, with `invalid_request_error`.

Example:

    {"model": "claude-opus-4-8", "output_config": {"task_budget": {"type": "tokens", "total": 5000}}, ...}

Instead:

    {"model": "claude-opus-4-8", "output_config": {"task_budget": {"type": "tokens", "total": 20000}}, ...}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.facts import limits
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("member:output_config.task_budget",),
    source="docs: build-with-claude/task-budgets (values below the minimum return a 400 error)",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    budget = (request.params.get("output_config") or {}).get("task_budget")
    total = budget.get("total") if budget else None
    if total is None or (request.model is not None and request.model.accepts_task_budget is False):
        return
    minimum = limits().thinking.minimum_task_budget
    if total < minimum:
        yield Problem(
            pointer=("params", "output_config", "task_budget", "total"),
            message=f"a task budget of {total:,} tokens is below the smallest, {minimum:,}",
            help=f"raise it to {minimum:,} or more, or limit the answer with `max_tokens` instead",
        )
