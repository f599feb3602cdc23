"""A document's data that is not a PDF.

A base64 document has to be a PDF, which says `%PDF-` in its first 1,024 bytes. Text goes into a source of type
`text`, an image into an image block, and a Word or HTML file has to be converted.

The API then answers, for that request only and hours later: `messages.0.content.0.pdf.source.base64.data: The PDF
specified was not valid.`

Example:

    {"type": "base64", "media_type": "application/pdf", "data": "PCFET0NUWVBFIGh0bWw+..."}

Instead:

    {"type": "text", "media_type": "text/plain", "data": "..."}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.inline_files import PDF, InlineFile, inline_documents
from batchlint.facts import errors, limits
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("block:document",),
    source="issue threads of 2025 and 2026; docs: build-with-claude/pdf-support",
    checked="2026-11-23",
)

MAGIC = b"%PDF-"


def check(request: Request) -> Iterator[Problem]:
    for document in request.once(inline_documents):
        if document.actual == PDF or MAGIC in document.head(limits().document.pdf_header_window):
            continue
        yield Problem(
            pointer=(*document.source, "data"),
            message=f"the document's data is {document.what}, not a PDF",
            help=_help(document),
            api_error=errors().text("pdf_invalid", path=document.api_path(request).replace(".document.", ".pdf.")),
        )


def _help(document: InlineFile) -> str:
    if document.is_image:
        return "send it in an image block"
    return 'convert it to a PDF, or send text as {"type": "text", "media_type": "text/plain", "data": ...}'
