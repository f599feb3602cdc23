"""A custom_id that the API does not take.

A custom_id has 1 to 64 characters, each a letter or digit of ASCII, `_` or `-`. Keys taken from data often hold
something else: `:`, `.`, `/`, `|`, spaces, accents.

The API answers at once, and nothing of the batch runs: `requests.0.custom_id: String should match pattern
'^[a-zA-Z0-9_-]{1,64}$'`.

Example:

    {"custom_id": "invoice:2026/001", "params": {...}}

Instead:

    {"custom_id": "invoice-2026-001", "params": {...}}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="batch",
    since="0.1.0",
    wakes_on=("custom-id",),
    source="live capture 2026-09-02; docs: build-with-claude/batch-processing",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    import re

    from batchlint.facts import limits

    custom_id, limit = request.custom_id, limits().custom_id
    if custom_id is None or limit.accepts(custom_id):
        return
    path = f"requests.{request.index}.custom_id"
    if len(custom_id) > limit.max_length:
        yield Problem(
            pointer=("custom_id",),
            message=f"the custom_id has {len(custom_id):,} characters; it may have {limit.max_length}",
            help="shorten it, for example to a prefix and a hash, and keep a map of old to new",
            api_error=f"{path}: String should have at most {limit.max_length} characters",
        )
        return
    wrong = sorted(set(re.sub(r"[a-zA-Z0-9_-]", "", custom_id)))
    yield Problem(
        pointer=("custom_id",),
        message=f"the custom_id has characters that are not allowed: {' '.join(map(ascii, wrong))}"
        if custom_id
        else "the custom_id is empty",
        help="use letters, digits, _ and - only, 1 to 64 of them, and keep a map of old to new",
        api_error=f"{path}: String should match pattern '{limit.pattern}'",
    )
