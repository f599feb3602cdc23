"""More max_tokens for an advisor than its model can write.

`max_tokens` of the advisor tool bounds each of its answers, and may not be more than that model writes at most
(`batchlint models` shows it).

The API then refuses that request only, hours later, with `invalid_request_error`; its text is not known.

Example:

    "tools": [{"type": "advisor_20260301", "name": "advisor", "model": "claude-opus-5", "max_tokens": 200000}]

Instead:

    "tools": [{"type": "advisor_20260301", "name": "advisor", "model": "claude-opus-5", "max_tokens": 2048}]
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.advisors import advisors
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("tool:advisor_20260301",),
    source="docs: tool-use/advisor-tool (capping advisor output)",
    checked="2026-11-28",
)


def check(request: Request) -> Iterator[Problem]:
    for advisor in advisors(request):
        model, wanted = advisor.model, advisor.max_tokens
        if model is None or wanted is None or model.max_output is None or wanted <= model.max_output:
            continue
        if model.retired_on(request.options.as_of):  # The model that takes its place has a limit of its own.
            continue
        yield Problem(
            pointer=("params", "tools", advisor.position, "max_tokens"),
            message=f"max_tokens of the advisor is {wanted:,}; {advisor.name} writes at most {model.max_output:,}",
            help=f"write {model.max_output} or less; 2048 is the documented starting point",
        )
