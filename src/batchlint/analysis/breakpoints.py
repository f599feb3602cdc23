"""Cache breakpoints: where a request asks for its prefix to be cached."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from batchlint.request import Request
from batchlint.rule import Pointer

DEFAULT_TTL = "5m"


class Breakpoint(NamedTuple):
    """A block or a tool with a `cache_control` of its own."""

    pointer: Pointer
    """Leads to the block or tool."""
    ttl: str
    """How long the cache lives: `5m` or `1h`."""
    nested: bool
    """Whether it is inside another block: sources disagree whether the API counts those."""

    @property
    def cache_control(self) -> Pointer:
        """The place of its cache_control."""
        return (*self.pointer, "cache_control")


def requested_ttl(value: dict[str, Any]) -> str | None:
    """The lifetime that a `cache_control` in this block, tool or params asks for; None: it has none."""
    cache_control = value.get("cache_control")
    return (cache_control.get("ttl") or DEFAULT_TTL) if cache_control else None


def breakpoints(request: Request) -> list[Breakpoint]:
    """Every explicit breakpoint, in the order in which the API processes them: tools, system, messages."""
    return list(_breakpoints(request))


def automatic_breakpoint(request: Request) -> Breakpoint | None:
    """The breakpoint that params' own cache_control puts on the last block; None: none, or the block has its own."""
    ttl = requested_ttl(request.params)
    if ttl is None or last_breakpoint(request) is not None:
        return None
    return Breakpoint(("params",), ttl, False)


def last_breakpoint(request: Request) -> Breakpoint | None:
    """The breakpoint on the last block of the last message, where it has one."""
    found = request.once(breakpoints)
    content = request.messages[-1].get("content") if request.messages else None
    if not found or not isinstance(content, list):
        return None
    last = ("params", "messages", len(request.messages) - 1, "content", len(content) - 1)
    return next((point for point in found if point.pointer == last), None)


def _breakpoints(request: Request) -> Iterator[Breakpoint]:
    for pointer, tool in request.tools:
        ttl = requested_ttl(tool)
        if ttl is not None:
            yield Breakpoint(pointer, ttl, False)
    for block in request.blocks:
        ttl = requested_ttl(block.value)
        if ttl is not None:
            yield Breakpoint(block.pointer, ttl, block.parent is not None)
