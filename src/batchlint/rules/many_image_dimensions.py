"""An image with a side of more than 2,000 pixels among more than 20 images.

With more than 20 images in a request, every one of them has to keep to 2,000 pixels a side. Images of earlier turns
and in tool results count too, so a conversation with screenshots gets there on its own.

The API then answers, for that request only and hours later: `messages.0.content.4.image.source.base64.data: At
least one of the image dimensions exceed max allowed size for many-image requests: 2000 pixels`.

Example: 21 photographs of 4032 x 3024 pixels.

Instead: the photographs scaled down to 2,000 pixels, or 20 of them.
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.inline_files import InlineFile, inline_images
from batchlint.facts import errors, limits
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("unusual-image",),
    source="docs: build-with-claude/vision; issue threads of 2025 and 2026",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    limit = limits().image
    count = len(request.blocks_of("image"))
    if count <= limit.many:
        return
    large = [image for image in request.once(inline_images) if limit.side_when_many < _side(image) <= limit.side]
    if large:
        yield Problem(
            pointer=(*large[0].source, "data"),
            message=f"{len(large)} of {count} images {'has' if len(large) == 1 else 'have'} a side of more than "
            f"{limit.side_when_many:,} pixels, this one {_side(large[0]):,}",
            help=f"with more than {limit.many} images, scale each to {limit.side_when_many:,} pixels a side",
            api_error=errors().text(
                "image_side_when_many", path=large[0].api_path(request), limit=limit.side_when_many
            ),
        )


def _side(image: InlineFile) -> int:
    return max(image.header.width, image.header.height) if image.header is not None else 0
