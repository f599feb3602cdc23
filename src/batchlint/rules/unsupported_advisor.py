"""An advisor that the model cannot be given.

The advisor tool lets a model ask another one while it works. That one has to be a Claude model in service, Claude
Sonnet 4.6 or a more able one, and at least as able as the model that asks it. A model that is newer than the documented
pairs is taken to be as able as the one before it, which is a warning.

The API then answers, for that request only and hours later: `tools.0.model: 'claude-opus-4-6' cannot be used as an
advisor when the request model is 'claude-opus-4-8'.` What it answers to a name that is no model is not known.

Example:

    {"model": "claude-opus-4-8",
     "tools": [{"type": "advisor_20260301", "name": "advisor", "model": "claude-opus-4-6"}], ...}

Instead:

    {"model": "claude-opus-4-8",
     "tools": [{"type": "advisor_20260301", "name": "advisor", "model": "claude-opus-5"}], ...}
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from batchlint.analysis.advisors import Advisor, advisors
from batchlint.facts import advisors as known
from batchlint.facts import errors
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("tool:advisor_20260301",),
    source="docs: tool-use/advisor-tool, models/sonnet-5-5; anthropics/claude-code 67764 and others (text)",
    checked="2026-11-28",
)


def check(request: Request) -> Iterator[Problem]:
    asking = request.model
    day = request.options.as_of
    for advisor in advisors(request):
        if advisor.model is None or advisor.model.retired_on(day):
            yield _out_of_service(advisor, day)
        elif asking is not None and not asking.retired_on(day):
            yield from _too_weak(request.params["model"], asking.id, advisor, advisor.model.id)


def _out_of_service(advisor: Advisor, day: date) -> Problem:
    from batchlint.analysis.model_ids import what_to_write

    model, shown = advisor.model, f'"{advisor.name[:80]}"'
    instead = f"use {model.replaced_by}" if model and model.replaced_by else what_to_write(advisor.name, day)
    newer = model is None and instead is None and advisor.name.startswith("claude-")
    unknown = (
        f"the advisor {shown} is not known to this version of batchlint" if newer else f"there is no model {shown}"
    )
    return Problem(
        pointer=("params", "tools", advisor.position, "model"),
        message=f"the advisor {shown} was retired on {model.retires}" if model else unknown,
        help=instead or "write the id of a Claude model; batchlint models lists them",
        severity="warning" if newer else None,
    )


def _too_weak(name: str, model_id: str, advisor: Advisor, advisor_id: str) -> Iterator[Problem]:
    refusal = known().refusal(model_id, advisor_id)
    if refusal is not None:
        verb, floor = "perhaps cannot" if refusal == "perhaps weaker" else "cannot", refusal == "too weak"
        yield Problem(
            pointer=("params", "tools", advisor.position, "model"),
            message=f"{advisor.name} {verb} " + ("be an advisor" if floor else f"advise {name}"),
            help=f"use {known().weakest} or a more able model"
            if floor
            else f"use one that is at least as able as {name}",
            api_error=errors().text("advisor_refused", index=advisor.position, advisor=advisor.name, model=name),
            severity="warning" if refusal == "perhaps weaker" else None,
        )
