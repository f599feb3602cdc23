"""Requests drawn from the usual schema itself, with counted values of every kind that people send."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from batchlint.resources import schema_text
from tests.strategies.conversations import conversations
from tests.strategies.whole_requests import OUTPUT_FORMAT, TOOL, png

Json = dict[str, Any]

COUNTED: Mapping[str, list[Any]] = {
    "model": ["claude-opus-4-8", "claude-haiku-4-5", "claude-sonnet-4-6", "claude-opus-5", "claude-3-opus-20240229"],
    "tools": [
        [],
        [TOOL | {"strict": True}],
        [TOOL, {"type": "web_search_20250305", "name": "web_search"}],
        [TOOL | {"defer_loading": True}, {"type": "tool_search_tool_bm25_20251119", "name": "tool_search_tool_bm25"}],
        [{"type": "code_execution_20250825", "name": "code_execution"}],
        [TOOL | {"allowed_callers": ["code_execution_20260120"]}],
        [{"type": "computer_20241022", "name": "computer", "display_width_px": 1, "display_height_px": 1}],
    ],
    "tool_choice": [{"type": "auto"}, {"type": "any"}, {"type": "tool", "name": "search"}, {"type": "none"}],
    "thinking": [{"type": "adaptive"}, {"type": "disabled"}, {"type": "adaptive", "display": "omitted"}],
    "format": [OUTPUT_FORMAT],
    "output_format": [OUTPUT_FORMAT],
    "effort": ["low", "max", "xhigh"],
    "cache_control": [{"type": "ephemeral"}, {"type": "ephemeral", "ttl": "1h"}],
    "service_tier": ["auto", "standard_only"],
    "inference_geo": ["us", "eu"],
    "stream": [False, True],
    "container": ["container_1", {"id": "container_1"}, {"skills": [{"type": "anthropic", "skill_id": "xlsx"}]}],
}
"""Values of the members that count by their bytes, some of which a rule refuses."""
STRINGS = {
    "custom_id": ["a-1"],
    "name": ["search", "a"],
    "data": [png(8, 8)],
    "user_id": ["7f3a", "x" * 300],
    "tool_use_id": ["a", "srvtoolu_1"],
    "id": ["a", "srvtoolu_1"],
    "tool_name": ["search", "other"],
    "url": ["https://a.example/x", "http://a.example/x", "HTTPS://a.example/x"],
}
texts = st.sampled_from(["x", "Hello there.", " a ", "", "あ", "\u2003", '"image" "document" tool_use cache_control'])


@functools.cache
def schema() -> Json:
    """The usual schema of the older API version, which takes sampling parameters too."""
    document: Json = json.loads(schema_text("usual-request-2023-06-01.schema.json"))
    return document


@st.composite
def usual_requests(draw: st.DrawFn) -> Json:
    """A request that the usual schema takes, or nearly; often with a conversation that uses tools."""
    request: Json = draw(values(schema(), "", 0))
    params = request["params"]
    if draw(st.booleans()):
        params["messages"] = draw(conversations())
    elif params["messages"][0]["role"] != "user":
        params["messages"].insert(0, {"role": "user", "content": "x"})
    return request


@st.composite
def values(draw: st.DrawFn, part: Any, name: str, depth: int) -> Any:
    """A value of a part of the schema, where it is the member `name`."""
    if part is True:
        return draw(st.sampled_from([None, 1, "x"]))
    if "x-counts" in part and name in COUNTED:
        return draw(st.sampled_from(COUNTED[name]))
    if "$ref" in part:
        return draw(values(schema()["$defs"][part["$ref"].removeprefix("#/$defs/")], name, depth))
    for keyword in ("anyOf", "allOf"):
        if keyword in part:
            return draw(
                values(draw(st.sampled_from(part[keyword])) if keyword == "anyOf" else part[keyword][0], name, depth)
            )
    if "const" in part:
        return part["const"]
    if "enum" in part:
        return draw(st.sampled_from(part["enum"]))
    if "if" in part and "$ref" in part.get("then", part["if"]):
        return draw(_of_branches(part, name, depth))
    kind = part.get("type", "string")
    kind = draw(st.sampled_from(kind)) if isinstance(kind, list) else kind
    if kind == "object":
        return draw(_objects(part, depth))
    if kind == "array":
        least, most = part.get("minItems", 0), 1 if depth > 6 else 2
        return draw(st.lists(values(part.get("items", True), "", depth + 1), min_size=least, max_size=max(least, most)))
    if kind == "string":
        return draw(st.sampled_from(STRINGS[name]) if name in STRINGS else texts)
    if kind == "boolean":
        return draw(st.booleans())
    least = part.get("minimum", 0)
    numbers = [least, part.get("maximum", 4096), 1024]
    return draw(st.sampled_from(numbers if kind == "integer" else [0, 0.5, 0.95, 1]))


def _of_branches(part: Json, name: str, depth: int) -> st.SearchStrategy[Any]:
    """A value of any branch of a chain."""
    branches = [part["then"]] if "then" in part else [part["if"]]
    other = part.get("else")
    if other is not None:
        return st.one_of(*(values(each, name, depth) for each in branches), values(other, name, depth))
    return values(branches[0], name, depth)


@st.composite
def _objects(draw: st.DrawFn, part: Json, depth: int) -> Json:
    made: Json = {}
    required = part.get("required", ())
    for name, inner in part.get("properties", {}).items():
        if inner is not False and (name in required or (depth < 6 and not draw(st.integers(0, 2)))):
            made[name] = draw(values(inner, name, depth + 1))
    others = part.get("additionalProperties")
    if isinstance(others, dict):
        for name in draw(st.lists(st.sampled_from(["a", "b", "c.d"]), max_size=2 if depth < 6 else 0, unique=True)):
            made[name] = draw(values(others, "", depth + 1))
    return made
