"""The sampling parameters of a request, and which are refused: each for one reason, so that one rule speaks of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from batchlint.analysis.thinking import is_accepted, thinking_of
from batchlint.facts import limits
from batchlint.request import Request

PARAMETERS = ("temperature", "top_p", "top_k")
UNSET = -1
"""What older clients write where they mean nothing; older models take it so."""
Certainty = Literal["error", "warning"]


def given(request: Request) -> Mapping[str, float]:
    """The sampling parameters that the request has."""
    return {name: request.params[name] for name in PARAMETERS if request.params.get(name) is not None}


def refused_by_model(request: Request) -> Mapping[str, Certainty]:
    """The parameters that the model refuses; a warning where sources disagree whether it takes just this value."""
    model, values = request.model, given(request)
    if model is None:
        return {}
    if model.sampling == "default-only":
        return {name: certainty for name, value in values.items() if (certainty := _beside_default(name, value))}
    if values.get("top_p") == UNSET and model.temperature_with_top_p in ("refused", "doubtful"):
        return {"top_p": "error" if model.temperature_with_top_p == "refused" else "warning"}
    return {}


def _beside_default(name: str, value: float) -> Certainty | None:
    defaults = limits().sampling
    if name == "temperature":
        return None if value == defaults.default_temperature else "error"
    is_default = value == (defaults.default_top_p if name == "top_p" else UNSET)
    return "warning" if is_default else "error"


def refused_while_thinking(request: Request) -> frozenset[str]:
    """The parameters that a model takes, though not with these values while it thinks."""
    model = request.model
    on = thinking_of(request).get("type") in ("enabled", "adaptive") and is_accepted(request)
    if not on or model is None or model.sampling != "free":
        return frozenset()
    values, bounds = given(request), limits().sampling
    wrong = {
        "temperature": values.get("temperature", bounds.thinking_temperature) != bounds.thinking_temperature,
        "top_p": UNSET != values.get("top_p", UNSET) < bounds.thinking_minimum_top_p,
        "top_k": values.get("top_k", UNSET) != UNSET,
    }
    return frozenset(name for name, is_wrong in wrong.items() if is_wrong)


def refused_together(request: Request) -> Certainty | None:
    """Whether the model refuses top_p next to temperature, where each alone would be well."""
    model = request.model
    if model is None or not {"temperature", "top_p"} <= given(request).keys():
        return None
    if "top_p" in request.once(refused_by_model) or "top_p" in request.once(refused_while_thinking):
        return None
    if model.temperature_with_top_p == "doubtful":
        return "warning"
    return "error" if model.temperature_with_top_p == "refused" else None
