"""Which rules a request wakes: a plain text request never pays for the rules about images."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from operator import itemgetter
from typing import Any, NamedTuple

from batchlint.parts import Part, parts_of, tools_of, triggers_of
from batchlint.remembered import Latest
from batchlint.rule import Rule
from batchlint.shallow import holds_infinity
from batchlint.views.tool_order import EXCHANGING, in_order

CACHED_SHAPES = 10_000
"""Shapes of requests kept; a real file has a handful, a hostile one must not fill the memory."""

OUTLINE = ("outline",)
"""What rules read that look at no text (`batchlint.outline`)."""
STRUCTURES = frozenset({"tools", "mcp_servers", "output_format", "output_config.format"})
"""Members that hold lists and objects: two requests have the same where the one equals the other."""

FREE = frozenset({"tool_use", "server_tool_use", "mcp_tool_use", "output-format"})
"""Parts that hold values of any kind; tools do too, and are looked at once (`batchlint.parts.Tools`)."""


class Woken(NamedTuple):
    """The rules that requests of one shape wake."""

    rules: tuple[Rule, ...]
    """Those that look at all that such a request says."""
    outlined: tuple[Rule, ...]
    """Those that look at nothing that its outline leaves out (`Metadata.reads`)."""
    remembered: tuple[Rule, ...]
    """Those to which the values of a few members of params are all that counts (`Metadata.reads`)."""
    read: Callable[[dict[str, Any]], Any]
    """The values of those members: requests of one shape all have them, or none has."""
    clean: set[Any]
    """Values in which the remembered rules found nothing."""
    infinite: bool
    """Whether there are numbers like 1e400 in what tools are given."""


class Waking:
    """The rules of a run by what wakes them."""

    def __init__(self, rules: Iterable[Rule], is_large: Callable[[dict[str, Any], int, set[Part]], bool]) -> None:
        """`is_large` says of the params, the size in bytes and the parts of a request whether it wakes rules on
        `large-request`.
        """
        self._by_trigger: dict[str, list[Rule]] = {}
        for rule in rules:
            for trigger in rule.wakes_on:
                self._by_trigger.setdefault(trigger, []).append(rule)
        self._is_large = is_large
        self._by_shape: dict[tuple[tuple[str, ...], frozenset[Part]], Woken] = {}

    def on(self, trigger: str) -> tuple[Rule, ...]:
        """The rules that wake on this trigger."""
        return tuple(self._by_trigger.get(trigger, ()))

    def by_request(self, params: dict[str, Any], size: int) -> Woken:
        """The rules that a request with these params and of this size in bytes wakes, in the order of their names."""
        present = parts_of(params)
        if self._is_large(params, size, present):
            present.add("large-request")
        if not EXCHANGING.isdisjoint(present) and not in_order(params.get("messages") or []):
            present.add("unusual-exchange")
        if "image" in present and not _usual_images()(params.get("messages") or []):
            present.add("unusual-image")
        if not FREE.isdisjoint(present) and holds_infinity(
            (params.get("messages"), params.get("output_config"), params.get("output_format"))
        ):
            present.add("infinite-number")
        shape = (tuple(params), frozenset(present))
        woken = self._by_shape.get(shape)
        if woken is None:
            if len(self._by_shape) >= CACHED_SHAPES:
                self._by_shape.clear()
            woken = self._by_shape[shape] = self._woken(*shape)
        return woken

    def _woken(self, members: tuple[str, ...], present: frozenset[Part]) -> Woken:
        triggers = ["request", *(f"member:{name}" for name in members), *triggers_of(present)]
        if self.on("beta"):
            from batchlint.views import beta_needs

            if not beta_needs.triggers().isdisjoint(triggers):
                triggers.append("beta")
        by_name = {rule.name: rule for trigger in triggers for rule in self.on(trigger)}
        rules = [by_name[name] for name in sorted(by_name)]
        outlined = tuple(rule for rule in rules if rule.reads == OUTLINE)
        remembered = tuple(rule for rule in rules if rule.reads and rule.reads != OUTLINE)
        read = sorted({name for rule in remembered for name in rule.reads if f"member:{name}" in triggers})
        return Woken(
            rules=tuple(rule for rule in rules if not rule.reads),
            outlined=outlined,
            remembered=remembered,
            read=_reader(read),
            clean=set(),
            infinite="infinite-number" in present,
        )


@cache
def _usual_images() -> Callable[[list[dict[str, Any]]], bool]:
    from batchlint.views.usual_images import usual_images

    return usual_images


def _reader(names: list[str]) -> Callable[[dict[str, Any]], Any]:
    """What takes the values of these members out of params; `thinking.type` is a member of a member."""
    plain = [name for name in names if "." not in name and name not in STRUCTURES]
    take = itemgetter(*plain) if plain else len
    others = [_taking(name) for name in names if name not in plain]
    return (lambda params: (take(params), *[other(params) for other in others])) if others else take


def _taking(name: str) -> Callable[[dict[str, Any]], Any]:
    """What takes one value that is deeper, or no plain value: of such a one it takes what stands for all equal ones."""
    holder, _, inner = name.rpartition(".")
    take = (lambda params: params[holder][inner]) if holder else itemgetter(name)
    if name == "tools":
        return lambda params: tools_of(params[name])
    if name not in STRUCTURES:
        return take
    standing_for: Latest[Any, object] = Latest(lambda value: object())
    return lambda params: standing_for(take(params))
