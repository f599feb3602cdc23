"""Twice as much takes twice as long: no more than 2.3 times the CPU for any kind of input.

What is measured is the time of this process alone, the least of several runs of each size, in pairs, until one pair
holds: a machine that is busy makes a run slower, never faster. Within the whole suite the memory that other tests have
left after changes the times, so `BATCHLINT_GROWTH=1 pytest -n0 tests/hostile/test_growth.py` runs them by themselves.
"""

from __future__ import annotations

import io
import json
import os
import time
from collections.abc import Callable
from typing import Any

import pytest

from batchlint.engine import Engine
from batchlint.options import Options
from batchlint.reports import FORMATS, Look, make_report
from batchlint.reports.locate import Locator
from batchlint.reports.tally import Tally
from batchlint.rules import all_rules
from batchlint.run import Run
from batchlint.sources import source_of_bytes
from tests.hostile import Json, line, request

pytestmark = pytest.mark.skipif(
    "BATCHLINT_GROWTH" not in os.environ, reason="measures time, so it runs by itself: BATCHLINT_GROWTH=1"
)
RATIO = 2.3
ROUNDS = 6
USER = {"role": "user", "content": "hi"}


def with_members(name: str, n: int) -> Json:
    members: Json = {f"{name}{at}": 1 for at in range(n)}
    return request(**members)


def messages(each: Callable[[int], Any]) -> Callable[[int], bytes]:
    return lambda n: line(request(messages=[each(at) for at in range(n)]))


def blocks(each: Callable[[int], Json], role: str = "user") -> Callable[[int], bytes]:
    return lambda n: line(request(messages=[USER, {"role": role, "content": [each(at) for at in range(n)]}, USER]))


def tools(each: Callable[[int], Json]) -> Callable[[int], bytes]:
    return lambda n: line(request(tools=[each(at) for at in range(n)]))


def schema(each: Callable[[int], Json]) -> Callable[[int], bytes]:
    return lambda n: line(request(tools=[{"name": "f", "input_schema": each(n)}]))


def answer(each: Callable[[int], Json]) -> Callable[[int], bytes]:
    return lambda n: line(request(output_config={"format": {"type": "json_schema", "schema": each(n)}}))


def lines(each: Callable[[int], bytes]) -> Callable[[int], bytes]:
    return lambda n: b"\n".join(each(at) for at in range(n))


def deep(levels: int, keyword: str = "properties") -> Json:
    schema: Json = {"type": "object"}
    for _ in range(levels):
        schema = {"type": "object", "properties": {"a": schema}} if keyword == "properties" else {keyword: [schema]}
    return schema


def server_use(at: int) -> Json:
    return {"type": "server_tool_use", "id": f"srvtoolu_{at}", "name": "web_search", "input": {"query": "x"}}


KINDS: dict[str, tuple[int, Callable[[int], bytes]]] = {
    "unknown-members": (4_000, lambda n: line(with_members("m", n))),
    "near-members": (2_000, lambda n: line(with_members("max_token", n))),
    "members-of-blocks": (2_000, blocks(lambda at: {"type": "text", "text": "x", "txt": 1})),
    "bad-blocks": (2_000, blocks(lambda at: {"type": f"t{at}", "text": "x"})),
    "bad-messages": (2_000, messages(lambda at: {"role": "usr", "content": 5})),
    "bad-tools": (400, tools(lambda at: {"name": f"bad name {at}", "input_schema": {"type": "objct"}})),
    "same-tools": (1_000, tools(lambda at: {"name": "same", "input_schema": {"type": "object"}})),
    "server-tool-uses": (1_200, blocks(server_use, "assistant")),
    "tool-uses": (
        1_000,
        blocks(lambda at: {"type": "tool_use", "id": f"toolu_{at}", "name": "f", "input": {}}, "assistant"),
    ),
    "tool-results": (1_000, blocks(lambda at: {"type": "tool_result", "tool_use_id": f"toolu_{at}", "content": "x"})),
    "blank-texts": (8_000, blocks(lambda at: {"type": "text", "text": " "})),
    "broken-images": (
        1_000,
        blocks(lambda at: {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": "iVBO"}}),
    ),
    "cache-breakpoints": (
        4_000,
        blocks(lambda at: {"type": "text", "text": "x", "cache_control": {"type": "ephemeral"}}),
    ),
    "schema-width": (
        1_000,
        schema(lambda n: {"type": "object", "properties": {f"p{at}": {"type": "strng"} for at in range(n)}}),
    ),
    "schema-depth": (60, schema(lambda n: deep(n))),
    "answer-width": (
        500,
        answer(lambda n: {"type": "object", "properties": {f"p{at}": {"type": "object"} for at in range(n)}}),
    ),
    "answer-depth": (60, answer(lambda n: deep(n))),
    "answer-alternatives": (60, answer(lambda n: deep(n, "anyOf"))),
    "answer-references": (
        500,
        answer(
            lambda n: {
                "$defs": {f"d{at}": {"$ref": f"#/$defs/d{at + 1}"} for at in range(n)} | {f"d{n}": {"type": "string"}},
                "$ref": "#/$defs/d0",
            }
        ),
    ),
    "duplicate-keys": (400, lambda n: line(request()).replace(b'"max_tokens"', b'"a":1,' * n + b'"max_tokens"')),
    "lone-surrogates": (120_000, lambda n: line(request(system="raw:S")).replace(b"S", b'"' + b"\\ud800" * n + b'"')),
    "long-text": (200_000, lambda n: line(request(system="\N{WHITE SMILING FACE}x" * (n // 2)))),
    "invisible-text": (400_000, lambda n: line(request(system="\u200b \\" * (n // 3)))),
    "depth-of-json": (20_000, lambda n: line(request(system="raw:D")).replace(b"D", b"[" * n + b"]" * n)),
    "open-brackets": (20_000, lambda n: b"[" * n),
    "open-braces": (10_000, lambda n: b'{"a":' * n),
    "closing-brackets": (200_000, lambda n: b"]" * n),
    "quotes": (400_000, lambda n: b'"' * n),
    "backslashes": (1_000_000, lambda n: b'"' + b"\\" * n),
    "commas-in-a-list": (100_000, lambda n: b"[" + b"," * n + b"]"),
    "words-in-a-list": (200_000, lambda n: b"[" + b"x " * n + b"]"),
    "garbage-lines": (500, lines(lambda at: b"x")),
    "lines-that-are-not-utf-8": (300, lines(lambda at: b"\xff")),
    "half-lines": (500, lines(lambda at: b'{"a":')),
    "blank-lines": (100_000, lambda n: b"\n" * n),
    "blanks": (8_000_000, lambda n: b" " * n + line(request())),
    "blank-lines-between": (400, lines(lambda at: b"{}\n")),
    "same-ids": (400, lines(lambda at: line(request("same")))),
    "illegal-ids": (400, lines(lambda at: line(request(f"no {at}")))),
    "long-ids": (1_000_000, lambda n: line(request("i" * n))),
    "one-after-the-other": (600, lambda n: b"{}" * n),
    "printed-values": (600, lambda n: b"{\n}\n" * n),
    "list-of-broken-items": (500, lambda n: b"[" + b'{"custom_id": x},' * n + b"]"),
    "members-of-the-envelope": (600, lambda n: b"{" + b'"a":1,' * n + b'"requests":[]}'),
}


def linted(data: bytes) -> Tally:
    """Lints bytes into every format at once, and a little more: what the command line does."""
    tally = Tally()
    reports = [make_report(name, io.StringIO(), Look(), None) for name in FORMATS]
    with source_of_bytes(data) as source:
        locator = Locator(source)
        run = Run(lambda path: None, reports)  # type: ignore[arg-type, return-value]
        engine = Engine(Options(), list(all_rules().values()))
        for finding in engine.check(source, reports[0].file):
            tally.add(finding)
            run._report(finding, locator)
        for report in reports:
            report.close(tally)
    return tally


def seconds(data: bytes) -> float:
    begun = time.process_time()
    linted(data)
    return time.process_time() - begun


@pytest.mark.parametrize("kind", KINDS)
def test_time_grows_with_size(kind: str) -> None:
    n, make = KINDS[kind]
    half, whole = make(n // 2), make(n)
    seconds(half)  # what is loaded and remembered once
    halves, wholes = [], []
    for _ in range(ROUNDS):
        halves.append(seconds(half))
        wholes.append(seconds(whole))
        if min(wholes) <= RATIO * min(halves) + 0.01:
            return
    pytest.fail(f"{n}: {min(wholes):.3f} s, half as many: {min(halves):.3f} s")


def test_what_is_not_named_is_counted_in_every_format() -> None:
    data = line(with_members("m", 8_000))
    assert linted(data).errors == 8_000
    for name in FORMATS:
        if name in ("full", "markdown"):
            continue
        stream = io.StringIO()
        report = make_report(name, stream, Look(), None)
        with source_of_bytes(data) as source:
            tally, locator = Tally(), Locator(source)
            for finding in Engine(Options(), list(all_rules().values())).check(source, report.file):
                tally.add(finding)
                located = locator.locate(finding, with_frame=False)
                report.finding(located) if report.wants(finding) else report.more(finding)
            report.close(tally)
        assert "7,950 more of this kind" in stream.getvalue() or "7,990 more" in stream.getvalue()
        if name == "json":
            document = json.loads(stream.getvalue())
            assert sum(1 + each["more"] for each in document["findings"]) == 8_000
            assert document["summary"]["errors"] == 8_000
