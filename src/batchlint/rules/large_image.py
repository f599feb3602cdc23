"""An image of more than 10 MB.

The limit is 10,485,760, and it is measured on the base64 text, which is a third longer than the file: a file of up
to about 7.8 MB fits. Larger images are scaled down before the model sees them anyway, so nothing is lost by doing
that before.

The API then answers, for that request only and hours later: `messages.0.content.0.image.source.base64: image
exceeds 10 MB maximum: 23045044 bytes > 10485760 bytes`.

Example: a photograph of 9 MB as it came from the camera.

Instead: the same photograph, scaled to 2576 pixels on its long edge.
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.inline_files import inline_files
from batchlint.facts import errors, media
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("unusual-image",),
    source="live capture 2026-09-29; docs: build-with-claude/vision",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    limit = request.options.image_base64_length
    for file in request.once(inline_files):
        length = len(file.data)
        if length > limit and file.block.type == "image":
            yield Problem(
                pointer=(*file.source, "data"),
                message=f"the image has {length:,} bytes as base64; the limit is {limit:,}",
                help=f"scale it down: no model sees more than {media().tiers['large'].long_edge:,} pixels a side",
                api_error=errors().text("image_too_large", path=file.api_path(request), found=length, limit=limit),
            )
