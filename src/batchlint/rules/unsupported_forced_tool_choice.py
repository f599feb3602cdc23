"""A forced `tool_choice` on a model that takes none.

With `{"type": "any"}` or `{"type": "tool"}` the model has to call a tool. Some models choose for themselves only.

The API then answers, for that request only and hours later: `tool_choice: type "tool" and "any" are not supported for
this model.`

Example:

    {"model": "claude-opus-5-5", "tool_choice": {"type": "any"}, ...}

Instead: `"tool_choice": {"type": "auto"}` and a sentence in the prompt that asks for the tool, or
`output_config.format` where the tool was only there to give the answer a form.
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.facts import errors
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("member:tool_choice",),
    source="docs: what's new in the 5.1 and 5.5 models; issue threads of 2026",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    model = request.model
    kind = (request.params.get("tool_choice") or {}).get("type")
    if model is None or model.accepts_forced_tool_choice is not False or kind not in ("any", "tool"):
        return
    yield Problem(
        pointer=("params", "tool_choice"),
        message=f'{model.id} cannot be forced to call a tool: `tool_choice` may not be of type "{kind}"',
        help='write {"type": "auto"} and ask for the tool in the prompt',
        api_error=errors().text("forced_tool_choice"),
    )
