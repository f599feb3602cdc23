"""An image with a side of more than 8,000 pixels.

Mostly the screenshot of a whole page, or a scan. Larger images are scaled down before the model sees them anyway,
so nothing is lost by doing that before.

The API then answers, for that request only and hours later: `messages.0.content.0.image.source.base64.data: At
least one of the image dimensions exceed max allowed size: 8000 pixels`.

Example: a screenshot of 1280 x 14000 pixels.

Instead: the screenshot in parts, or scaled down.
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.inline_files import inline_images
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
    limit = limits().image.side
    for image in request.once(inline_images):
        header = image.header
        if header is not None and (header.width > limit or header.height > limit):
            yield Problem(
                pointer=(*image.source, "data"),
                message=f"the image is {header.width} x {header.height} pixels; the limit is {limit:,} per side",
                help="scale it down, or cut it into parts",
                api_error=errors().text("image_side", path=image.api_path(request), limit=limit),
            )
