"""A toolset with some of its tools deferred and some not.

The tools of a toolset for computer or browser use are loaded together or found together, so `defer_loading` has to be
the same for all that are enabled. A tool that `configs` does not name is enabled and not deferred, but for the few
tools of the browser toolset that are disabled by default.

The API then refuses the request, hours later; its text is not known.

Example:

    {"type": "computer_toolset_20260801", "configs": {"zoom": {"defer_loading": true}}}

Instead:

    {"type": "computer_toolset_20260801", "configs": {"zoom": {"enabled": false}}}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.toolsets import toolsets
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("tool:computer_toolset_20260801", "tool:browser_toolset_20260801"),
    source="docs: tool-use/tool-reference (client toolsets), computer-use-tool, browser-use-tool",
    checked="2026-11-28",
)


def check(request: Request) -> Iterator[Problem]:
    for toolset in toolsets(request):
        deferred = [name for name, value in toolset.deferred.items() if value]
        others = [name for name, value in toolset.deferred.items() if not value]
        if deferred and others:
            rest = f"`{others[0]}`" + (f" and {len(others) - 1} more" if len(others) > 1 else "")
            yield Problem(
                pointer=(*toolset.pointer, "configs", deferred[0], "defer_loading"),
                message=f"`{deferred[0]}` is deferred, and other enabled tools of the toolset are not: {rest}",
                help="write the same `defer_loading` for all tools that are enabled, or leave it out",
            )
