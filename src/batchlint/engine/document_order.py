"""The order of places in the text of an item, known from the decoded value alone."""

from __future__ import annotations

from typing import Any

from batchlint.rule import Pointer


class DocumentOrder:
    """Sorts the places of one item; the members of an object are counted once, however many places are in it."""

    def __init__(self, item: Any) -> None:
        self._item = item
        self._ranks: dict[int, dict[str, int]] = {}

    def __call__(self, pointer: Pointer | None) -> tuple[int, ...]:
        """A key that sorts pointers as their places are in the item; the decoder keeps the order of members."""
        ranks: list[int] = []
        node = self._item
        for key in pointer or ():
            if isinstance(node, dict) and key in node:
                ranks.append(self._ranks_in(node)[str(key)])
                node = node[str(key)]
            elif isinstance(node, list) and isinstance(key, int) and key < len(node):
                ranks.append(key)
                node = node[key]
            else:
                break
        return tuple(ranks)

    def _ranks_in(self, node: dict[str, Any]) -> dict[str, int]:
        ranks = self._ranks.get(id(node))
        if ranks is None:
            ranks = self._ranks[id(node)] = {name: rank for rank, name in enumerate(node)}
        return ranks
