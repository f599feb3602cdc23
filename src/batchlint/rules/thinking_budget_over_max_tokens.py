"""A thinking budget that is not below `max_tokens`.

Thinking counts as output, so `max_tokens` has to leave room for the answer. Only interleaved thinking lets the budget
go beyond, since it is then for a whole loop of tools: it takes the header interleaved-thinking-2025-05-14, tools, and
a model that has it (Claude Opus 4.5, Sonnet 4.5, Sonnet 4.6). As long as the header is not known to be sent
(`--beta`), such a budget is a warning where your program runs one of the tools, and an error where Anthropic runs
them all, so that one request is the whole loop.

The API then answers, for that request only and hours later: `` `max_tokens` must be greater than
`thinking.budget_tokens`. ``

Example:

    {"model": "claude-haiku-4-5", "max_tokens": 4096, "thinking": {"type": "enabled", "budget_tokens": 8000}, ...}

Instead:

    {"model": "claude-haiku-4-5", "max_tokens": 12000, "thinking": {"type": "enabled", "budget_tokens": 8000}, ...}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.thinking import is_accepted, thinking_of
from batchlint.facts import errors, limits, tools
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("member:thinking.budget_tokens",),
    source="docs: build-with-claude/extended-thinking; recorded refusal 2026-02-04",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    thinking, max_tokens = thinking_of(request), request.params.get("max_tokens")
    budget = thinking.get("budget_tokens") if thinking.get("type") == "enabled" else None
    if budget is None or max_tokens is None or budget < max_tokens or is_accepted(request) is False:
        return
    header = limits().api.interleaved_thinking_header
    declared = request.options.opening
    may_interleave = bool(request.tools) and (request.model is None or request.model.interleaved_thinking is not False)
    if may_interleave and declared is not None and header in declared:
        return
    doubtful = may_interleave and declared is None and not _all_run_by_anthropic(request)
    yield Problem(
        pointer=("params", "max_tokens"),
        message=f"`max_tokens` is {_count(max_tokens)}, and thinking alone may take {_count(budget)}"
        + (f": that needs the anthropic-beta header {header}" if doubtful else ""),
        help="raise `max_tokens` above the budget, or lower the budget",
        api_error=errors().text("budget_above_max_tokens"),
        severity="warning" if doubtful else None,
    )


def _all_run_by_anthropic(request: Request) -> bool:
    found = [tools().find(tool.get("type") or "custom") for _, tool in request.tools]
    return all(tool is not None and tool.side == "server" for tool in found)


def _count(tokens: int) -> str:
    return f"{tokens:,}"[:40]
