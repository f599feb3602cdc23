"""An `output_config.task_budget` with a model that has none.

Task budgets came with Claude Opus 4.7. Claude Sonnet 5 and the models up to Claude 4.6 do not have them.

The API then refuses that request only, hours later, with `invalid_request_error`.

Example:

    {"model": "claude-sonnet-4-6", "output_config": {"task_budget": {"type": "tokens", "total": 50000}}, ...}

Instead:

    {"model": "claude-opus-4-8", "output_config": {"task_budget": {"type": "tokens", "total": 50000}}, ...}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("member:output_config.task_budget",),
    source="docs: build-with-claude/task-budgets",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    if request.model is None or request.model.accepts_task_budget is not False:
        return
    if (request.params.get("output_config") or {}).get("task_budget"):
        yield Problem(
            pointer=("params", "output_config", "task_budget"),
            message=f"{request.params['model']} does not take a task budget",
            help="remove `task_budget`; `max_tokens` limits the answer on every model",
        )
