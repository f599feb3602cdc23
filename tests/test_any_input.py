"""Whatever a file holds, the answer is findings and never a traceback."""

from __future__ import annotations

import copy
import json
import math
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from batchlint.engine import Engine
from batchlint.finding import LocatedFinding
from batchlint.options import Options
from batchlint.reports.locate import Locator
from batchlint.rules import all_rules
from batchlint.sources import source_of_bytes
from tests.strategies.conversations import requests
from tests.strategies.whole_requests import whole_requests

Json = dict[str, Any]

NAMES = ("custom_id", "params", "messages", "content", "type", "role", "text", "tools", "input_schema", "source", "x")
WORDS = (
    "user",
    "assistant",
    "system",
    "text",
    "image",
    "tool_use",
    "tool_result",
    "document",
    "base64",
    "claude-opus-4-8",
)
scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.sampled_from(WORDS)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=5),
    max_leaves=25,
)


def linted(data: bytes) -> list[LocatedFinding]:
    with source_of_bytes(data) as source:
        engine, locator = Engine(Options(), list(all_rules().values())), Locator(source)
        return [locator.locate(finding, with_frame=True) for finding in engine.check(source)]


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every member and element of a value, as what holds it and its key."""
    found: list[tuple[Any, Any]] = []
    waiting = [value]
    while waiting:
        holder = waiting.pop()
        keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
        found += [(holder, key) for key in keys]
        waiting += [holder[key] for key in keys if isinstance(holder[key], (dict, list))]
    return found


@given(st.binary(max_size=200))
def test_any_bytes(data: bytes) -> None:
    for finding in linted(data):
        if finding.range is not None:
            assert 0 <= finding.range.offset <= finding.range.end_offset <= len(data)


@given(st.lists(values, max_size=3))
def test_any_values(items: list[Any]) -> None:
    linted("\n".join(map(json.dumps, items)).encode())


@given(request=whole_requests() | requests(), data=st.data())
@settings(max_examples=200)
def test_a_request_in_which_anything_stands_anywhere(request: Json, data: st.DataObject) -> None:
    request = copy.deepcopy(request)
    for _ in range(data.draw(st.integers(1, 3))):
        holder, key = data.draw(st.sampled_from(places(request)))
        if isinstance(holder, dict) and data.draw(st.booleans()):
            del holder[key]
        elif isinstance(holder, list) or key in holder:
            holder[key] = data.draw(values)
        if not places(request):
            break
    for finding in linted(json.dumps(request).encode()):
        if finding.range is not None and finding.pointer is not None:
            value: Any = request
            key = None
            for key in finding.pointer:
                value = value[key]
            told = json.dumps(request).encode()[finding.range.offset : finding.range.end_offset].decode()
            parsed = json.loads(told) if told else None
            same = parsed in (value, key) or (isinstance(value, float) and not math.isfinite(value))
            assert same or "NaN" in told or "Infinity" in told
