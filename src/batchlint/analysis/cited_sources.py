"""The documents and search results that citations point into, in the order in which citations number them."""

from __future__ import annotations

from typing import Any, NamedTuple

from batchlint.request import Block, Request


class CitedSources(NamedTuple):
    """Blocks by their index; None where the numbering is not known: results may bring documents of their own."""

    documents: list[Block] | None
    search_results: list[Block] | None


def cited_sources(request: Request) -> CitedSources:
    """What citations can name; to be asked for with `request.once(cited_sources)`."""
    if request.blocks_of("compaction") or not all(block.type for block in request.blocks):
        return CitedSources(None, None)  # Something was summed up, or is refused: it may have held some.
    documents = request.blocks_of("document")
    numbered = not request.blocks_of("web_fetch_tool_result") and all(block.parent is None for block in documents)
    return CitedSources(documents if numbered else None, request.blocks_of("search_result"))


def text_of(document: Block) -> str | None:
    """The text of a document of plain text."""
    source = _source(document)
    text = source.get("data") if source.get("type") == "text" else None
    return text if isinstance(text, str) else None


def block_count(holder: Block) -> int | None:
    """The number of content blocks of a search result, or of a document that is made of them; a string is one."""
    source = holder.value if holder.type == "search_result" else _source(holder)
    content = source.get("content")
    if isinstance(content, str):
        return 1
    return len(content) if isinstance(content, list) else None


def _source(document: Block) -> dict[str, Any]:
    return document.value.get("source") or {}
