"""temperature and top_p together, with a model that takes only one of them.

From Claude Opus 4.1 on, models want one way of sampling. That Claude Opus 4.6 does is inferred from the others, and a
warning.

The API then answers, for that request only and hours later: `` `temperature` and `top_p` cannot both be specified for
this model. Please use only one. ``

Example:

    {"model": "claude-haiku-4-5", "temperature": 0.2, "top_p": 0.9, "max_tokens": 1024, "messages": [...]}

Instead:

    {"model": "claude-haiku-4-5", "temperature": 0.2, "max_tokens": 1024, "messages": [...]}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.sampling import refused_together
from batchlint.edits import Remove, unsafe
from batchlint.facts import errors
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("member:top_p",),
    source="issues that quote it: open-webui/open-webui 17922, BerriAI/litellm 15097, skydiscover-ai/skydiscover 15",
    checked="2026-11-23",
    fixes=("unsafe",),
)


def check(request: Request) -> Iterator[Problem]:
    certainty = refused_together(request)
    if certainty is None:
        return
    verb = "takes" if certainty == "error" else "probably takes"
    yield Problem(
        pointer=("params", "top_p"),
        message=f"{request.params['model']} {verb} either `temperature` or `top_p`, not both",
        help="remove `top_p`, or `temperature`",
        api_error=errors().text("temperature_with_top_p"),
        severity=certainty,
        fix=unsafe(Remove(("params", "top_p"))),
    )
