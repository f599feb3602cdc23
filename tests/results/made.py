"""Requests, and what may come back of them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

Json = dict[str, Any]

TODAY = ["--as-of", "2026-11-23", "--no-config"]
MODEL = "claude-sonnet-4-6"


def request(custom_id: str, content: Any = "Hello", **params: Any) -> Json:
    """A request that the API takes, if nothing else is said."""
    messages = [{"role": "user", "content": content}]
    return {"custom_id": custom_id, "params": {"model": MODEL, "max_tokens": 100, "messages": messages, **params}}


def answer(custom_id: str, stop_reason: str = "end_turn", content: Any = None, **message: Any) -> Json:
    """A result that succeeded."""
    content = [{"type": "text", "text": "Hi"}] if content is None else content
    usage = {"input_tokens": 10, "cache_creation_input_tokens": 0, "cache_read_input_tokens": 0, "output_tokens": 20}
    whole = {
        "id": f"msg_{custom_id}",
        "type": "message",
        "role": "assistant",
        "model": MODEL,
        "content": content,
        "stop_reason": stop_reason,
        "stop_sequence": None,
        "usage": usage,
        **message,
    }
    return {"custom_id": custom_id, "result": {"type": "succeeded", "message": whole}}


def error(custom_id: str, kind: str, message: str, *, flat: bool = False, request_id: str | None = None) -> Json:
    """A result that errored, as the API gives it, or flat, as other programs save it."""
    inner = {"details": {"error_visibility": "user_facing"}, "type": kind, "message": message}
    whole = inner if flat else {"type": "error", "error": inner, "request_id": request_id}
    return {"custom_id": custom_id, "result": {"type": "errored", "error": whole}}


def ended(custom_id: str, kind: str) -> Json:
    """A result that is nothing but its type: `expired`, `canceled`."""
    return {"custom_id": custom_id, "result": {"type": kind}}


def refusal(custom_id: str, message: str = "max_tokens: Field required") -> Json:
    """A result that errored because of the request itself."""
    return error(custom_id, "invalid_request_error", message)


def lines(values: Iterable[Any]) -> bytes:
    """The values as JSONL."""
    return "".join(f"{json.dumps(value)}\n" for value in values).encode()


def written(folder: Path, name: str, *values: Any) -> str:
    """A file of JSONL; its path."""
    path = folder / name
    path.write_bytes(lines(values))
    return str(path)
