"""Both `allowed_domains` and `blocked_domains` for one tool.

A web search or web fetch tool can be limited to a list of domains, or kept away from one, not both.

The API then refuses the request, hours later; its text is not known.

Example:

    {"type": "web_search_20250305", "name": "web_search", "allowed_domains": ["a.com"], "blocked_domains": ["b.com"]}

Instead:

    {"type": "web_search_20250305", "name": "web_search", "allowed_domains": ["a.com"]}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("carried:blocked_domains",),
    source="docs: tool-use/server-tools",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    for index, tool in enumerate(request.params.get("tools") or ()):
        if tool.get("allowed_domains") and tool.get("blocked_domains"):
            yield Problem(
                pointer=("params", "tools", index, "blocked_domains"),
                message="`blocked_domains` together with `allowed_domains`",
                help="remove one of them; what is not allowed is blocked anyway",
            )
