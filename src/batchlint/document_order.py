"""The order of places in the text of an item, known from the decoded value alone."""

from __future__ import annotations

from typing import Any

from batchlint.rule import Pointer


def document_order(item: Any, pointer: Pointer | None) -> tuple[int, ...]:
    """A key that sorts pointers as their places stand in the item; the decoder keeps the order of members."""
    ranks: list[int] = []
    node = item
    for key in pointer or ():
        if isinstance(node, dict) and key in node:
            ranks.append(list(node).index(str(key)))
            node = node[str(key)]
        elif isinstance(node, list) and isinstance(key, int) and key < len(node):
            ranks.append(key)
            node = node[key]
        else:
            break
    return tuple(ranks)
