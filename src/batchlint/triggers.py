"""The closed list of triggers, and those that a request has by its parts: roles, types of content blocks and tools,
and what they carry.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from operator import itemgetter
from typing import Any

from batchlint.request import NESTING_BLOCKS

DELIVERS: Mapping[str, str] = {
    "request": "Request",
    "platform": "Request",
    "member:": "Request",
    "role:": "Request",
    "first:": "Request",
    "last:": "Request",
    "block:": "Request",
    "blank-text": "Request",
    "carried:": "Request",
    "output-format": "Request",
    "tool:": "Request",
    "beta": "Request",
    "unusual-exchange": "Request",
    "unusual-image": "Request",
    "large-request": "Request",
    "illegal-id": "Request",
    "repeated-id": "Request",
    "refused-item": "Item",
    "batch": "Batch",
    "schema:": "Violation",
    "source:": "Irregularity",
}
"""Every trigger that there is, by its name or by what it begins with, and the type of what `check` is given for it.
`batchlint.rule.Metadata` says what each means.
"""
ROLES = frozenset({"user", "assistant", "system"})
HOLDERS = frozenset({*NESTING_BLOCKS, "document"})
CARRIED = ("cache_control", "citations")
"""Members of blocks that are triggers."""
CARRIED_BY_TOOLS = frozenset(
    (
        *CARRIED,
        *("strict", "input_examples", "defer_loading", "allowed_callers", "allowed_domains", "blocked_domains"),
    )
)
"""Members of tools that are."""
OBJECTS = ("thinking", "output_config")
"""Members of params whose own members are triggers."""
NOTHING: dict[str, Any] = {}
ROLE, CONTENT = itemgetter("role"), itemgetter("content")

Part = str | tuple[str, ...]
"""What is present in a request: a name, or one of `OBJECTS` with the names of its members."""


def triggers(params: dict[str, Any]) -> set[str]:
    """The triggers (`batchlint.rule.Metadata`) that the parts of a request are."""
    return set(triggers_of(parts_of(params)))


def triggers_of(present: Iterable[Part]) -> Iterator[str]:
    """The triggers that parts are."""
    for name in present:
        if isinstance(name, tuple):
            yield from (f"member:{name[0]}.{inner}" for inner in name[1:])
        elif ":" in name or "-" in name:
            yield name
        else:
            yield f"role:{name}" if name in ROLES else f"block:{name}"


def parts_of(params: dict[str, Any]) -> set[Part]:
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
        if not CARRIED_BY_TOOLS.isdisjoint(tool):
            found.update(f"carried:{name}" for name in CARRIED_BY_TOOLS if tool.get(name))
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
