"""An image that is too large for the model, where it must not be scaled down.

A model scales large images down, unless `transformations` says `"oversized_image": "error"`, or the image is a
screenshot that a computer or browser toolset gave back (a `tool_result` with `toolset_name`), whose coordinates
would no longer fit. What is too large depends on the model: 2576 pixels on the long edge and 4,784 tokens of 28 x
28 pixels from Claude Opus 4.7 on, 1568 pixels and 1,568 tokens before.

The API refuses that request with a 400, hours later.

Example:

    {"type": "image", "source": {...}, "transformations": {"oversized_image": "error"}}

Instead: the image, scaled down to what the model takes.
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.facts import media
from batchlint.inline_files import InlineFile, inline_images
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    wakes_on=("block:image",),
    source="docs: build-with-claude/vision, vision-coordinates",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    tier = media().tiers.get((request.model.image_tier if request.model else None) or "")
    if tier is None:
        return
    screenshots = {
        block.pointer for block in request.blocks_of("tool_result") if block.value.get("toolset_name") is not None
    }
    for image in inline_images(request):
        if image.header is None or not (_must_fit(image) or image.block.pointer[:-2] in screenshots):
            continue
        width, height = image.header.width, image.header.height
        tokens = -(-width // tier.patch) * -(-height // tier.patch)
        if max(width, height) > tier.long_edge or tokens > tier.tokens:
            yield Problem(
                pointer=(*image.source, "data"),
                message=f"the image has {width} x {height} pixels ({tokens:,} tokens) and must not be scaled down; "
                f"the model takes {tier.long_edge} pixels and {tier.tokens:,} tokens",
                help='scale it down before, or say "oversized_image": "downsize"'
                if _must_fit(image)
                else "take the screenshot in a smaller size",
            )


def _must_fit(image: InlineFile) -> bool:
    return (image.block.value.get("transformations") or {}).get("oversized_image") == "error"
