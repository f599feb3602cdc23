"""Which rules run for a request: a plain text request never pays for the rules about images."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from batchlint.engine.usual_tool_use import EXCHANGING, in_order
from batchlint.rule import Rule
from batchlint.sources.shallow import holds_infinity
from batchlint.triggers import Part, parts_of, triggers_of

if TYPE_CHECKING:
    from batchlint.facts.platform import Platform

CACHED_SHAPES: Final = 10_000
"""Shapes of requests kept; a real file has a handful, a hostile one must not fill the memory."""

Shape = tuple[tuple[str, ...], frozenset[Part]]
"""The names of the members of params, and what else the request triggers."""

HOLDING_ANYTHING: Final = frozenset({"tool_use", "server_tool_use", "mcp_tool_use", "output-format", "tool:custom"})
"""Parts that hold values of any kind."""
USES: Final = frozenset({"tool_use", "server_tool_use", "mcp_tool_use"})
"""Types of the blocks among them."""


class Triggered(NamedTuple):
    """The triggers of a request."""

    rules: tuple[Rule, ...]
    """In the order of their names."""
    infinite: bool
    """Whether there are numbers like 1e400 in what tools are given."""


class Dispatch:
    """The rules of a run by their triggers."""

    def __init__(
        self,
        rules: Iterable[Rule],
        may_exceed: Callable[[dict[str, Any], int, set[Part]], bool],
        platform: Platform | None = None,
    ) -> None:
        """`may_exceed` says of params, size in bytes and parts of a request whether it may be over a limit; the
        requests are for a platform, or for the Claude API.
        """
        self._by_trigger: dict[str, list[Rule]] = {}
        for rule in rules:
            for trigger in rule.triggers:
                self._by_trigger.setdefault(trigger, []).append(rule)
        self._may_exceed = may_exceed
        self._always = ("request",) if platform is None else ("request", "platform")
        self._image_length = platform and platform.limits.image_base64_length
        self._by_shape: dict[Shape, Triggered] = {}

    def on(self, trigger: str) -> tuple[Rule, ...]:
        """The rules of this trigger."""
        return tuple(self._by_trigger.get(trigger, ()))

    def by_request(self, params: dict[str, Any], size: int) -> Triggered:
        """The rules that a request of so many bytes triggers."""
        present = parts_of(params)
        if self._may_exceed(params, size, present):
            present.add("large-request")
        if not EXCHANGING.isdisjoint(present) and not in_order(params.get("messages") or []):
            present.add("unusual-exchange")
        if "image" in present and not self._has_usual_images(params):
            present.add("unusual-image")
        if not HOLDING_ANYTHING.isdisjoint(present) and holds_infinity(free_values(params)):
            present.add("infinite-number")
        shape = (tuple(params), frozenset(present))
        triggered = self._by_shape.get(shape)
        if triggered is None:
            if len(self._by_shape) >= CACHED_SHAPES:
                self._by_shape.clear()
            triggered = self._by_shape[shape] = self._triggered(shape)
        return triggered

    def _has_usual_images(self, params: dict[str, Any]) -> bool:
        return _usual_images()(params.get("messages") or [], self._image_length)

    def _triggered(self, shape: Shape) -> Triggered:
        members, present = shape
        triggers = [*self._always, *(f"member:{name}" for name in members), *triggers_of(present)]
        if self.on("beta"):
            from batchlint.analysis import beta_needs

            if not beta_needs.triggers().isdisjoint(triggers):
                triggers.append("beta")
        by_name = {rule.name: rule for trigger in triggers for rule in self.on(trigger)}
        return Triggered(tuple(by_name[name] for name in sorted(by_name)), "infinite-number" in present)


def free_values(params: dict[str, Any]) -> list[Any]:
    """What the schema asks nothing of: tools, formats, and the inputs of tool uses."""
    found = [params.get(name) for name in ("tools", "output_config", "output_format")]
    for message in params.get("messages") or ():
        content = message.get("content")
        if content.__class__ is list:
            found += [block.get("input") for block in content if block.get("type") in USES]
    return found


@cache
def _usual_images() -> Callable[[list[dict[str, Any]], int | None], bool]:
    from batchlint.engine.usual_images import usual_images

    return usual_images
