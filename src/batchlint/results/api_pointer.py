"""From the API's own name of a place, as in `messages.0.content.2.tool_use.input`, to a pointer into the request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from batchlint.results.messages import named_paths
from batchlint.rule import Pointer

UNTYPED = "custom"
"""The variant of a tool that states no type."""


def pointer_of(path: str, item: Any) -> Pointer:
    """The pointer to the place that the API names, in this item.

    The variants' types, which the API puts between the keys, are passed over; a missing member is the object that
    lacks it; where the name leads on into what the item does not have, the pointer ends.
    """
    steps = path.split(".")
    if steps[0] == "requests":  # from the creation of the batch: `requests.0.params.messages`
        pointer: tuple[str | int, ...] = ()
        steps = steps[2:]
    else:
        pointer = ("params",)
    node = _inner(item, pointer)
    for step, following in zip(steps, (*steps[1:], None), strict=True):
        key = _key(node, step, following)
        if key is not None:
            pointer, node = (*pointer, key), node[key]
        elif not _is_variant(node, step):
            break
    return pointer


def named_pointer(message: str, item: Any) -> Pointer | None:
    """The pointer to the first place in this item that a message of the API names; None where it names none."""
    for path in named_paths(message):
        pointer = pointer_of(path, item)
        if len(pointer) > 1 or (path == "params" and pointer):
            return pointer
    return None


def _key(node: Any, step: str, following: str | None) -> str | int | None:
    """The key or index that a step is; None if it is none, or the type of a variant."""
    if isinstance(node, list):
        return int(step) if step.isascii() and step.isdigit() and len(step) < 10 and int(step) < len(node) else None
    if not isinstance(node, Mapping) or step not in node:
        return None
    if following is None or not _is_variant(node, step):
        return step
    leads_on = isinstance(node[step], (Mapping, list)) and following not in node
    return step if leads_on else None


def _is_variant(node: Any, step: str) -> bool:
    return isinstance(node, Mapping) and node.get("type", UNTYPED) == step


def _inner(item: Any, pointer: Pointer) -> Any:
    for key in pointer:
        item = item.get(key) if isinstance(item, Mapping) else None
    return item
