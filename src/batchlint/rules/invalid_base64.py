"""Image or PDF data that is not base64.

The `data` of a base64 source is standard base64 and nothing else: no `data:image/png;base64,` in front, no file
name, no bytes as text, and not empty. Whether line breaks, the URL-safe alphabet and missing padding are taken is
not documented; they are warnings. The data is judged by its first and last 512 characters.

The API then answers, for that request only and hours later: `messages.0.content.0.image.source.base64: invalid
base64 data`, or `messages.0.content.0.image.source.base64: image cannot be empty`.

Example:

    {"type": "base64", "media_type": "image/png", "data": "data:image/png;base64,iVBORw0KGgo..."}

Instead:

    {"type": "base64", "media_type": "image/png", "data": "iVBORw0KGgo..."}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.inline_files import InlineFile, inline_files
from batchlint.edits import Replace, safe
from batchlint.facts import errors
from batchlint.media.base64_flaws import Base64Flaw, standard_base64
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("unusual-image", "block:document"),
    source="issue threads of 2024 to 2026 (data URL, placeholder, empty, not ASCII); the rest is not documented",
    checked="2026-11-23",
    fixes=("safe",),
)

HELP = {
    "empty": "put the file's bytes there, or remove the block",
    "data-url": "keep only the part after the comma",
    "file-reference": "put the file's bytes there as base64; SDKs and curl send the reference as it is",
    "whitespace": "encode it without line breaks (base64 -w0, Python's base64.b64encode)",
    "url-safe": "encode it in the standard alphabet (Python's base64.b64encode, not urlsafe_b64encode)",
    "padding": "keep the = at the end",
    "length": "encode the whole file again",
}


def check(request: Request) -> Iterator[Problem]:
    for file in request.once(inline_files):
        if file.flaw is not None:
            data = standard_base64(file.data, file.flaw)
            yield Problem(
                pointer=(*file.source, "data"),
                message=f"the {_kind(file)} data {file.flaw.what}",
                help=HELP.get(file.flaw.kind, "put the file's bytes there as standard base64"),
                api_error=errors().text(_error(file, file.flaw), path=file.api_path(request)),
                severity=None if file.flaw.certain else "warning",
                fix=None if data is None else safe(Replace((*file.source, "data"), data)),
            )


def _kind(file: InlineFile) -> str:
    return "image" if file.block.type == "image" else "PDF"


def _error(file: InlineFile, flaw: Base64Flaw) -> str:
    if flaw.kind == "empty":
        return "image_empty" if file.block.type == "image" else "pdf_empty"
    return "base64_not_ascii" if flaw.kind == "not-ascii" else "invalid_base64"
