"""An image whose media_type is not what its bytes are.

`image/png` over the bytes of a JPEG, mostly because the type was taken from the file's name, or fixed in the code.
A file's first bytes tell what it is, and the API looks at them.

The API then answers, for that request only and hours later: `messages.0.content.1.image.source.base64: The image
was specified using the image/png media type, but the image appears to be a image/jpeg image`.

Example:

    {"type": "base64", "media_type": "image/png", "data": "/9j/4AAQSkZJRg..."}

Instead:

    {"type": "base64", "media_type": "image/jpeg", "data": "/9j/4AAQSkZJRg..."}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.inline_files import inline_images
from batchlint.edits import Replace, safe
from batchlint.facts import errors
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("unusual-image",),
    source="issue threads of 2024 to 2026, one of a batch (accepted for a while between 2025-08 and 2025-10)",
    checked="2026-11-23",
    fixes=("safe",),
)


def check(request: Request) -> Iterator[Problem]:
    for image in request.once(inline_images):
        declared, actual = image.declared, image.actual
        if declared is None or declared == actual or not image.is_image:
            continue
        yield Problem(
            pointer=(*image.source, "media_type"),
            message=f"the media type is {declared}, but the data is {actual}",
            help=f'write "media_type": "{actual}"',
            api_error=errors().text("image_mismatch", path=image.api_path(request), declared=declared, actual=actual),
            fix=safe(Replace((*image.source, "media_type"), actual)) if actual is not None else None,
        )
