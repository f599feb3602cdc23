"""A toolset of which every tool is disabled.

`configs` of the toolsets for computer and browser use disables tools one by one. Where none is left, there is nothing
to offer to the model. Some tools of the browser toolset (`file_upload`, `javascript_exec` and two more) are disabled
already.

The API then refuses the request, hours later; its text is not known.

Example:

    {"type": "computer_toolset_20260801", "configs": {
     "cursor_position": {"enabled": false}, "double_click": {"enabled": false}, "hold_key": {"enabled": false},
     "key": {"enabled": false}, "left_click": {"enabled": false}, "left_click_drag": {"enabled": false},
     "left_mouse_down": {"enabled": false}, "left_mouse_up": {"enabled": false}, "middle_click": {"enabled": false},
     "mouse_move": {"enabled": false}, "right_click": {"enabled": false}, "screenshot": {"enabled": false},
     "scroll": {"enabled": false}, "triple_click": {"enabled": false}, "type": {"enabled": false},
     "wait": {"enabled": false}, "zoom": {"enabled": false}}}

Instead: leave out the toolset, or enable what the model is to have.
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
    source="docs: tool-use/tool-reference (client toolsets), browser-use-tool (request errors)",
    checked="2026-11-28",
)


def check(request: Request) -> Iterator[Problem]:
    for toolset in toolsets(request):
        if not toolset.deferred:
            yield Problem(
                pointer=(*toolset.pointer, "configs"),
                message=f"every tool of {toolset.type} is disabled",
                help="leave out the toolset, or enable what the model is to have",
            )
