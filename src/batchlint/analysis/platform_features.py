"""What of a request is not available on the platform that its file is for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from batchlint.request import Request
from batchlint.rule import Pointer


class MissingFeature(NamedTuple):
    """One thing that is not available."""

    pointer: Pointer
    what: str
    """As a subject: "a tool of type `web_search_20250305`"."""
    name: str
    """The field or the type, by which the facts say what to do instead."""
    is_field: bool = False


def missing_features(request: Request) -> tuple[MissingFeature, ...]:
    """What a request has that is not available, in the order of its parts; nothing on the Claude API."""
    return tuple(_missing(request))


def _missing(request: Request) -> Iterator[MissingFeature]:
    platform = request.options.platform
    if platform is None:
        return
    missing = platform.missing
    for name, value in request.params.items():
        if name in missing.fields and value is not None:
            yield MissingFeature(("params", name), f"`{name}`", name, is_field=True)
    for block in request.blocks:
        if block.type in missing.blocks:
            yield MissingFeature((*block.pointer, "type"), f"a content block of type `{block.type}`", block.type)
        source = block.value.get("source")
        kind = source.get("type") if isinstance(source, dict) else None
        if kind in missing.sources:
            yield MissingFeature((*block.pointer, "source", "type"), f"a source of type `{kind}`", kind)
    for pointer, tool in request.tools:
        kind = tool.get("type") or ""
        if kind.startswith(missing.tools):
            yield MissingFeature((*pointer, "type"), f"a tool of type `{kind}`", kind)
