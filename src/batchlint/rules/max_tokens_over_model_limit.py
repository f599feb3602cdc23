"""More max_tokens than the model can write.

Every model has a highest `max_tokens` (`batchlint models` shows it). In a batch, some take up to 300,000 when it is
created with the header `anthropic-beta: output-300k-2026-03-24`; whether it will be is not in the file, so that is a
warning, unless `--beta` says it.

The API then answers, for that request only and hours later: `max_tokens: 100000 > 64000, which is the maximum allowed
number of output tokens for claude-haiku-4-5-20251001`.

Example:

    {"model": "claude-haiku-4-5", "max_tokens": 100000, "messages": [...]}

Instead:

    {"model": "claude-haiku-4-5", "max_tokens": 64000, "messages": [...]}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.edits import Replace, unsafe
from batchlint.facts import errors, limits
from batchlint.request import Request
from batchlint.rule import Metadata, Problem, Severity

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("member:max_tokens",),
    source="live capture 2026-09-02; docs: about-claude/models/overview, build-with-claude/batch-processing",
    checked="2026-11-23",
    fixes=("unsafe",),
)


def check(request: Request) -> Iterator[Problem]:
    model = request.model
    wanted = request.params.get("max_tokens")
    if model is None or wanted is None or model.max_output is None or wanted <= model.max_output:
        return
    if model.retired_on(request.options.as_of):  # The model that takes its place has a limit of its own.
        return
    header, betas = limits().api.extended_output_header, request.options.opening
    limit, name = model.max_output, request.params["model"]
    message = f"max_tokens is {wanted:,}; {name} writes at most {limit:,}"
    help_ = f"write {limit} or less"
    severity: Severity | None = None
    if model.extended_output is not None and wanted <= model.extended_output:
        if betas is not None and header in betas:
            return
        severity = "warning" if betas is None else None
        message += f" without the header anthropic-beta: {header}"
        help_ += f", or create the batch with that header and say so here: --beta {header}"
    elif model.extended_output is not None:
        message += f", or {model.extended_output:,} with a beta header"
    yield Problem(
        pointer=("params", "max_tokens"),
        message=message,
        help=help_,
        api_error=errors().text("max_tokens_above_model", found=wanted, limit=limit, model=model.id),
        severity=severity,
        fix=unsafe(Replace(("params", "max_tokens"), limit)) if severity is None else None,
    )
