"""Citations together with a format that the answer has to follow.

An answer is either cited from documents or search results, or it follows `output_config.format`: citations are text
between blocks, which no schema has room for.

The API refuses that request with a 400, hours later.

Example:

    {"output_config": {"format": {"type": "json_schema", "schema": {...}}}, "messages": [{"role": "user", "content":
      [{"type": "document", "source": {...}, "citations": {"enabled": true}}]}]}

Instead: one of the two; or a property of the schema for the quotation.
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.citations import enabled
from batchlint.request import Request
from batchlint.rule import Metadata, Pointer, Problem
from batchlint.schema.api_path import api_path

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("carried:citations",),
    source="docs: build-with-claude/citations, structured-outputs",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    pointer = _format(request)
    if pointer is None:
        return
    cited = next((block for block in request.blocks_of("document", "search_result") if enabled(block)), None)
    if cited is not None:
        yield Problem(
            pointer=pointer,
            message=f"an output format, but citations are enabled for {api_path(request.value, cited.pointer)}",
            help="remove the format, or disable the citations of every document and search result",
        )


def _format(request: Request) -> Pointer | None:
    if (request.params.get("output_config") or {}).get("format"):
        return ("params", "output_config", "format")
    return ("params", "output_format") if request.params.get("output_format") else None
