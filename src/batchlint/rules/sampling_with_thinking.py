"""temperature, top_p or top_k at a value that thinking excludes.

Models up to Claude 4.6 take these parameters, but while they think `temperature` has to be 1, `top_p` at least 0.95,
and `top_k` has to be absent. (Newer models do not take them at all: `unsupported-sampling-parameter`.)

The API then answers, for that request only and hours later: `` `temperature` may only be set to 1 when thinking is
enabled or in adaptive mode. ``

Example:

    {"model": "claude-haiku-4-5", "thinking": {"type": "enabled", "budget_tokens": 2000}, "temperature": 0, ...}

Instead:

    {"model": "claude-haiku-4-5", "thinking": {"type": "enabled", "budget_tokens": 2000}, ...}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.sampling import PARAMETERS, refused_while_thinking
from batchlint.edits import Remove, unsafe
from batchlint.facts import errors, limits
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("member:temperature", "member:top_p", "member:top_k"),
    source="docs: build-with-claude/thinking; quarkiverse/quarkus-langchain4j 1812, MartialBE/one-hub 529",
    checked="2026-11-23",
    fixes=("unsafe",),
)


def check(request: Request) -> Iterator[Problem]:
    refused = request.once(refused_while_thinking)
    if not refused:
        return
    bounds = limits().sampling
    demands = {
        "temperature": f"has to be {bounds.thinking_temperature:g} while thinking is on",
        "top_p": f"has to be at least {bounds.thinking_minimum_top_p:g} while thinking is on",
        "top_k": "has to be absent while thinking is on",
    }
    for name in PARAMETERS:
        if name in refused:
            yield Problem(
                pointer=("params", name),
                message=f"`{name}` {demands[name]}",
                help=f"remove `{name}`, or turn thinking off",
                api_error=errors().text(f"{name}_while_thinking"),
                fix=unsafe(Remove(("params", name))),
            )
