"""More pages of PDFs than a request may have.

A request may have 600 pages over all its PDFs, and 100 where the model's context window is 200,000 tokens. Pages
are counted where the PDF is in the request as base64 and says its number of pages in a readable way: those of the
page tree that its last cross-reference leads to, and not those that were deleted or that an attached file has. Where
a file does not hold together its pages are guessed, and more than the limit are a warning.

The API then answers, for that request only and hours later: `messages.0.content.0.pdf.source.base64.data: A maximum
of 100 PDF pages may be provided.`

Example: a manual of 240 pages for claude-haiku-4-5.

Instead: the manual in parts, or for a model with a context window of 1,000,000 tokens.
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
    triggers=("block:document",),
    source="docs: build-with-claude/pdf-support; issue threads of 2025 and 2026",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    limit = request.model.max_pdf_pages if request.model else None
    if limit is None:
        return
    documents = request.once(pages)
    total = sum(document.pages for document in documents)
    if total <= limit:
        return
    is_sure = sum(document.pages for document in documents if document.is_sure) > limit
    longest = max(documents, key=lambda document: document.pages)
    counted = f"{total:,} pages of PDFs, {longest.pages:,} of them here"
    yield Problem(
        pointer=(*longest.document.source, "data"),
        message=f"{counted}; the limit is {limit} with this model"
        if is_sure
        else f"about {counted}, but not every file holds together; the limit is {limit} with this model",
        help="split it into several requests, or send its text",
        severity=None if is_sure else "warning",
        api_error=errors().text("pdf_pages", limit=limit) if is_sure else None,
    )
