"""A model that is retired on the day of submission.

A retired model answers no more. The day is today, or that of `--as-of`.

The API then answers, for that request only and hours later: `model: claude-3-opus-20240229` (not_found_error).

Example:

    {"model": "claude-3-opus-20240229", ...}

Instead: a model that is in service (`batchlint models` lists them).
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.edits import Replace, unsafe
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
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
    if model is None or not model.retired_on(day):
        return
    yield Problem(
        pointer=("params", "model"),
        message=f"{request.params['model']} was retired on {model.retires}",
        help=f"use {model.replaced_by}"
        if model.replaced_by
        else "use a model that is in service (batchlint models lists them)",
        api_error=f"model: {request.params['model']}",
        fix=unsafe(Replace(("params", "model"), model.replaced_by)) if model.replaced_by else None,
        variant=request.params["model"],
    )
