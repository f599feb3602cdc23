"""The beta headers, and what needs one: `betas.toml`, typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from batchlint.facts.nearness import nearest_name
from batchlint.facts.reading import read

Headers = tuple[str, ...]
STATUSES = ("active", "general", "dead", "elsewhere", "undocumented")


class NeedingPath(NamedTuple):
    """A place inside params that needs any one of the headers."""

    segments: tuple[str, ...]
    headers: Headers

    def places(self, params: Mapping[str, Any]) -> Iterator[tuple[str | int, ...]]:
        """The pointers, from params on, at which a request has it."""
        return _places(self.segments, params, ())


class Betas(NamedTuple):
    """What needs a beta header: any one of the headers named for it serves."""

    statuses: Mapping[str, str]
    """Every known header, with what it is good for: one of `STATUSES`, explained in `betas.toml`."""
    members: Mapping[str, Headers]
    """By the name of a member of params."""
    blocks: Mapping[str, Headers]
    """By the type of a content block."""
    tools: Mapping[str, Headers]
    """By the type of a tool."""
    paths: tuple[NeedingPath, ...]
    """Whatever lies deeper."""

    def nearest(self, header: str) -> str | None:
        """The known header that an unknown one is most likely a misspelling of."""
        return nearest_name(header, self.statuses)


def load() -> Betas:
    """Reads `betas.toml`."""
    document = read("betas")
    headers = document["headers"]
    return Betas(
        statuses={header: status for status in STATUSES for header in headers[status]},
        members=_needs(document["members"]),
        blocks=_needs(document["blocks"]),
        tools=_needs(document["tools"]),
        paths=tuple(NeedingPath(tuple(path.split("/")), needs) for path, needs in _needs(document["paths"]).items()),
    )


def _needs(table: dict[str, list[str]]) -> dict[str, Headers]:
    return {name: tuple(headers) for name, headers in table.items()}


def _places(segments: tuple[str, ...], value: Any, pointer: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:
    if not segments:
        yield pointer
        return
    segment, *rest = segments
    name, asks, wanted = segment.partition("=")
    if segment == "*":
        if isinstance(value, list):
            for index, element in enumerate(value):
                yield from _places(tuple(rest), element, (*pointer, index))
    elif not isinstance(value, dict) or value.get(name) is None:
        return
    elif not asks:
        yield from _places(tuple(rest), value[name], (*pointer, name))
    elif value[name] == wanted:
        yield from _places(tuple(rest), value, pointer) if rest else iter([(*pointer, name)])
