"""The facts about each model: `models.toml`, typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from batchlint.facts.nearness import nearest_id
from batchlint.facts.reading import Table, entries, read

# What a model never takes over from the one that it is like.
OWN_MEMBERS = {"source", "checked", "like", "aliases", "status", "limited", "replaced_by"} | {
    *("released", "deprecated", "retires", "retires_disputed", "not_sooner_than"),
}


class ThinkingMode(NamedTuple):
    """Whether a model accepts one `thinking.type`, and with which effort levels."""

    accepted: bool
    efforts: tuple[str, ...] | None = None
    """The only effort levels that it may be combined with; None: any."""

    def accepts(self, effort: str | None) -> bool:
        """Whether it is accepted together with that `output_config.effort` (None: not given)."""
        return self.accepted and (effort is None or self.efforts is None or effort in self.efforts)


class ToolPrompt(NamedTuple):
    """Tokens of the system prompt that the API adds as soon as a request has a tool, by the type of `tool_choice`."""

    auto_or_none: int
    any_or_tool: int


class Model(Table):
    """One model. A capability is None where it is not known: nothing may be said about it then."""

    id: str
    """The dated id where there is one."""
    source: str
    checked: date
    status: Literal["active", "deprecated", "retired"]
    """As of `checked`; for any other day ask `retired_on`."""
    aliases: tuple[str, ...] = ()
    """Other ids that the API takes for it."""

    limited: bool = False
    """Only organisations that Anthropic approved can use it."""
    released: date | None = None
    deprecated: date | None = None
    """The day of the announcement that it will retire."""
    retires: date | None = None
    retires_disputed: date | None = None
    """A day of retirement that sources disagree about: worth a warning, never an error."""
    not_sooner_than: date | None = None
    """The day before which it will not retire."""
    replaced_by: str | None = None
    """The successor that Anthropic recommends."""

    context_window: int | None = None
    """Tokens of input and output together."""
    max_output: int | None = None
    """The highest `max_tokens`."""
    extended_output: int | None = None
    """The highest `max_tokens` with the header for extended output; None: not offered, or not known."""
    tokenizer: Literal["v3", "4.7", "4.8"] | None = None
    """The family of tokenizers."""
    tool_prompt: ToolPrompt | None = None
    minimum_cached_prefix: int | None = None
    """Tokens; a shorter prefix is accepted and not cached."""

    thinking: Mapping[str, ThinkingMode] = MappingProxyType({})
    """By `thinking.type`; a type that is not in it is not known."""
    thinks_by_default: bool | None = None
    """Whether it thinks when a request has no `thinking`."""
    interleaved_thinking: bool | None = None
    """Whether, with the interleaved-thinking header and tools, `budget_tokens` may exceed `max_tokens`."""
    effort_levels: tuple[str, ...] | None = None
    """Empty: it refuses `output_config.effort` itself."""
    default_effort: str | None = None
    accepts_prefill: bool | None = None
    """Whether the conversation may end with an assistant message that it continues."""
    sampling: Literal["free", "default-only"] | None = None
    """temperature, top_p and top_k under API version 2023-06-01: within their ranges, or at the default alone."""
    temperature_with_top_p: Literal["accepted", "refused", "doubtful"] | None = None
    """Doubtful: inferred from its siblings, worth a warning."""
    accepts_forced_tool_choice: bool | None = None
    """Whether `tool_choice` may be of type any or tool."""
    forced_tool_choice_when_adaptive: Literal["accepted", "doubtful"] | None = None
    """The same next to adaptive thinking; doubtful: documented as accepted, and seen refused by users."""
    system_role: Literal["accepted", "refused", "no-effect"] | None = None
    """Role system inside messages; no-effect: answered with 200, and not heeded."""
    accepts_inference_geo: bool | None = None
    accepts_structured_outputs: bool | None = None
    accepts_task_budget: bool | None = None
    accepts_compaction: bool | None = None
    accepts_fast_mode: bool | None = None
    accepts_programmatic_tools: bool | None = None
    """Whether code execution can call tools (`allowed_callers` other than direct)."""
    refused_tool_types: tuple[str, ...] = ()
    doubtful_tool_types: tuple[str, ...] = ()
    """Types of tools whose other versions are documented for this model; what the API says to them is not known."""
    """Types of Anthropic-defined tools that are known to be refused; any other may be accepted or not."""

    image_tier: Literal["standard", "large"] | None = None
    """The size that images are scaled down to, as in `media.toml`."""
    max_images: int | None = None
    """Images and document pages of one request together."""
    max_pdf_pages: int | None = None

    def retired_on(self, day: date) -> bool:
        """Whether it is gone on that day; on its last day requests were still answered (recorded 2025-10-28)."""
        return self.retires is not None and day > self.retires

    def deprecated_on(self, day: date) -> bool:
        """Whether its retirement is announced on that day, or past."""
        announced = self.deprecated or self.retires
        return announced is not None and day >= announced


class Models:
    """All known models, newest first, found by id or alias."""

    __slots__ = ("_by_name", "_models", "_nearest", "checked")

    def __init__(self, models: tuple[Model, ...], checked: date) -> None:
        self.checked = checked
        """The day on which the table as a whole was last looked at."""
        self._models = models
        self._by_name = {name: model for model in models for name in (model.id, *model.aliases)}
        self._nearest = lru_cache(maxsize=256)(lambda model_id: nearest_id(model_id, self._by_name))

    def __iter__(self) -> Iterator[Model]:
        return iter(self._models)

    def __len__(self) -> int:
        return len(self._models)

    def find(self, model_id: str) -> Model | None:
        """The model of that id or alias."""
        return self._by_name.get(model_id)

    def nearest(self, model_id: str) -> str | None:
        """The known id or alias that an unknown one was surely meant to be: never one of another version."""
        return self._nearest(model_id)


def newer_model(model_id: str, like: Model | None) -> Model:
    """A model that `models.toml` lacks: in service, able to do what another one can, or with nothing known of it."""
    own: dict[str, Any] = {"id": model_id, "status": "active", "source": "the configuration"}
    if like is None:
        return Model({**own, "checked": date.today()})
    inherited = {name: value for name, value in like.__dict__.items() if name not in OWN_MEMBERS}
    return Model({**inherited, **own, "checked": like.checked})


def load() -> Models:
    """Reads `models.toml`."""
    document = read("models")
    tables = entries(document, "model")
    known = tuple(_model(name, _with_inherited(table, tables)) for name, table in tables.items())
    return Models(known, document["checked"])


def _with_inherited(table: dict[str, Any], tables: dict[str, dict[str, Any]]) -> dict[str, Any]:
    if "like" not in table:
        return table
    base = _with_inherited(tables[table["like"]], tables)
    own = {name: value for name, value in table.items() if name != "like"}
    return {name: value for name, value in base.items() if name not in OWN_MEMBERS} | own


def _model(model_id: str, table: dict[str, Any]) -> Model:
    values = {"id": model_id, **table}
    if "tool_prompt" in values:
        values["tool_prompt"] = ToolPrompt(**values["tool_prompt"])
    if "thinking" in values:
        values["thinking"] = {name: _thinking_mode(value) for name, value in values["thinking"].items()}
    return Model(values)


def _thinking_mode(value: bool | list[str]) -> ThinkingMode:
    return ThinkingMode(value) if isinstance(value, bool) else ThinkingMode(True, tuple(value))
