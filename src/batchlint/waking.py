"""Which rules a request wakes: a plain text request never pays for the rules about images."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from batchlint.request import NESTING_BLOCKS
from batchlint.rule import Rule

CACHED_SHAPES = 10_000
"""Shapes of requests kept; a real file has a handful, a hostile one must not fill the memory."""

HOLDERS = frozenset({*NESTING_BLOCKS, "document"})
CARRIED = ("cache_control", "citations")
"""Members of blocks that wake rules of their own."""
CARRIED_BY_TOOLS = (*CARRIED, "strict", "input_examples", "defer_loading", "allowed_callers")
"""Members of tools that do."""


class Waking:
    """The rules of a run by what wakes them."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._by_trigger: dict[str, list[Rule]] = {}
        for rule in rules:
            for trigger in rule.wakes_on:
                self._by_trigger.setdefault(trigger, []).append(rule)
        self._by_shape: dict[tuple[tuple[str, ...], frozenset[str]], tuple[Rule, ...]] = {}

    def on(self, trigger: str) -> tuple[Rule, ...]:
        """The rules that wake on this trigger."""
        return tuple(self._by_trigger.get(trigger, ()))

    def for_params(self, params: dict[str, Any]) -> tuple[Rule, ...]:
        """The rules that a request with these params wakes, in the order of their names."""
        shape = (tuple(params), frozenset(parts(params)))
        woken = self._by_shape.get(shape)
        if woken is None:
            if len(self._by_shape) >= CACHED_SHAPES:
                self._by_shape.clear()
            woken = self._by_shape[shape] = self._woken(*shape)
        return woken

    def _woken(self, members: tuple[str, ...], present: frozenset[str]) -> tuple[Rule, ...]:
        triggers = ["request", *(f"member:{name}" for name in members), *present]
        rules = {rule.name: rule for trigger in triggers for rule in self.on(trigger)}
        return tuple(rules[name] for name in sorted(rules))


def parts(params: dict[str, Any]) -> set[str]:
    """The triggers that a request's parts are: roles, types of content blocks and types of tools."""
    found: set[str] = set()
    system = params.get("system")
    if system.__class__ is list:
        _add_blocks(system, found)
    elif system is not None:
        found.add("block:text")
    for message in params.get("messages") or ():
        found.add(ROLES.get(message.get("role"), "role:"))
        content = message.get("content")
        if content.__class__ is list:
            _add_blocks(content, found)
        else:
            found.add("block:text")
    for tool in params.get("tools") or ():
        found.add(f"tool:{tool.get('type') or 'custom'}")
        for name in CARRIED_BY_TOOLS:
            if tool.get(name):
                found.add(f"carried:{name}")
    if params.get("output_format") or (params.get("output_config") or NOTHING).get("format"):
        found.add("output-format")
    return found


NOTHING: dict[str, Any] = {}
ROLES = {role: f"role:{role}" for role in ("user", "assistant", "system")}


def _add_blocks(blocks: list[Any], found: set[str]) -> None:
    for block in blocks:
        kind = block.get("type")
        if len(block) > 2:
            _add_carried(block, found)
        if kind == "text":
            found.add("block:text")
            continue
        found.add(f"block:{kind}")
        if kind in HOLDERS:
            inner = (block.get("source") or {}).get("content") if kind == "document" else block.get("content")
            if inner.__class__ is list:
                _add_blocks(inner, found)
            elif inner is not None:
                found.add("block:text")


def _add_carried(value: dict[str, Any], found: set[str]) -> None:
    for name in CARRIED:
        if value.get(name):
            found.add(f"carried:{name}")
