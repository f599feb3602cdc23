"""What a campaign begins with: the fixtures of the repository, cut to what a target takes."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from batchlint.ids.map import FORMAT
from fuzzing.targets import SEPARATOR

PROJECT: Final = Path(__file__).resolve().parents[2]
FOUND: Final = PROJECT / "tests" / "hostile" / "found"
"""What was found by fuzzing once: `TARGET/NAME`."""
LONGEST: Final = 6_000
"""Bytes of a seed: from long ones few inputs a second are made."""


def seeds(target: str) -> Iterator[bytes]:
    """The inputs that a target begins with: fixtures, and what it failed on before."""
    made = {"media": _media, "schemas": _schemas, "results": _results, "configuration": _configuration}
    for seed in made.get(target, _files)():
        if len(seed) <= LONGEST:
            yield seed
    yield from found_before(target)


def found_before(target: str) -> Iterator[bytes]:
    """What a target failed on once, whatever its length."""
    for path in sorted((FOUND / target).glob("*")):
        yield path.read_bytes()


def _files() -> Iterator[bytes]:
    for path in sorted((PROJECT / "tests" / "rules").glob("*/*.jsonl")):
        if path.stat().st_size <= LONGEST:
            yield path.read_bytes()
    for path in sorted((PROJECT / "examples").glob("*.json*")):
        yield path.read_bytes()


def _values() -> Iterator[Any]:
    """Every object and list in the requests of the fixtures."""
    for data in _files():
        for line in data.splitlines():
            try:
                waiting = [json.loads(line)]
            except ValueError:
                continue
            while waiting:
                value = waiting.pop()
                yield value
                waiting += value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()


def _media() -> Iterator[bytes]:
    known: set[bytes] = set()
    for value in _values():
        if isinstance(value, dict) and value.get("type") == "base64" and isinstance(value.get("data"), str):
            try:
                data = b64decode(value["data"])
            except ValueError:
                data = value["data"].encode("utf-8", "replace")
            if data not in known:
                known.add(data)
                yield data
    yield b"%PDF-1.5\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Kids[3 0 R]/Count 1>>endobj\n%%EOF"


def _schemas() -> Iterator[bytes]:
    known: set[bytes] = set()
    for value in _values():
        if not isinstance(value, dict):
            continue
        examples = value.get("input_examples") or [None]
        for schema in (value.get("input_schema"), value.get("schema")):
            if isinstance(schema, dict):
                seed = json.dumps(schema).encode() + SEPARATOR + json.dumps(examples[0]).encode()
                if seed not in known:
                    known.add(seed)
                    yield seed


def _results() -> Iterator[bytes]:
    folder = PROJECT / "tests" / "results" / "every-class"
    rows = (folder / "results.jsonl").read_bytes().splitlines()
    sent = (folder / "requests.jsonl").read_bytes().splitlines()
    for number in range(len(rows)):
        near = rows[number : number + 3]
        ids = {json.loads(each).get("custom_id") for each in near}
        of_rows = [each for each in sent if json.loads(each)["custom_id"] in ids]
        yield b"\n".join(near) + SEPARATOR + b"\n".join(of_rows or sent[:2])


def _configuration() -> Iterator[bytes]:
    for name in ("docs/configuration.md", "docs/ci.md", "README.md"):
        text = (PROJECT / name).read_text(encoding="utf-8")
        for block in text.split("```")[1::2]:
            language, _, body = block.partition("\n")
            for number in {"yaml": (0,), "toml": (1,), "json": (2, 3)}.get(language.strip(), ()):
                yield bytes([number]) + body.encode()
    accepted = {"batch.jsonl": {"stream-in-batch": [["a", "/params/stream"], ["b", None, 3]]}}
    baseline = json.dumps({"batchlint-baseline": 1, "accepted": accepted}).encode()
    yield from (bytes([2]) + baseline, bytes([3]) + baseline)
    ids = {
        "format": FORMAT,
        "source": "batch.jsonl",
        "sha256": "0" * 64,
        "ids": {"a": "b c", "d": None},
        "added": ["d"],
    }
    yield bytes([4]) + json.dumps(ids).encode()
    moment = "2026-11-20T00:00:00Z"
    entry = {"event": "sent", "at": moment, "batch": "msgbatch_1", "source": "batch.jsonl", "created_at": moment}
    yield bytes([5]) + json.dumps(entry).encode() + b"\n"
    yield bytes([6]) + b"batchlint shard 1\n" + b"0" * 64 + b"\n{}\n"
    yield bytes([7]) + b'{"id":"msgbatch_1","processing_status":"ended","created_at":"2026-11-20T00:00:00Z"}'
