"""Takes out of an item what the schema refuses, so that rules see values of the right type and say nothing twice."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from batchlint.rule import Pointer
from batchlint.schema import Violation

MISSING_ELEMENT_LISTS = frozenset({"messages", "content", "system", "tools", "edits", "mcp_servers"})
"""Lists of objects: a refused element leaves an empty object after, so that its neighbours keep their index."""


def refused_pointer(violation: Violation) -> Pointer:
    """What a violation makes unfit for the rules: an unknown member, a value, a block or message of unknown kind."""
    if violation.decisive:
        return violation.pointer if violation.keyword == "required" else violation.pointer[:-1]
    if violation.keyword in ("additionalProperties", "required"):
        return (*violation.pointer, violation.expected)
    return violation.pointer


def pruned(item: Any, pointers: Iterable[Pointer]) -> Any:
    """A copy of the item without the values at these pointers; the item itself is left as it is.

    A refused member is gone, a refused element of a list of objects is an empty object, any other list with a refused
    element is gone whole.
    """
    copy = item
    copied: set[Pointer] = set()
    for pointer in sorted(set(pointers), key=len):
        copy = _without(copy, pointer, copied)
    return copy


def _without(root: Any, pointer: Pointer, copied: set[Pointer]) -> Any:
    if not pointer:
        return {}
    if () not in copied:
        root = root.copy()
        copied.add(())
    parent: Any = None
    node = root
    for depth, key in enumerate(pointer[:-1], 1):
        if not _has(node, key):
            return root
        parent = node
        if pointer[:depth] not in copied:
            node[key] = node[key].copy() if isinstance(node[key], (dict, list)) else node[key]
            copied.add(pointer[:depth])
        node = node[key]
    last: Any = pointer[-1]
    if isinstance(node, dict):
        node.pop(last, None)
    elif isinstance(node, list) and _has(node, last):
        if parent is None or pointer[-2] in MISSING_ELEMENT_LISTS:
            node[last] = {}
        else:
            del parent[pointer[-2]]
    return root


def _has(node: Any, key: str | int) -> bool:
    if isinstance(node, dict):
        return key in node
    return isinstance(node, list) and isinstance(key, int) and key < len(node)
