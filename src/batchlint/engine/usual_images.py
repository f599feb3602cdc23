"""The usual images, distinguished at the cost of one look at each: few, of a known format, and not too large."""

from __future__ import annotations

from typing import Any

from batchlint.facts import limits
from batchlint.media.base64_flaws import flaw_of
from batchlint.media.headers import sniff

WITHOUT_IMAGE = ("text", "tool_reference")
"""What a result may hold next to images."""
HOLDERS = ("document", "search_result", "mcp_tool_result")
"""Blocks whose images are not looked at here."""


def usual_images(messages: list[dict[str, Any]], longest: int | None = None) -> bool:
    """Whether all images are files in base64 or by id, or at a https URL, of which no rule on `unusual-image` has
    anything to say.

    `longest`: characters that one may have, if the API's limit is not the one that counts.

    Whatever is less usual is not, right or wrong: many images, those in documents, in errors or of toolsets, and what
    the schema refused.
    """
    images: list[dict[str, Any]] = []
    for message in messages:
        content = message.get("content")
        if content.__class__ is not list:
            continue
        for block in content:
            kind = block.get("type")
            if kind == "image":
                images.append(block)
            elif kind == "tool_result" and block.get("content").__class__ is list:
                if block.get("is_error") or "toolset_name" in block:
                    return False
                images += [inner for inner in block["content"] if inner.get("type") not in WITHOUT_IMAGE]
            elif kind in HOLDERS:
                return False
    longest = longest or limits().image.base64_length
    return len(images) <= limits().image.many and all(_is_usual(image, longest) for image in images)


def _is_usual(block: dict[str, Any], longest: int) -> bool:
    source = block.get("source") if block.get("type") == "image" else None
    if not source or "transformations" in block:
        return False
    kind = source.get("type")
    if kind != "base64":
        return "file_id" in source if kind == "file" else kind == "url" and (source.get("url") or "")[:8] == "https://"
    data = source.get("data")
    return bool(data) and len(data) <= longest and usual_media_type(data) == source.get("media_type", "")


def usual_media_type(data: str) -> str | None:
    """The media type of an image of usual size by its base64; None if it is anything else."""
    limit = limits().image
    header = sniff(data) if len(data) <= limit.base64_length and flaw_of(data) is None else None
    return header.media_type if header and header.width <= limit.side and header.height <= limit.side else None
