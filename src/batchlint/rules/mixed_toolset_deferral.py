"""A toolset with some of its members deferred and some not.

The members of a toolset for computer or browser use are loaded together or found together, so `defer_loading` has to be
the same for all that `configs` names.

The API then refuses the request, hours later; its text is not known.

Example:

    {"type": "computer_toolset_20260801", "configs": {"zoom": {"defer_loading": true}, "key": {"defer_loading": false}}}

Instead:

    {"type": "computer_toolset_20260801", "configs": {"zoom": {"enabled": false}}}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    wakes_on=("tool:computer_toolset_20260801", "tool:browser_toolset_20260801"),
    source="docs: tool-use/computer-use-tool",
    checked="2026-11-23",
    reads=("tools",),
)


def check(request: Request) -> Iterator[Problem]:
    for index, tool in enumerate(request.params.get("tools") or ()):
        if "_toolset_" not in (tool.get("type") or ""):
            continue
        configs = tool.get("configs") or {}
        stated = {name: config["defer_loading"] for name, config in configs.items() if _states_deferral(config)}
        if len(set(stated.values())) > 1:
            first = next(iter(stated.values()))
            other = next(name for name, deferred in stated.items() if deferred is not first)
            yield Problem(
                pointer=("params", "tools", index, "configs", other, "defer_loading"),
                message="some members of the toolset are deferred, and some are not",
                help="write the same `defer_loading` for all of them",
            )


def _states_deferral(config: object) -> bool:
    return isinstance(config, dict) and config.get("defer_loading") is not None
