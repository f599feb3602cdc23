"""Whether a document or a search result is to be cited from."""

from __future__ import annotations

from batchlint.request import Block
from batchlint.rule import Pointer


def enabled(block: Block) -> bool:
    """Whether citations are enabled; they are not, unless a block says so."""
    return bool((block.value.get("citations") or {}).get("enabled"))


def place(block: Block) -> Pointer:
    """The place of its `citations`; where it has none, the block itself."""
    return (*block.pointer, "citations") if block.value.get("citations") is not None else block.pointer
