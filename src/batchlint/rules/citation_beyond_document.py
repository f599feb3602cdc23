"""A citation of a place that its document does not have.

A conversation gives the assistant's texts back with their citations. Each names its document by number, counted over
all documents of the request, and a place in it. Where a document was shortened, left out or put elsewhere since, the
place is not there any more. An error is a citation that begins after the end of a text; one that ends before it
begins, that names a document, a search result or a block that is not there, is a warning: no answer to it is known.

The API then answers, for that request only and hours later: `Start index 2406 is beyond document length 257`.

Example:

    {"messages": [
      {"role": "user", "content": [
        {"type": "document", "source": {"type": "text", "media_type": "text/plain", "data": "High tide is at 4 p.m."}},
        {"type": "text", "text": "When is high tide?"}]},
      {"role": "assistant", "content": [{"type": "text", "text": "At 4 p.m.", "citations": [
        {"type": "char_location", "cited_text": "4 p.m.", "document_index": 0, "document_title": null,
         "start_char_index": 2406, "end_char_index": 2412}]}]},
      {"role": "user", "content": "And low tide?"}]}

Instead: send the same documents, in the same order, as in the request that gave the answer; or remove `citations`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from batchlint.analysis.cited_sources import block_count, cited_sources, text_of
from batchlint.facts import errors
from batchlint.request import Block, Request
from batchlint.rule import Metadata, Pointer, Problem, Severity

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("carried:citations",),
    source="an answer of the API quoted in public reports of 2026; docs: build-with-claude/citations",
    checked="2026-11-28",
)

RANGES = {
    "char_location": ("start_char_index", "end_char_index"),
    "content_block_location": ("start_block_index", "end_block_index"),
    "page_location": ("start_page_number", "end_page_number"),
    "search_result_location": ("start_block_index", "end_block_index"),
}


def check(request: Request) -> Iterator[Problem]:
    for block in request.blocks_of("text"):
        for position, citation in enumerate(block.value.get("citations") or ()):
            if citation.get("type") in RANGES:
                yield from _first_problem(request, citation, (*block.pointer, "citations", position))


def _first_problem(request: Request, citation: dict[str, Any], at: Pointer) -> Iterator[Problem]:
    start_name, end_name = RANGES[citation["type"]]
    start, end = citation.get(start_name), citation.get(end_name)
    kind = "search_result" if citation["type"] == "search_result_location" else "document"
    index = citation.get(f"{kind}_index")
    sources = request.once(cited_sources)
    numbered = sources.search_results if kind == "search_result" else sources.documents
    if start is not None and end is not None and end < start:
        yield _problem((*at, end_name), f"the citation ends at {end}, before it begins at {start}")
    elif numbered is None or index is None:
        return
    elif index >= len(numbered):
        what = f"{kind.replace('_', ' ')} {index}, counted from 0, and the request has {len(numbered)}"
        yield _problem((*at, f"{kind}_index"), f"the citation names {what}")
    elif start is not None:
        yield from _beyond(citation["type"], start, numbered[index], (*at, start_name))


def _beyond(citation_type: str, start: int, source: Block, at: Pointer) -> Iterator[Problem]:
    text = text_of(source) if citation_type == "char_location" else None
    if text is not None and start > len(text):
        yield _problem(
            at,
            f"the citation begins at character {start}, and its document has {len(text)}",
            errors().text("citation_beyond", start=start, length=len(text)),
            # Beyond the bytes of UTF-8 it is beyond the text in whatever unit somebody counts.
            None if start > len(text.encode(errors="replace")) else "warning",
        )
    count = block_count(source) if citation_type.endswith(("block_location", "result_location")) else None
    if count is not None and start >= count:
        yield _problem(at, f"the citation begins at block {start}, counted from 0, and its source has {count}")


def _problem(at: Pointer, message: str, api_error: str | None = None, severity: Severity | None = "warning") -> Problem:
    return Problem(
        pointer=at,
        message=message,
        help="send the documents as they were when this answer was given, or remove the citation",
        api_error=api_error,
        severity=severity,
    )
