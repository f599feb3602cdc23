"""Which rules a request wakes: a plain text request never pays for the rules about images."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from operator import itemgetter
from typing import Any, NamedTuple

from batchlint.remembered import Latest
from batchlint.request import NESTING_BLOCKS
from batchlint.rule import Rule

CACHED_SHAPES = 10_000
"""Shapes of requests kept; a real file has a handful, a hostile one must not fill the memory."""

ROLES = frozenset({"user", "assistant", "system"})
HOLDERS = frozenset({*NESTING_BLOCKS, "document"})
CARRIED = ("cache_control", "citations")
"""Members of blocks that wake rules of their own."""
CARRIED_BY_TOOLS = (
    *CARRIED,
    *("strict", "input_examples", "defer_loading", "allowed_callers", "allowed_domains", "blocked_domains"),
)
"""Members of tools that do."""
OBJECTS = ("thinking", "output_config")
"""Members of params whose own members are triggers, and values that rules may read."""
STRUCTURES = frozenset({"tools", "mcp_servers", "output_format", "output_config.format"})
"""Members that hold lists and objects: two requests have the same where the one equals the other."""
NOTHING: dict[str, Any] = {}
ROLE, CONTENT = itemgetter("role"), itemgetter("content")

Part = str | tuple[str, ...]
"""What is present in a request: a name, or one of `OBJECTS` with the names of its members."""


class Woken(NamedTuple):
    """The rules that requests of one shape wake."""

    rules: tuple[Rule, ...]
    """Those that look at every such request."""
    remembered: tuple[Rule, ...]
    """Those to which the values of a few members of params are all that counts (`Metadata.reads`)."""
    read: Callable[[dict[str, Any]], Any]
    """The values of those members: requests of one shape all have them, or none has."""
    clean: set[Any]
    """Values in which the remembered rules found nothing."""


class Waking:
    """The rules of a run by what wakes them."""

    def __init__(self, rules: Iterable[Rule], large: int | None = None) -> None:
        """`large` is the size in bytes above which a request wakes the rules on `large`; None: never."""
        self._by_trigger: dict[str, list[Rule]] = {}
        for rule in rules:
            for trigger in rule.wakes_on:
                self._by_trigger.setdefault(trigger, []).append(rule)
        self._large = large if large is not None else float("inf")
        self._by_shape: dict[tuple[tuple[str, ...], frozenset[Part]], Woken] = {}

    def on(self, trigger: str) -> tuple[Rule, ...]:
        """The rules that wake on this trigger."""
        return tuple(self._by_trigger.get(trigger, ()))

    def by_request(self, params: dict[str, Any], size: int) -> Woken:
        """The rules that a request with these params and of this size in bytes wakes, in the order of their names."""
        present = _present(params)
        if size > self._large:
            present.add("large-request")
        shape = (tuple(params), frozenset(present))
        woken = self._by_shape.get(shape)
        if woken is None:
            if len(self._by_shape) >= CACHED_SHAPES:
                self._by_shape.clear()
            woken = self._by_shape[shape] = self._woken(*shape)
        return woken

    def _woken(self, members: tuple[str, ...], present: frozenset[Part]) -> Woken:
        triggers = ["request", *(f"member:{name}" for name in members), *_triggers(present)]
        if self.on("beta"):
            from batchlint.views import beta_needs

            if not beta_needs.triggers().isdisjoint(triggers):
                triggers.append("beta")
        by_name = {rule.name: rule for trigger in triggers for rule in self.on(trigger)}
        rules = [by_name[name] for name in sorted(by_name)]
        read = sorted({name for rule in rules for name in rule.reads if f"member:{name}" in triggers})
        return Woken(
            rules=tuple(rule for rule in rules if not rule.reads),
            remembered=tuple(rule for rule in rules if rule.reads),
            read=_reader(read),
            clean=set(),
        )


def parts(params: dict[str, Any]) -> set[str]:
    """The triggers that a request's parts are (`batchlint.rule.Metadata`): roles, types of content blocks and tools."""
    return set(_triggers(_present(params)))


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
    if name not in STRUCTURES:
        return take
    standing_for: Latest[Any, object] = Latest(lambda value: object())
    return lambda params: standing_for(take(params))


def _triggers(present: Iterable[Part]) -> Iterator[str]:
    for name in present:
        if isinstance(name, tuple):
            yield from (f"member:{name[0]}.{inner}" for inner in name[1:])
        elif ":" in name or "-" in name:
            yield name
        else:
            yield f"role:{name}" if name in ROLES else f"block:{name}"


def _present(params: dict[str, Any]) -> set[Part]:
    """What there is in a request: plain names of roles and types of content blocks, and other triggers as they are.

    Every request goes through here, so it makes one pass and no strings.
    """
    found: set[Part] = set()
    system = params.get("system")
    if system.__class__ is list:
        _add_blocks(system, found)
    elif system:
        found.add("blank-text" if system.isspace() else "text")
    messages = params.get("messages")
    if messages:
        try:
            found.update(map(ROLE, messages))
            contents = list(map(CONTENT, messages))
        except KeyError:  # Something that was required has been refused and taken out.
            found.update(message.get("role") or "role:" for message in messages)
            contents = [message.get("content") for message in messages]
        for content in contents:
            if content.__class__ is str:
                found.add("text" if content and not content.isspace() else "blank-text")
            elif content:
                _add_blocks(content, found)
            else:
                found.add("blank-text")
        if messages[0].get("role") == "assistant":
            found.add("first:assistant")
        if messages[-1].get("role") == "assistant":
            found.add("last:assistant")
    for tool in params.get("tools") or ():
        found.add(f"tool:{tool.get('type') or 'custom'}")
        for name in CARRIED_BY_TOOLS:
            if tool.get(name):
                found.add(f"carried:{name}")
    for name in OBJECTS:
        if inner := params.get(name):
            found.add((name, *inner))
    if params.get("output_format") or (params.get("output_config") or NOTHING).get("format"):
        found.add("output-format")
    return found


def _add_blocks(blocks: list[Any], found: set[Part]) -> None:
    for block in blocks:
        kind = block.get("type")
        if len(block) > 2:
            for name in CARRIED:
                if block.get(name):
                    found.add(f"carried:{name}")
        if kind == "text":
            text = block.get("text")
            found.add("text" if text and not text.isspace() else "blank-text")
            continue
        found.add(kind or "block:")
        if kind in HOLDERS:
            inner = (block.get("source") or NOTHING).get("content") if kind == "document" else block.get("content")
            if inner.__class__ is list:
                _add_blocks(inner, found)
            elif inner is not None:
                found.add("text")
