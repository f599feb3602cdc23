"""A custom_id that the API does not take.

A custom_id has 1 to 64 characters, each a letter or digit of ASCII, `_` or `-`. Keys taken from data often hold
something else: `:`, `.`, `/`, `|`, spaces, accents. `batchlint ids` writes legal ones, with a map of old to new.

The API answers at once, and nothing of the batch runs: `requests.0.custom_id: String should match pattern
'^[a-zA-Z0-9_-]{1,64}$'`.

Example:

    {"custom_id": "invoice:2026/001", "params": {...}}

Instead:

    {"custom_id": "invoice-2026-001", "params": {...}}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.facts import errors, limits
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="batch",
    since="0.1.0",
    triggers=("illegal-id",),
    source="live capture 2026-09-02; docs: build-with-claude/batch-processing",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    custom_id, limit = request.custom_id, limits().custom_id
    if custom_id is None or limit.accepts(custom_id):
        return
    path = f"requests.{request.index}.custom_id"
    if len(custom_id) > limit.max_length:
        yield Problem(
            pointer=("custom_id",),
            message=f"the custom_id has {len(custom_id):,} characters; the limit is {limit.max_length}",
            help="shorten it, for example to a prefix and a hash, and keep a map of old to new",
            api_error=errors().text("too_long", path=path, limit=limit.max_length),
        )
        return
    wrong = sorted(character for character in set(custom_id) if not limit.accepts(character))
    yield Problem(
        pointer=("custom_id",),
        message=f"not allowed in a custom_id: {_listed(wrong)}" if custom_id else "the custom_id is empty",
        help=f"use 1 to {limit.max_length} letters, digits, _ and -, and keep a map of old to new",
        api_error=errors().text("wrong_pattern", path=path, pattern=limit.pattern),
    )


def _listed(characters: list[str]) -> str:
    named = {" ": "a space", "\n": "a line break", "\t": "a tab"}
    shown = [named.get(character, ascii(character)) for character in characters[:8]]
    return ", ".join(shown) + (", ..." if len(characters) > len(shown) else "")
