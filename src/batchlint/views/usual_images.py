"""The usual images, told apart at the cost of one look at each: few, of a known format, and not too large."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from batchlint.facts import limits
from batchlint.media.base64_flaws import flaw_of
from batchlint.media.headers import sniff

if TYPE_CHECKING:
    from batchlint.facts.limit import Image

HOLDERS = ("document", "search_result", "mcp_tool_result")
"""Blocks whose images are not looked at here."""


def usual_images(messages: list[dict[str, Any]]) -> bool:
    """Whether all images are files in base64 of which no rule on `unusual-image` has anything to say.

    Whatever is less usual is not, right or wrong: images by URL or id, many of them, those in documents, in errors or
    of toolsets, and what the schema refused.
    """
    limit = limits().image
    sides: list[int] = []
    for message in messages:
        content = message.get("content")
        if content.__class__ is not list:
            continue
        for block in content:
            kind = block.get("type")
            if kind == "image":
                sides.append(_side(block, limit))
            elif kind in HOLDERS:
                return False
            elif kind == "tool_result" and block.get("content").__class__ is list:
                if block.get("is_error") or "toolset_name" in block:
                    return False
                sides.extend(_side(inner, limit) for inner in block["content"] if inner.get("type") != "text")
    return 0 not in sides and len(sides) <= limit.many and max(sides, default=0) <= limit.side


def _side(block: dict[str, Any], limit: Image) -> int:
    """The longer side of an image in pixels; 0 where there is something unusual about it."""
    source = block.get("source") if block.get("type") == "image" else None
    if not source:
        return 0
    data = source.get("data")
    if not data or len(data) > limit.base64_length or source.get("type") != "base64" or "transformations" in block:
        return 0
    header = sniff(data) if flaw_of(data) is None else None
    if header is None or header.media_type != source.get("media_type"):
        return 0
    return max(header.width, header.height)
