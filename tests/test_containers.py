"""The same requests as JSONL, as a list and as a body give the same findings, each at its own exact place."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest

from batchlint.finding import LocatedFinding
from batchlint.library import check_file
from batchlint.options import Options

OPTIONS = Options(as_of=datetime.date(2026, 11, 23))


def request(custom_id: str, content: str, model: str = "claude-opus-4-8", **members: Any) -> dict[str, Any]:
    messages = [{"role": "user", "content": content}]
    return {"custom_id": custom_id, "params": {"model": model, **members, "messages": messages}}


REQUESTS: list[Any] = [
    request("a", "Größe 🍜", max_token=5),
    request("b/c", "x", "claude-sonet-4-6", max_tokens=5),
    request("a", "\t", max_tokens="5"),
    "no request",
    request("d", "x", max_tokens=5, stream=True),
]


def files(folder: Path) -> dict[str, Path]:
    lines = [json.dumps(request, ensure_ascii=False) for request in REQUESTS]
    texts = {
        "lines.jsonl": "\n".join(lines),
        "windows.jsonl": "\r\n".join(lines) + "\r\n",
        "list.json": "[" + ", ".join(lines) + "]",
        "indented.json": json.dumps(REQUESTS, indent=2, ensure_ascii=False),
        "body.json": '{"requests": [\n' + ",\n".join(lines) + "\n]}\n",
        "indented-body.json": json.dumps({"requests": REQUESTS}, indent="\t", ensure_ascii=False),
        "one-line-body.json": json.dumps({"requests": REQUESTS}, separators=(",", ":")),
    }
    for name, text in texts.items():
        (folder / name).write_bytes(text.encode())
    return {name: folder / name for name in texts}


def essence(finding: LocatedFinding) -> tuple[Any, ...]:
    return (finding.rule.name, finding.severity, finding.index, finding.custom_id, finding.pointer, finding.message)


@pytest.fixture
def by_container(tmp_path: Path) -> dict[str, list[LocatedFinding]]:
    return {name: check_file(path, OPTIONS) for name, path in files(tmp_path).items()}


def test_the_findings_are_the_same(by_container: dict[str, list[LocatedFinding]]) -> None:
    first, *others = (list(map(essence, findings)) for findings in by_container.values())
    assert len(first) >= 7
    for other in others:
        assert other == first


def test_each_place_holds_the_value(by_container: dict[str, list[LocatedFinding]], tmp_path: Path) -> None:
    for name, findings in by_container.items():
        data = (tmp_path / name).read_bytes()
        lines = data.decode().split("\n")
        for finding in findings:
            where = finding.range
            assert where is not None
            told = data[where.offset : where.end_offset].decode()
            assert lines[where.line - 1][where.column - 1 :].startswith(told.split("\n")[0])
            before = data[: where.offset].decode()
            assert where.line == before.count("\n") + 1
            assert where.column == len(before.rpartition("\n")[2]) + 1
            value: Any = REQUESTS[finding.index] if finding.index is not None else None
            key: Any = None
            for key in finding.pointer or ():
                value = value[key]
            assert json.loads(told) in (value, key)


def test_an_earlier_use_is_reported_at_its_place(by_container: dict[str, list[LocatedFinding]], tmp_path: Path) -> None:
    for name, findings in by_container.items():
        (duplicate,) = (finding for finding in findings if finding.rule.name == "duplicate-custom-id")
        (related,) = duplicate.related
        line = (tmp_path / name).read_bytes().decode().split("\n")[related.line - 1]
        assert line[related.column - 1 :].startswith('"a"')
