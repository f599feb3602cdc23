"""A PDF that is encrypted.

The API reads no PDF that needs a password. One that opens without a password but forbids copying or printing is
encrypted as well, and whether that is read is not documented, so this is a warning. It shows in the last two
kilobytes of the file.

The API then answers, for that request only and hours later:
`messages.0.content.0.pdf.source.base64.data: The PDF specified is password protected.`

Example: a bank statement that opens with a password.

Instead: the same file, decrypted (`qpdf --decrypt`).
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.inline_files import PDF, inline_documents
from batchlint.facts import errors
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="warning",
    impact="request",
    since="0.1.0",
    triggers=("block:document",),
    source="docs: build-with-claude/pdf-support; reports of 2025 and 2026",
    checked="2026-11-23",
)

TRAILER = 2048
"""Bytes at the end that hold a PDF's trailer."""


def check(request: Request) -> Iterator[Problem]:
    for document in request.once(inline_documents):
        if document.actual == PDF and b"/Encrypt" in document.tail(TRAILER):
            yield Problem(
                pointer=(*document.source, "data"),
                message="the PDF is encrypted; the API reads none that needs a password",
                help="decrypt it first (qpdf --decrypt)",
                api_error=errors().text("pdf_password", path=document.api_path(request).replace(".document.", ".pdf.")),
            )
