"""Requests with all that a request may have, each as the API takes it for its model."""

from __future__ import annotations

import base64
import itertools
import struct
import zlib
from typing import Any

from hypothesis import strategies as st

from batchlint.facts.model import Model
from tests.knowledge import active_models
from tests.strategies.conversations import text_blocks, texts

Json = dict[str, Any]


def thinks_as_it_needs(model: Model) -> bool:
    """Whether a model takes adaptive thinking, effort and an output format."""
    adaptive = model.thinking.get("adaptive")
    return adaptive is not None and adaptive.accepted and bool(model.effort_levels and model.accepts_structured_outputs)


def thinks_within_a_budget(model: Model) -> bool:
    """Whether a model takes a thinking budget, and prefill."""
    enabled = model.thinking.get("enabled")
    return enabled is not None and enabled.accepted and bool(model.accepts_prefill)


THINKING_MODELS = active_models(thinks_as_it_needs)
OLDER_MODELS = active_models(thinks_within_a_budget)


def png(width: int, height: int) -> str:
    """An image of one colour, as base64."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress(b"".join(b"\x00" + b"\x00\x00\x00" * width for _ in range(height)))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    return base64.b64encode(data).decode()


IMAGE = {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": png(8, 8)}}
IMAGE_BY_URL = {"type": "image", "source": {"type": "url", "url": "https://example.com/cat.png"}}
DOCUMENT = {"type": "document", "source": {"type": "text", "media_type": "text/plain", "data": "Tides."}, "title": "T"}
CACHED = {"type": "text", "text": "Read this first.", "cache_control": {"type": "ephemeral", "ttl": "1h"}}
TOOL = {
    "name": "search",
    "description": "Looks things up.",
    "input_schema": {
        "type": "object",
        "properties": {"query": {"type": "string"}, "not": {"anyOf": [{"type": "string"}, {"type": "null"}]}},
        "required": ["query"],
    },
}
OUTPUT_FORMAT = {
    "type": "json_schema",
    "schema": {"type": "object", "properties": {"answer": {"type": "string"}}, "additionalProperties": False},
}


@st.composite
def whole_requests(draw: st.DrawFn) -> Json:
    """A request that the API takes, of a model that is in service, ending in a message of the user."""
    model = draw(st.sampled_from(THINKING_MODELS + OLDER_MODELS))
    params: Json = {
        "model": model,
        "max_tokens": draw(st.integers(2048, 8192)),
        "messages": [
            *itertools.chain.from_iterable(draw(st.lists(user_and_assistant(), max_size=2))),
            {"role": "user", "content": draw(user_content())},
        ],
    }
    for name, values in optional_members(model).items():
        if draw(st.booleans()):
            params[name] = draw(values)
    order = draw(st.permutations(list(params)))
    return {"custom_id": "a-1", "params": {name: params[name] for name in order}}


def optional_members(model: str) -> dict[str, st.SearchStrategy[Any]]:
    """What a request for that model may have next to the three members that it must have."""
    members: dict[str, st.SearchStrategy[Any]] = {
        "system": st.one_of(texts, st.lists(st.one_of(text_blocks, st.just(CACHED)), min_size=1, max_size=2)),
        "stop_sequences": st.one_of(st.none(), st.lists(texts, max_size=3)),
        "metadata": st.sampled_from([{"user_id": "7f3a"}, {}, None]),
        "container": st.none(),
        "inference_geo": st.none(),
        "service_tier": st.sampled_from(["auto", "standard_only"]),
        "stream": st.just(False),
        "tools": st.sampled_from([[], [TOOL], [TOOL, {"type": "web_search_20250305", "name": "web_search"}]]),
    }
    if model in THINKING_MODELS:
        members["thinking"] = st.sampled_from([{"type": "adaptive"}, {"type": "adaptive", "display": "omitted"}])
        members["output_config"] = st.sampled_from([{"effort": "low"}, {"format": OUTPUT_FORMAT}])
    else:
        members["thinking"] = st.sampled_from([{"type": "enabled", "budget_tokens": 1024}, {"type": "disabled"}])
    return members


@st.composite
def user_and_assistant(draw: st.DrawFn) -> list[Json]:
    """A message of the user and its answer."""
    answer = draw(st.one_of(texts, st.lists(text_blocks, min_size=1, max_size=2)))
    return [{"role": "user", "content": draw(user_content())}, {"role": "assistant", "content": answer}]


def user_content() -> st.SearchStrategy[Any]:
    """A text, or blocks of every kind that a user may send."""
    kinds = st.one_of(text_blocks, st.sampled_from([IMAGE, IMAGE_BY_URL, DOCUMENT]))
    return st.one_of(texts, st.lists(kinds, min_size=1, max_size=3))
