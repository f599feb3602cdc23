"""Citations that are enabled for some documents, or search results, and not for others.

All documents of a request have to agree in `citations.enabled`, and so do all search results; without `citations`
they are disabled. With the web search tool in the request, search results have to have them enabled. Of documents
inside tool results it is not certain that they count: there it is a warning.

The API refuses that request with a 400, hours later.

Example:

    {"type": "document", "source": {...}, "citations": {"enabled": true}}, {"type": "document", "source": {...}}

Instead:

    {"type": "document", "source": {...}, "citations": {"enabled": true}},
    {"type": "document", "source": {...}, "citations": {"enabled": true}}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.citations import enabled, place
from batchlint.request import Block, Request
from batchlint.rule import Metadata, Problem
from batchlint.schema.api_path import api_path

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("block:document", "block:search_result"),
    source="docs: build-with-claude/citations, search-results",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    documents = list(request.blocks_of("document"))
    own = [block for block in documents if block.parent is None]
    yield from _disagreement(request, own) or _disagreement(request, documents, certain=False)
    results = list(request.blocks_of("search_result"))
    yield from _disagreement(request, results) or _uncited_beside_web_search(request, results)


def _disagreement(request: Request, blocks: list[Block], certain: bool = True) -> list[Problem]:
    """The first block that says otherwise than the first of all."""
    other = next((block for block in blocks if enabled(block) != enabled(blocks[0])), None)
    if other is None:
        return []
    kind = other.type.replace("_", " ")
    first, this = ("enabled", "disabled") if enabled(blocks[0]) else ("disabled", "enabled")
    return [
        Problem(
            pointer=place(other),
            message=f"citations are {this} here and {first} for {api_path(request.value, blocks[0].pointer)}",
            help=f'give every {kind} of the request "citations": {{"enabled": true}}, or none',
            severity=None if certain else "warning",
        )
    ]


def _uncited_beside_web_search(request: Request, results: list[Block]) -> list[Problem]:
    if not results or enabled(results[0]):
        return []
    if not any(str(tool.get("type")).startswith("web_search_") for _, tool in request.tools):
        return []
    return [
        Problem(
            pointer=place(results[0]),
            message="citations are disabled for this search result, and the request has the web search tool",
            help='give every search result "citations": {"enabled": true}',
        )
    ]
