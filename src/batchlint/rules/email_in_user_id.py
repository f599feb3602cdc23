"""An e-mail address as user_id.

`metadata.user_id` tells Anthropic's abuse detection which user it is, and must not say who that is: no name, address or
telephone number.

The API then answers, for that request only and hours later: `metadata.user_id: user_id appears to contain an email
address`.

Example:

    {"metadata": {"user_id": "jo@example.com"}, ...}

Instead: a number of your own, a UUID, or a hash.

    {"metadata": {"user_id": "2f6c1b1e"}, ...}
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
    source="issue threads; API reference (no identifying information)",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    user_id = (request.params.get("metadata") or {}).get("user_id")
    if not user_id or "@" not in user_id:
        return
    import re

    pattern = limits().metadata.email_pattern
    whole = re.fullmatch(pattern, user_id) is not None
    if whole or re.search(pattern, user_id[:1000]):
        yield Problem(
            pointer=("params", "metadata", "user_id"),
            message="the user_id is an e-mail address" if whole else "the user_id seems to hold an e-mail address",
            help="use an id that names nobody: a number of your own, a UUID, or a hash",
            api_error=errors().text("user_id_email"),
            severity=None if whole else "warning",
        )
