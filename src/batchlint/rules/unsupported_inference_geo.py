"""An `inference_geo` with a model that has none, or with a region that is not known.

Where a model runs can be chosen from Claude 4.6 on. The regions are `global` and `us`; more are announced, so that
another one is a warning. Which regions your workspace allows is not in the file.

The API then refuses that request only, hours later, with `invalid_request_error`.

Example:

    {"model": "claude-haiku-4-5", "inference_geo": "us", "max_tokens": 1024, "messages": [...]}

Instead:

    {"model": "claude-sonnet-4-6", "inference_geo": "us", "max_tokens": 1024, "messages": [...]}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.edits import Remove, Replace, safe, unsafe
from batchlint.facts import limits
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("member:inference_geo",),
    source="docs: manage-claude/data-residency",
    checked="2026-11-23",
    fixes=("safe", "unsafe"),
)


def check(request: Request) -> Iterator[Problem]:
    geo = request.params.get("inference_geo")
    if geo is None:
        return
    if request.model is not None and request.model.accepts_inference_geo is False:
        yield Problem(
            pointer=("params", "inference_geo"),
            message=f"{request.params['model']} does not take `inference_geo`",
            help="remove it, or use a model from Claude 4.6 on",
            fix=unsafe(Remove(("params", "inference_geo"))),
        )
        return
    geos = limits().inference.geos
    if geo not in geos:
        yield Problem(
            pointer=("params", "inference_geo"),
            message=f'"{geo[:60]}" is not a known region for inference',
            help=f"use one of {', '.join(geos)}",
            severity="warning",
            fix=safe(Replace(("params", "inference_geo"), geo.lower())) if geo.lower() in geos else None,
        )
