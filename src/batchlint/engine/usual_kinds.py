"""The kinds of content blocks in a request, and what else decides which checks have something to look at in it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from batchlint.triggers import Part

CACHED, ANSWER_FORMAT = "carried:cache_control", "output-format"


def kinds_of(params: dict[str, Any]) -> set[Part]:
    """The kinds in a request that the usual schema takes, by the names that `batchlint.triggers.parts_of` has for them.

    Each usual request goes through here.
    """
    found: set[Part] = set()
    for message in params["messages"]:
        content = message["content"]
        if content.__class__ is list:
            _add_kinds(content, found)
    system = params.get("system")
    if system.__class__ is list:
        _add_cached(system, found)
    if tools := params.get("tools"):
        _add_cached(tools, found)
    if "output_format" in params or "format" in (params.get("output_config") or ()):
        found.add(ANSWER_FORMAT)
    return found


def _add_kinds(blocks: Iterable[dict[str, Any]], found: set[Part]) -> None:
    for block in blocks:
        kind = block["type"]
        found.add(kind)
        if len(block) > 2 and "cache_control" in block:
            found.add(CACHED)
        if kind == "tool_result" and block.get("content").__class__ is list:
            _add_kinds(block["content"], found)


def _add_cached(holders: Iterable[dict[str, Any]], found: set[Part]) -> None:
    for holder in holders:
        if "cache_control" in holder:
            found.add(CACHED)
            return
