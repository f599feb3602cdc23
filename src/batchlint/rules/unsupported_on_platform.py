"""What the platform that the file is for does not have, though the Claude API does.

Amazon Bedrock and Google Cloud take the same requests, but not all of them: no files by URL or id, no tools that run on
Anthropic's servers (Google Cloud searches the web), no MCP connector, no containers and skills. Bedrock has no
automatic caching by a `cache_control` of the whole request; breakpoints work.

The record is refused when it is run: the job says that it is completed, and its manifest counts an error.

Example:

    {"custom_id": "a", "request": {"anthropic_version": "vertex-2023-10-16", "max_tokens": 100, "messages":
     [{"role": "user", "content": [{"type": "image", "source": {"type": "url", "url": "https://example.com/a.png"}}]}]}}

Instead:

    {"custom_id": "a", "request": {"anthropic_version": "vertex-2023-10-16", "max_tokens": 100, "messages":
     [{"role": "user", "content": [{"type": "text", "text": "What is on the picture?"}]}]}}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.platform_features import missing_features
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("platform",),
    source="docs 2026-08-22: features overview, claude-on-amazon-bedrock-legacy, claude-on-vertex-ai",
    checked="2026-11-28",
)


def check(request: Request) -> Iterator[Problem]:
    platform = request.options.platform
    assert platform is not None
    for feature in request.once(missing_features):
        remove = f"remove `{feature.name}`" if feature.is_field else "leave it out"
        yield Problem(
            pointer=feature.pointer,
            message=f"{feature.what} is not available on {platform.name}",
            help=platform.missing.instead.get(feature.name, remove),
            at_key=feature.is_field,
            variant=feature.name,
        )
