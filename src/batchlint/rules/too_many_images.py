"""More images, and pages of PDFs, than a request may have.

A request may have 600 images, and 100 where the model's context window is 200,000 tokens. Images of earlier turns
and in tool results count, and so does every page of a PDF.

The API then answers, for that request only and hours later: `Too much media: 0 document pages + 101 images > 100`.

Example: 120 images for claude-haiku-4-5.

Instead: two requests of 60 images.
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.pages import pages
from batchlint.facts import errors
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
    limit = request.model.max_images if request.model else None
    if limit is None:
        return
    images = len(request.blocks_of("image"))
    documents = sum(document.pages for document in request.once(pages)) if images <= limit else 0
    if images + documents > limit >= documents:
        yield Problem(
            pointer=("params",),
            message=f"{images:,} images"
            + (f" and {documents:,} pages of PDFs" if documents else "")
            + f"; a request may have {limit} with this model",
            help="split it into several requests",
            api_error=errors().text("too_many_media", pages=documents, images=images, limit=limit),
        )
