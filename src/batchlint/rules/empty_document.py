"""A document or a search result without text.

A text document with nothing in its `data`, a document without content blocks, a search result whose texts are
empty: nothing that the model could read, mostly because a file could not be read. What the API does is reported,
not documented, so this is a warning.

The API reportedly refuses it, hours later.

Example:

    {"type": "document", "source": {"type": "text", "media_type": "text/plain", "data": ""}}

Instead: the document's text; or no block.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from batchlint.request import Block, Request
from batchlint.rule import Metadata, Pointer, Problem

META = Metadata(
    severity="warning",
    impact="request",
    since="0.1.0",
    triggers=("block:document", "block:search_result"),
    source="reports; docs: build-with-claude/search-results (a text there is not empty)",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    for block in request.blocks_of("document", "search_result"):
        pointer = _empty_part(block)
        if pointer is not None:
            yield Problem(
                pointer=pointer,
                message=f"a {block.type.replace('_', ' ')} without text",
                help="put its text there, or remove the block",
            )


def _empty_part(block: Block) -> Pointer | None:
    """The place of the field that says nothing; None where it says something, or is no text."""
    value, pointer, member = block.value, block.pointer, "content"
    if block.type == "document":
        value, pointer = value.get("source") or {}, (*pointer, "source")
        if value.get("type") == "text":
            member = "data"
        elif value.get("type") != "content":
            return None
    return (*pointer, member) if _says_nothing(value.get(member)) else None


def _says_nothing(content: Any) -> bool:
    if content is None:
        return False
    if isinstance(content, str):
        return not content or content.isspace()
    return all(part.get("type") == "text" and _says_nothing(part.get("text")) for part in content)
