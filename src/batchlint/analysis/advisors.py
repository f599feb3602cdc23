"""The models that a request may ask for advice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from batchlint.request import Request

if TYPE_CHECKING:
    from batchlint.facts import Model

ADVISOR = "advisor_20260301"


class Advisor(NamedTuple):
    """A tool that asks another model."""

    position: int
    """In `tools`."""
    name: str
    """The other model, as the tool names it."""
    model: Model | None
    """The known facts about that model."""
    max_tokens: int | None


def advisors(request: Request) -> Iterator[Advisor]:
    """The advisors of a request that name a model."""
    for index, tool in enumerate(request.params.get("tools") or ()):
        if tool.get("type") == ADVISOR and tool.get("model") is not None:
            yield Advisor(index, tool["model"], request.options.model(tool["model"]), tool.get("max_tokens"))
