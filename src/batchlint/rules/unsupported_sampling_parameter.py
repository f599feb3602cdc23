"""temperature, top_p or top_k with a model that does not take it.

Models from Claude Opus 4.7 on choose for themselves: they refuse `top_p`, `top_k` and every `temperature` but 1.
Documented is that defaults pass; `top_p: 1` was seen to be refused all the same, which is why it is a warning. Models
from Claude Opus 4.1 to 4.6 take these parameters, but not the `top_p: -1` by which some clients mean "not set".

The API then answers, for that request only and hours later: `` `temperature` is deprecated for this model. ``

Example:

    {"model": "claude-opus-4-8", "temperature": 0, "max_tokens": 1024, "messages": [...]}

Instead:

    {"model": "claude-opus-4-8", "max_tokens": 1024, "messages": [...]}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.sampling import Certainty, given, refused_by_model
from batchlint.edits import Remove, unsafe
from batchlint.facts import errors
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("member:temperature", "member:top_p", "member:top_k"),
    source="docs: thinking; mnfst/modelparams.dev 238 (probe 2026-08-17); FlowiseAI/Flowise 5136 (top_p -1)",
    checked="2026-11-23",
    fixes=("unsafe",),
)


def check(request: Request) -> Iterator[Problem]:
    refused = request.once(refused_by_model)
    if not refused:
        return
    model, values = request.params["model"], given(request)
    default_only = request.model is not None and request.model.sampling == "default-only"
    for name, certainty in refused.items():
        yield Problem(
            pointer=("params", name),
            message=_message(model, name, values[name], default_only, certainty),
            help=f"remove `{name}`",
            api_error=errors().text("sampling_deprecated" if default_only else "top_p_unset", member=name),
            severity=certainty,
            fix=unsafe(Remove(("params", name))),
        )


def _message(model: str, name: str, value: float, default_only: bool, certainty: Certainty) -> str:
    if not default_only:
        return f"{model} takes no `{name}` of {value:g}"
    if certainty == "warning":
        return f"{model} takes no `{name}`, perhaps not even {value:g}"
    return f"{model} takes no `{name}`" + (f" but 1; it is {value:g}" if name == "temperature" else "")
