"""The token profile of a model by its id: tokenizer, prompts, image tier; all of it read from the facts."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from batchlint.facts import Model
    from batchlint.facts.media_type import Tier
    from batchlint.tokens.calibration import Calibration

NEWEST = "4.8"
"""The generation of a model that is not known."""


class Profile(NamedTuple):
    """All that the count of one model's tokens depends on."""

    generation: str
    """Of the tokenizer: "v3", "4.7" or "4.8" (and later)."""
    calibration: Calibration
    tool_prompt: tuple[int, int]
    """Tokens that the first tool adds: with tool_choice auto or none, with any or tool."""
    tier: Tier
    forgets_thinking: bool
    """Whether the thinking of earlier turns is left out."""
    not_counted: tuple[str, ...]
    """How blocks of the system prompt begin that are no part of the prompt."""
    one_tool_at_a_time: dict[str, int]
    """Tokens that disable_parallel_tool_use takes away from the tool prompt, by the type of tool_choice."""
    interleaved_thinking: int
    """Tokens that the header for it adds, with thinking and tools ..."""
    is_interleaved: bool | None
    """... and whether that header is sent; None: nobody says which headers are."""
    first_client_tool: int
    """Tokens that the first defined tool which the client runs adds."""
    unknowable: dict[str, int]
    """Members of params that add tokens which nobody can know; the least that they add."""

    def defined_tool(self, tool_type: str) -> tuple[int, bool]:
        """The tokens that a tool of Anthropic's adds, and whether these are all (not so for what Anthropic runs)."""
        return _defined_tool(tool_type)


@lru_cache(maxsize=256)
def profile_of(model_id: str, betas: frozenset[str] | None = None) -> Profile:
    """The profile of a model; of a name that is not known, that of the model it contains, or of the newest one.

    `betas` are the anthropic-beta headers that are sent; None: not known.
    """
    from batchlint.facts import media
    from batchlint.tokens.calibration import calibration

    model = _model(model_id)
    generation = (model.tokenizer if model else None) or NEWEST
    facts = _facts()
    name = model.id if model else model_id
    return Profile(
        generation=generation,
        calibration=calibration(generation),
        tool_prompt=_tool_prompt(model),
        tier=media().tiers[(model.image_tier if model else None) or "large"],
        forgets_thinking=name.startswith(tuple(facts["thinking"]["forgotten_by"])),
        not_counted=tuple(facts["system"]["not_counted"]),
        one_tool_at_a_time={
            choice: next((tokens for start, tokens in starts.items() if name.startswith(start)), 0)
            for choice, starts in facts["one_tool_at_a_time"].items()
            if isinstance(starts, dict)
        },
        interleaved_thinking=_of_models(facts["interleaved_thinking"], name),
        is_interleaved=None if betas is None else facts["interleaved_thinking"]["header"] in betas,
        first_client_tool=_of_models(facts["first_client_tool"], name),
        unknowable={name: tokens for name, tokens in facts["unknowable"].items() if isinstance(tokens, int)},
    )


def _of_models(fact: dict[str, Any], model_id: str) -> int:
    tokens: int = fact["tokens"]
    return tokens if model_id.startswith(tuple(fact["models"])) else 0


def _model(model_id: str) -> Model | None:
    """The known model, also under another platform's name for it, which holds its id: `us.anthropic.ID-v1:0`."""
    from batchlint.facts import models

    found = models().find(model_id)
    if found is None:
        names = sorted((name for model in models() for name in (model.id, *model.aliases)), key=len)
        contained = next((name for name in reversed(names) if name in model_id), None)
        found = models().find(contained) if contained else None
    return found


def _tool_prompt(model: Model | None) -> tuple[int, int]:
    facts = _facts()
    recorded = facts["recorded_tool_prompt"].get(model.id) if model else None
    if recorded is None and model is not None and model.tool_prompt is not None:
        return model.tool_prompt.auto_or_none, model.tool_prompt.any_or_tool
    prompt = recorded or facts["tool_prompt"]
    return prompt["auto_or_none"], prompt["any_or_tool"]


@lru_cache(maxsize=256)
def _defined_tool(tool_type: str) -> tuple[int, bool]:
    from batchlint.facts import tools

    tool = tools().find(tool_type)
    recorded = next((n for start, n in _facts()["defined_tools"].items() if tool_type.startswith(start)), None)
    tokens = recorded if recorded is not None else tool.tokens if tool and tool.tokens else 0
    return tokens, tool is not None and tool.side == "client"


def most_of_defined_tools() -> int:
    """The tokens that a tool of Anthropic's adds at most."""
    from batchlint.facts import tools

    return max(_defined_tool(name)[0] for name in (*tools().types, *_facts()["defined_tools"]))


@cache
def _facts() -> dict[str, Any]:
    from batchlint.facts.reading import read

    return {
        name: {key: value for key, value in table.items() if key != "source"} if isinstance(table, dict) else table
        for name, table in read("tokens").items()
    }
