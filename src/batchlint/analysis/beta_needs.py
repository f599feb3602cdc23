"""Finds the parts of a request that need an `anthropic-beta` header, as `facts/betas.toml` lists them."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from batchlint.facts import betas
from batchlint.facts.beta import Headers, NeedingPath
from batchlint.request import Request
from batchlint.rule import Pointer
from batchlint.triggers import OBJECTS
from batchlint.triggers import triggers as triggers_in

Listed = list[tuple[Pointer, dict[str, Any]]]


class Need(NamedTuple):
    """One thing that needs any one of the headers, at the first place where the request has it."""

    pointer: Pointer
    what: str
    """As a subject: "`context_management`"."""
    headers: Headers
    refusal: str | None
    """The key in `errors.toml` of what the API answers without the header; None: not known."""


@functools.cache
def triggers() -> frozenset[str]:
    """The triggers (`batchlint.rule.Metadata`) of whatever may need a header."""
    known = betas()
    found = {f"member:{name}" for name in known.members} | {trigger for trigger, _ in _paths()}
    return frozenset(found | {f"block:{kind}" for kind in known.blocks} | {f"tool:{kind}" for kind in known.tools})


def needs(request: Request) -> Iterator[Need]:
    """What a request has that needs a header, each kind of thing once."""
    known = betas()
    present = triggers_in(request.params) | {f"member:{name}" for name in request.params}
    for name, value in request.params.items():
        if name in known.members and value is not None:
            yield Need(("params", name), f"`{name}`", known.members[name], "extra_input")
    yield from _types("tool", known.tools, present, lambda: request.tools)
    yield from _types("block", known.blocks, present, lambda: [(each.pointer, each.value) for each in request.blocks])
    for trigger, path in _paths():
        place = next(path.places(request.params), None) if trigger in present else None
        if place is not None:
            yield _deep(("params", *place), path)


def mistakes(unmet: list[Need]) -> Iterator[tuple[Need, Need]]:
    """A pair for each missing header: the first thing that it would open, and the one that leaves least choice."""
    said: list[set[str]] = []
    for need in unmet:
        headers = set(need.headers)
        if headers in said or any(headers > set(other.headers) for other in unmet):
            continue
        said.append(headers)
        yield next(other for other in unmet if headers <= set(other.headers)), need


def is_related(declared: Iterable[str], headers: Iterable[str]) -> bool:
    """Whether another release of one of the headers is declared: it is not known whether that opens the same."""
    return not {_family(header) for header in headers}.isdisjoint(map(_family, declared))


def _family(header: str) -> str:
    return header[: -len("-2026-01-31")]


def _types(kind: str, known: Any, present: set[str], listed: Callable[[], Listed]) -> Iterator[Need]:
    wanted = {name for name in known if f"{kind}:{name}" in present}
    if not wanted:
        return
    for pointer, value in listed():
        name = value.get("type")
        if name in wanted:
            wanted.remove(name)
            what = f"a {'tool' if kind == 'tool' else 'content block'} of type `{name}`"
            yield Need((*pointer, "type"), what, known[name], "wrong_tag")


def _deep(pointer: Pointer, path: NeedingPath) -> Need:
    name, asks, wanted = path.segments[-1].partition("=")
    if not asks:
        return Need(pointer, f"`{name}`", path.headers, "extra_input")
    if name == "type":
        return Need(pointer, f"`{wanted}`", path.headers, "wrong_tag")
    return Need(pointer, f"`{name}: {wanted}`", path.headers, None)


@functools.cache
def _paths() -> tuple[tuple[str, NeedingPath], ...]:
    return tuple((_trigger(path), path) for path in betas().paths)


def _trigger(path: NeedingPath) -> str:
    """What a request must at least have for the path to lead anywhere."""
    for segment in path.segments:
        name, _, wanted = segment.partition("=")
        if path.segments[0] == "messages" and name == "role":
            return f"role:{wanted}"
        if path.segments[0] in ("messages", "tools") and name == "type":
            return f"{'block' if path.segments[0] == 'messages' else 'tool'}:{wanted}"
    name, *inner = path.segments
    if inner and name in OBJECTS:
        return f"member:{name}.{inner[0].partition('=')[0]}"
    return f"member:{name}"
