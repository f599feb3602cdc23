"""How many pages of PDFs a request carries itself."""

from __future__ import annotations

from typing import NamedTuple

from batchlint.media.headers import pdf_pages
from batchlint.request import Request
from batchlint.views.inline_files import InlineFile, inline_documents


class Pages(NamedTuple):
    """The pages of one document."""

    document: InlineFile
    pages: int
    """0 where the document does not say it in a readable way."""


def pages(request: Request) -> list[Pages]:
    """The base64 PDFs of a request, with their pages. Megabytes are decoded for it."""
    return [Pages(document, pdf_pages(document.clean) or 0) for document in request.once(inline_documents)]
