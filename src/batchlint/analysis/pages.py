"""How many pages of PDFs a request carries itself."""

from __future__ import annotations

from typing import NamedTuple

from batchlint.analysis.inline_files import InlineFile, inline_documents
from batchlint.media.pdf import pdf_pages
from batchlint.request import Request


class DocumentPages(NamedTuple):
    """The pages of one document."""

    document: InlineFile
    pages: int
    """0 where the document does not say it in a readable way."""
    is_sure: bool


def pages(request: Request) -> list[DocumentPages]:
    """The base64 PDFs of a request, with their pages."""
    found = ((document, pdf_pages(document.clean)) for document in request.once(inline_documents))
    return [DocumentPages(document, *(counted or (0, True))) for document, counted in found]
