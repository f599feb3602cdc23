"""Image data that is not JPEG, PNG, GIF or WebP.

The API takes these four formats. SVG, BMP, TIFF, HEIC and AVIF have to be converted, and a PDF goes into a document
block. Data that is not an image at all is often the page of an error that was saved as a picture, or a text in base64.

The API then answers, for that request only and hours later: `Could not process image`.

Example:

    {"type": "base64", "media_type": "image/png", "data": "PCFET0NUWVBFIGh0bWw+..."}

Instead: the bytes of a JPEG, PNG, GIF or WebP file.
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.inline_files import PDF, inline_images
from batchlint.facts import errors
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("unusual-image",),
    source="docs: build-with-claude/vision; issue threads of 2024 to 2026",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    for image in request.once(inline_images):
        if not image.is_image:
            yield Problem(
                pointer=(*image.source, "data"),
                message=f"the image data is {image.what}, not a JPEG, PNG, GIF or WebP",
                help="send it in a document block"
                if image.actual == PDF
                else "convert it, or look where its bytes come from",
                api_error=errors().text("image_unreadable"),
            )
