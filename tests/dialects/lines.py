"""The same requests in the lines of each platform."""

from __future__ import annotations

import json
from typing import Any

from batchlint.facts import platforms

Json = dict[str, Any]
PLATFORMS = sorted(platforms().by_key)


def lines_for(key: str, requests: list[Json]) -> bytes:
    """Requests of Message Batches as a file of JSONL for a platform, or for the Claude API (`anthropic`)."""
    return "".join(f"{json.dumps(line_for(key, request))}\n" for request in requests).encode()


def line_for(key: str, request: Json) -> Json:
    """One of its lines: the model is the job's, the version comes first."""
    if key == "anthropic":
        return request
    platform = platforms().by_key[key]
    body = request["params"]
    if isinstance(body, dict):
        body = {platform.version_field: platform.version_value, **body}
        body.pop("model", None)
    return {platform.id: request["custom_id"], platform.body: body}


def request(custom_id: str = "a", **params: Any) -> Json:
    """A plain request, with these fields in its params."""
    body = {"model": "claude-opus-4-8", "max_tokens": 100, "messages": [{"role": "user", "content": "hi"}]}
    return {"custom_id": custom_id, "params": body | params}
