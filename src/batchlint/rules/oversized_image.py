"""An image that is too large for the model, where it must not be scaled down.

A model scales large images down, unless `transformations` says `"oversized_image": "error"`, or the image is a
screenshot that a computer or browser toolset gave back (a `tool_result` with `toolset_name`), whose coordinates
would no longer fit. What is too large depends on the model: 2576 pixels on the long edge and 4,784 tokens of 28 x
28 pixels from Claude Opus 4.7 on, 1568 pixels and 1,568 tokens before.

The API then answers, for that request only and hours later: `messages.0.content.0: image dimensions 1920x1080
exceed the maximum image size of a model named on this request and would be downsized to 1456x819; ...`

Example:

    {"type": "image", "source": {...}, "transformations": {"oversized_image": "error"}}

Instead: the image, scaled down to what the model takes.
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.inline_files import InlineFile, inline_images
from batchlint.facts import errors, media
from batchlint.media.image_size import fits, fitting_size
from batchlint.request import Request
from batchlint.rule import Metadata, Pointer, Problem
from batchlint.schema.api_path import api_path

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("unusual-image",),
    source="docs: build-with-claude/vision, vision-coordinates",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    tier = media().tiers.get((request.model.image_tier if request.model else None) or "")
    if tier is None:
        return
    for image in request.once(inline_images):
        header = image.header
        if header is None or fits(header.width, header.height, tier):
            continue
        size, fitting = (f"{w}x{h}" for w, h in (header[1:], fitting_size(header.width, header.height, tier)))
        message = f"the image has {size} pixels and must not be scaled down; the model takes it in {fitting}"
        pointer = (*image.source, "data")
        if _asks_for_an_error(image):
            yield Problem(
                pointer=pointer,
                message=message,
                help=f'scale it to {fitting}, or write "oversized_image": "downsize"',
                api_error=errors().text(
                    "image_oversized", path=api_path(request.value, image.block.pointer), found=size, limit=fitting
                ),
            )
        elif image.block.parent == "tool_result" and image.block.pointer[:-2] in request.once(_screenshots):
            yield Problem(
                pointer=pointer, message=message, help=f"scale the screenshot to {fitting}, and the clicks back"
            )


def _asks_for_an_error(image: InlineFile) -> bool:
    return (image.block.value.get("transformations") or {}).get("oversized_image") == "error"


def _screenshots(request: Request) -> frozenset[Pointer]:
    """The places of the results of toolsets' tools."""
    results = request.blocks_of("tool_result")
    return frozenset(result.pointer for result in results if result.value.get("toolset_name") is not None)
