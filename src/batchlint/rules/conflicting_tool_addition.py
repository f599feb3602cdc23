"""A tool that a message adds under a name which is taken.

A `tool_addition` may define a tool by itself (`tool_definition`). A tool of the same kind takes the place of the one
with its name; a tool of your own with the name of one that Anthropic defines, or the other way round, is refused as
long as that one is available.

The API then refuses that request only, hours later, with the error code `tool_name_conflict`; its text is not known.

Example:

    {"model": "claude-opus-5", "tools": [{"type": "web_search_20250305", "name": "web_search"}],
     "messages": [{"role": "user", "content": "Hi"}, {"role": "system", "content": [{"type": "tool_addition", "tool":
      {"type": "tool_definition", "definition": {"name": "web_search", "input_schema": {...}}}}]}], ...}

Instead:

    {"model": "claude-opus-5", "tools": [{"type": "web_search_20250305", "name": "web_search"}],
     "messages": [{"role": "user", "content": "Hi"}, {"role": "system", "content": [{"type": "tool_addition", "tool":
      {"type": "tool_definition", "definition": {"name": "search_notes", "input_schema": {...}}}}]}], ...}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.tool_changes import taken_names
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("block:tool_addition",),
    source="Python SDK (tool_name_conflict)",
    checked="2026-11-28",
)


def check(request: Request) -> Iterator[Problem]:
    for pointer, name in taken_names(request):
        yield Problem(
            pointer=pointer,
            message=f"the name `{name[:80]}` is that of an available tool of another kind",
            help="give the tool another name, or remove the other one before (`tool_removal`)",
        )
