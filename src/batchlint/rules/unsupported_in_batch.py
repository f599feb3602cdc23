"""A field of `params` that works in single requests, but not in a batch.

Fast mode (`speed`) and `fallbacks` are refused in a batch. Whether `"speed": "standard"` is tolerated is not
documented, nor whether `thread` is: these are warnings. A batch cannot be billed to the customer of a user
profile either (`billing_policy`).

The API then refuses that request only, hours later.

Example:

    {"model": "claude-opus-5", "speed": "fast", "max_tokens": 1024, "messages": [...]}

Instead:

    {"model": "claude-opus-5", "max_tokens": 1024, "messages": [...]}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.edits import Remove, unsafe
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("member:speed", "member:fallbacks", "member:thread", "member:billing_policy"),
    source="docs: build-with-claude/batch-processing, release notes 2026-06-09; Python SDK (billing)",
    checked="2026-11-28",
    fixes=("unsafe",),
)


def check(request: Request) -> Iterator[Problem]:
    params = request.params
    if params.get("speed"):
        fast = params["speed"] == "fast"
        yield Problem(
            pointer=("params", "speed"),
            message="a batch has no fast mode"
            if fast
            else "`speed` is not supported in a batch, perhaps not as standard either",
            help="remove `speed`",
            severity=None if fast else "warning",
            fix=unsafe(Remove(("params", "speed"))),
        )
    if params.get("fallbacks"):
        yield Problem(
            pointer=("params", "fallbacks"),
            message="a batch has no fallbacks to other models",
            help="remove `fallbacks`, and send what was refused again with another model",
            fix=unsafe(Remove(("params", "fallbacks"))),
        )
    if params.get("thread"):
        yield Problem(
            pointer=("params", "thread"),
            message="`thread` is perhaps not supported in a batch: its requests are independent of each other",
            help="send the whole conversation in `messages`",
            severity="warning",
        )
    if (params.get("billing_policy") or {}).get("bill_to") == "user_profile":
        yield Problem(
            pointer=("params", "billing_policy", "bill_to"),
            message="a batch cannot be billed to the customer of a user profile",
            help='remove `billing_policy`, or write "bill_to": "self"',
        )
