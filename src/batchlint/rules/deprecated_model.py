"""A model that will be retired soon.

It still answers on the day of submission (today, or `--as-of`). The announced day of retirement is in the finding.

Example: `"model": "claude-sonnet-4-5"` on 2026-11-23, a week before its retirement.

Instead: the model that the finding names, or another one that is in service.
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.edits import Replace, unsafe
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="warning",
    impact="request",
    since="0.1.0",
    triggers=("member:model",),
    source="docs: about-claude/model-deprecations; Python SDK",
    checked="2026-11-23",
    fixes=("unsafe",),
    ages=True,
)


def check(request: Request) -> Iterator[Problem]:
    model, day = request.model, request.options.as_of
    if model is None or model.retired_on(day):
        return
    if model.retires_disputed is not None and day >= model.retires_disputed:
        message = f"{request.params['model']} may have been retired on {model.retires_disputed}: sources disagree"
    elif model.deprecated_on(day):
        when = f"and retires on {model.retires}" if model.retires else "and will be retired"
        message = f"{request.params['model']} is deprecated {when}"
    else:
        return
    yield Problem(
        pointer=("params", "model"),
        message=message,
        help=f"use {model.replaced_by}" if model.replaced_by else "use a newer model (batchlint models lists them)",
        fix=unsafe(Replace(("params", "model"), model.replaced_by)) if model.replaced_by else None,
        variant=request.params["model"],
    )
