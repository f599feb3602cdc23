"""The edits of `context_management`: what is cleared or summarised when the context grows."""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.request import Request
from batchlint.rule import Pointer

CLEAR_THINKING = "clear_thinking_"


def edits(request: Request) -> Iterator[tuple[Pointer, str]]:
    """Each edit's place and type, in order; those that the schema refused are left out."""
    listed = (request.params.get("context_management") or {}).get("edits")
    for index, edit in enumerate(listed or ()):
        if edit.get("type"):
            yield ("params", "context_management", "edits", index), edit["type"]
