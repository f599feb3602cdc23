"""A user_id that is too long.

`metadata.user_id` has at most 512 characters.

The API then answers, for that request only and hours later: `metadata.user_id: String should have at most 512
characters`.

Example: a signed token of 900 characters as `user_id`.

Instead: a hash of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.facts import errors, limits
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("member:metadata",),
    source="API reference 2026-08 and published OpenAPI document",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    user_id = (request.params.get("metadata") or {}).get("user_id")
    if not user_id:
        return
    limit = limits().metadata.user_id_max_length
    if len(user_id) > limit:
        yield Problem(
            pointer=("params", "metadata", "user_id"),
            message=f"the user_id has {len(user_id):,} characters; the limit is {limit}",
            help="use a shorter id, for example a hash of this one",
            api_error=errors().text("too_long", path="metadata.user_id", limit=limit),
        )
