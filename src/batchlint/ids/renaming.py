"""Which ids of a batch file have to change, and to what."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from batchlint.facts import limits
from batchlint.ids.naming import new_id
from batchlint.results.errors import FileTrouble
from batchlint.sources import UNREADABLE, Irregularity, Item, Source
from batchlint.sources.lexemes import skip_blanks
from batchlint.sources.spans import Span, value_span

FATAL: Final = frozenset(("invalid-json", "truncated-json", "requests-not-a-list"))
"""Irregularities after which requests may be hidden."""
MISSING: Final = object()
"""Stands for the id of a request that has none."""


class NotRequests(FileTrouble):
    """The file holds something that is no request, so that ids cannot be given; the message names the place."""


class Renaming(NamedTuple):
    """A request whose id changes. `old` is the JSON value that it had, or `MISSING`."""

    item: Item
    span: Span
    """The bytes inside the item that are replaced; of no length where the id is missing."""
    old: Any
    new: str
    why: str


def renamings(source: Source) -> Iterator[Renaming]:
    """The requests whose ids change, in the order of the file, which is read twice: legal ids keep what they are.

    The first use of a legal id keeps it. Raises NotRequests for a file in which an item is no object.
    """
    limit = limits().custom_id
    is_legal = re.compile(limit.pattern).fullmatch
    taken = {old for _, old in _ids(source) if isinstance(old, str) and is_legal(old)}
    seen: Counter[tuple[bool, str]] = Counter()
    for item, old in _ids(source):
        is_text = isinstance(old, str)
        name = _name(item, old)
        seen[is_text, name] += 1
        occurrence = seen[is_text, name]
        legal = is_text and is_legal(old) is not None
        if legal and occurrence == 1:
            continue
        new = new_id(name, occurrence, taken, limit.max_length)
        taken.add(new)
        why = "used before" if legal else _why(old, limit.max_length)
        yield Renaming(item, _span(item, old), old, new, why)


def _ids(source: Source) -> Iterator[tuple[Item, Any]]:
    for item in source:
        if isinstance(item, Irregularity):
            if item.kind in FATAL:
                raise NotRequests(f"{source.path}:{item.line}: {item.kind}: {item.detail}")
        elif item.value is UNREADABLE or not isinstance(item.value, dict):
            what = "no JSON" if item.value is UNREADABLE else "no request"
            raise NotRequests(f"{source.path}:{item.line}: this is {what}; batchlint check says more")
        else:
            yield item, _old(item)


def _old(item: Item) -> Any:
    if "custom_id" not in item.value:
        return MISSING
    raw = item.raw[slice(*value_span(item.raw, ("custom_id",)))]
    try:
        return json.loads(raw.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return item.value["custom_id"]


def _name(item: Item, old: Any) -> str:
    """What the new id is made of: the old one, or the request itself where it has none."""
    if old is MISSING:
        return f"request {hashlib.sha256(item.raw).hexdigest()[:8]}"
    return old if isinstance(old, str) else json.dumps(old)


def _why(old: Any, max_length: int) -> str:
    if old is MISSING:
        return "no custom_id"
    if not isinstance(old, str):
        return "not a string"
    if not old:
        return "empty"
    return f"{len(old):,} characters" if len(old) > max_length else "characters that are not allowed"


def _span(item: Item, old: Any) -> Span:
    if old is not MISSING:
        return value_span(item.raw, ("custom_id",))
    inside = skip_blanks(item.raw, 0) + 1
    return Span(inside, inside)
