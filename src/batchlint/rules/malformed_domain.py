"""A domain of a web tool with a scheme, or with a `*` in the domain itself.

`allowed_domains` and `blocked_domains` hold names such as `example.com`, which cover their subdomains too, or a
name with a path, `example.com/blog`. There is no `https://` in front, and a `*` may appear in the path only.

The API then refuses the request, hours later; its text is not known.

Example:

    {"type": "web_search_20250305", "name": "web_search", "allowed_domains": ["https://example.com", "*.example.org"]}

Instead:

    {"type": "web_search_20250305", "name": "web_search", "allowed_domains": ["example.com", "example.org"]}
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from batchlint.analysis.request_schemas import ToolList, tool_list
from batchlint.edits import Replace, safe
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("carried:allowed_domains", "carried:blocked_domains"),
    source="docs: tool-use/server-tools",
    checked="2026-11-23",
    fixes=("safe",),
)

PLAIN_DOMAIN = re.compile(r"[a-zA-Z0-9-]+(\.[a-zA-Z0-9-]+)+(/[^*\s]*)?")
"""A name with at least one dot, and perhaps a path."""


def check(request: Request) -> Iterable[Problem]:
    return tool_list(request).problems(_malformed_domains)


def _malformed_domains(tools: ToolList) -> Iterator[Problem]:
    for index, tool in enumerate(tools.tools):
        for member in ("allowed_domains", "blocked_domains"):
            for place, domain in enumerate(tool.get(member) or ()):
                if "://" in domain:
                    right = domain.partition("://")[2]
                    fault, advice = "has a scheme in front", f'write "{right[:60]}"'
                elif "*" in domain.partition("/")[0]:
                    right = domain.removeprefix("*.")
                    fault, advice = "has a * outside of the path", "write the name alone: its subdomains are included"
                else:
                    continue
                at = ("params", "tools", index, member, place)
                yield Problem(
                    pointer=at,
                    message=f'the domain "{domain[:60]}" {fault}',
                    help=advice,
                    fix=safe(Replace(at, right)) if PLAIN_DOMAIN.fullmatch(right) else None,
                )
