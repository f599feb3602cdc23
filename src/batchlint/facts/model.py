"""What is known about each model: `models.toml`, typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from batchlint.facts.distance import nearest
from batchlint.facts.reading import entries, read

# A misspelling that is further away is more likely another model than a slip of the fingers.
MAXIMUM_EDITS = 2


@dataclass(frozen=True, slots=True)
class ThinkingMode:
    """Whether a model accepts one `thinking.type`, and with which effort levels."""

    accepted: bool
    # The only effort levels that the type may be combined with; None: any, or none named.
    efforts: tuple[str, ...] | None = None

    def accepts(self, effort: str | None) -> bool:
        """Whether the type is accepted together with `output_config.effort` (None: not given)."""
        return self.accepted and (effort is None or self.efforts is None or effort in self.efforts)


@dataclass(frozen=True, slots=True)
class ToolPrompt:
    """Tokens of the system prompt that the API adds as soon as a request has tools, by `tool_choice`."""

    auto_or_none: int
    any_or_tool: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """One model. Every capability is `None` where it is not known, and nothing may then be said about it."""

    id: str
    source: str
    checked: date
    # Other ids that the API takes for this model; `id` is the dated one where there is one.
    aliases: tuple[str, ...] = ()
    # As of `checked`: active, deprecated or retired; what holds on another day, `retired_on` says.
    status: str
    # Only organisations that Anthropic has approved can use it.
    limited: bool = False
    released: date | None = None
    deprecated: date | None = None
    retires: date | None = None
    # A retirement date that sources disagree about: worth a warning, never an error.
    retires_disputed: date | None = None
    not_sooner_than: date | None = None
    replaced_by: str | None = None

    # Tokens.
    context_window: int | None = None
    max_output: int | None = None
    # With the header of `limits.toml` that batches alone can use; None: the header does nothing, or it is not known.
    extended_output: int | None = None
    # Family of tokenizers: "v3", "4.7" or "4.8".
    tokenizer: str | None = None
    tool_prompt: ToolPrompt | None = None
    # Shorter prefixes are accepted and not cached.
    minimum_cached_prefix: int | None = None

    # By `thinking.type`; a type that is absent is one of which it is not known.
    thinking: Mapping[str, ThinkingMode] = field(default_factory=lambda: MappingProxyType({}))
    # What holds when a request has no `thinking`: True: the model thinks.
    thinks_by_default: bool | None = None
    # With the interleaved thinking header and tools, `budget_tokens` may exceed `max_tokens`.
    interleaved_thinking: bool | None = None
    # Empty: the model refuses the parameter itself.
    effort_levels: tuple[str, ...] | None = None
    default_effort: str | None = None
    # Whether the conversation may end with an assistant message that the model continues.
    accepts_prefill: bool | None = None
    # temperature, top_p and top_k under version 2023-06-01: "free" (within their ranges) or "default-only".
    sampling: str | None = None
    # "accepted", "refused", or "doubtful" where it is only inferred from sibling models.
    temperature_with_top_p: str | None = None
    # Whether `tool_choice` may be of type any or tool.
    accepts_forced_tool_choice: bool | None = None
    # `role: "system"` inside messages: "accepted", "refused", or "no-effect" (answered, and not heeded).
    system_role: str | None = None
    accepts_inference_geo: bool | None = None
    accepts_structured_outputs: bool | None = None
    accepts_task_budget: bool | None = None
    accepts_compaction: bool | None = None
    accepts_fast_mode: bool | None = None
    # Whether server-side code can call tools (`allowed_callers` other than "direct").
    accepts_programmatic_tools: bool | None = None
    refused_tool_types: tuple[str, ...] = ()

    # Images: "standard" or "large", the resolution that pictures are scaled down to (see `media.toml`).
    image_tier: str | None = None
    # Images and document pages of one request, together.
    max_images: int | None = None
    max_pdf_pages: int | None = None

    def retired_on(self, day: date) -> bool:
        """Whether the model is retired on that day; the day of retirement counts, as a batch takes up to 24 hours."""
        return self.retires is not None and day >= self.retires

    def deprecated_on(self, day: date) -> bool:
        """Whether the model is announced to retire, or retired, on that day."""
        announced = self.deprecated or self.retires
        return announced is not None and day >= announced


class Models:
    """All known models, found by id or alias."""

    __slots__ = ("_all", "_by_id")

    def __init__(self, all_models: tuple[Model, ...]) -> None:
        self._all = all_models
        self._by_id = {name: model for model in all_models for name in (model.id, *model.aliases)}

    def __iter__(self) -> Iterator[Model]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    def find(self, model_id: str) -> Model | None:
        """The model with that id or alias."""
        return self._by_id.get(model_id)

    def nearest(self, model_id: str) -> str | None:
        """The known id or alias that this one is most likely a misspelling of, at most two edits away."""
        return nearest(model_id, self._by_id, MAXIMUM_EDITS)


def load() -> Models:
    """Reads `models.toml`."""
    return Models(tuple(_model(name, entry) for name, entry in entries(read("models"), "model").items()))


def _model(model_id: str, entry: dict[str, Any]) -> Model:
    values = {name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()}
    if "tool_prompt" in values:
        values["tool_prompt"] = ToolPrompt(**values["tool_prompt"])
    if "thinking" in values:
        modes = {name: _thinking_mode(value) for name, value in values["thinking"].items()}
        values["thinking"] = MappingProxyType(modes)
    return Model(id=model_id, **values)


def _thinking_mode(value: bool | list[str]) -> ThinkingMode:
    return ThinkingMode(value) if isinstance(value, bool) else ThinkingMode(True, tuple(value))
