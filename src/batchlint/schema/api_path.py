"""The API's own way to name a place: dotted, with the variants' types, as in `messages.0.content.1.tool_use.input`."""

from __future__ import annotations

from typing import Any

from batchlint.rule import Pointer

VARIANT_LISTS = frozenset({"content", "tools", "edits", "citations"})
VARIANT_MEMBERS = frozenset({"source", "thinking", "tool_choice", "cache_control"})


def api_path(item: Any, pointer: Pointer, index: int | None = None) -> str:
    """The API's name of a place in an item: inside params, or from `requests.INDEX` for what is next to params."""
    if pointer[:1] != ("params",) or len(pointer) == 1:
        return ".".join(map(str, ("requests", 0 if index is None else index, *pointer)))
    parts: list[str] = []
    node = item
    for depth, key in enumerate(pointer):
        try:
            node = node[key]
        except (KeyError, IndexError, TypeError):
            node = None
        if depth:
            parts.append(str(key))
        if depth + 1 < len(pointer) and isinstance(node, dict) and _is_variant(pointer, depth):
            tag = node.get("type") or ("custom" if pointer[depth - 1] == "tools" else None)
            if isinstance(tag, str) and pointer[depth + 1] != "type":
                parts.append(tag)
    return ".".join(parts)


def _is_variant(pointer: Pointer, depth: int) -> bool:
    key = pointer[depth]
    if isinstance(key, int):
        return pointer[depth - 1] in VARIANT_LISTS
    return key in VARIANT_MEMBERS
