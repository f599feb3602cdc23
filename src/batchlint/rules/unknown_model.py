"""A model id that the Claude API does not have.

Misspelt ids, ids of other platforms (Bedrock, Google, OpenRouter), ids with an invented date and other providers'
models are not found. An id that begins with `claude-` and is near to none that this version of batchlint knows is
only a warning: it may be newer. `models:` in the configuration teaches batchlint such an id.

The API then answers, for that request only and hours later: `model: claude-opus-4.8` (not_found_error).

Example:

    {"model": "us.anthropic.claude-haiku-4-5-20251001-v1:0", ...}

Instead:

    {"model": "claude-haiku-4-5-20251001", ...}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.edits import Fix, Replace, safe, unsafe
from batchlint.facts import dialects, errors
from batchlint.request import Request
from batchlint.rule import Metadata, Problem, Severity

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("member:model",),
    source="live capture 2026-09-02; docs: about-claude/models/model-ids-and-versions",
    checked="2026-11-23",
    fixes=("safe", "unsafe"),
    ages=True,
)


def check(request: Request) -> Iterator[Problem]:
    model_id = request.params.get("model")
    if request.model is not None or model_id is None:
        return
    from batchlint.analysis.model_ids import what_to_write

    shown = f'"{model_id[:80]}"'
    foreign = dialects().of_model(model_id)
    instead = what_to_write(model_id if foreign is None else foreign.claude_id, request.options.as_of)
    severity: Severity | None = None
    advice = instead or "write the id of a Claude model; batchlint models lists them"
    if foreign is not None:
        message = f"{shown} is a model id of {foreign.name}, not of the Claude API"
    elif instead is not None or not model_id.startswith("claude-"):
        message = f"there is no model {shown}" if model_id else "the model is empty"
    else:
        message = f"the model {shown} is not known to this version of batchlint"
        severity = "warning"
        advice = "write an id that batchlint models lists, or teach it a newer one: `models:` in .batchlint.yaml"
    yield Problem(
        pointer=("params", "model"),
        message=message,
        help=advice,
        api_error=errors().text("model_not_found", model=model_id[:80]) if model_id else errors().text("empty_model"),
        severity=severity,
        fix=_fix(model_id if foreign is None else foreign.claude_id, request),
        variant=model_id[:80],
    )


def _fix(model_id: str | None, request: Request) -> Fix | None:
    """The id that was meant; the successor of a model that is retired is something else than what was wanted."""
    from batchlint.analysis.model_ids import meant_model

    name, model = meant_model(model_id)
    if name is None or model is None:
        return None
    if not model.retired_on(request.options.as_of):
        return safe(Replace(("params", "model"), name))
    return unsafe(Replace(("params", "model"), model.replaced_by)) if model.replaced_by else None
