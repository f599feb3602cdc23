"""What is found in files of other platforms, wherever it is looked for: shared out, in shards, by the fixer."""

from __future__ import annotations

import json
from pathlib import Path
from unittest import mock

import pytest

from batchlint import check_file
from batchlint.cli.check import main
from batchlint.cli.fix import main as fix
from batchlint.engine.parallel import parts, sharing
from batchlint.shards.checking import check_shard, joined
from tests.dialects.lines import PLATFORMS, lines_for, request

BODIES = {"bedrock": ("recordId", "modelInput"), "vertex": ("custom_id", "request")}


def wrong(key: str, count: int = 40) -> bytes:
    """Lines with a mistake here and there, the same id twice, and one of the Claude API."""
    requests = [request(f"row-{number}") for number in range(count)]
    requests[3]["params"]["max_tokens"] = 0
    requests[-2]["params"]["messages"][0]["content"] = " "
    requests[-1]["custom_id"] = "row-0"
    data = lines_for(key, requests)
    return data + lines_for("anthropic", [request("own")])


@pytest.mark.parametrize("key", PLATFORMS)
def test_places_are_those_of_the_files_own_bytes(key: str, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(wrong(key))
    id_field, body = BODIES[key]
    lines = path.read_text(encoding="utf-8").splitlines()
    found = [each for each in check_file(path) if each.pointer is not None]
    shown = [(each.rule.name, each.severity, each.pointer, each.range and each.range.line) for each in found]
    assert shown == [
        ("out-of-range", "error", (body, "max_tokens"), 4),
        ("empty-text", "error", (body, "messages", 0, "content"), 39),
        ("duplicate-custom-id", "warning", (id_field,), 40),
        ("wrong-dialect", "error", (), 41),
    ]
    places = [each.range for each in found if each.range]
    assert places[0].column == lines[3].index(": 0,") + 3
    assert places[1].column == lines[38].index('" "') + 1
    assert lines[39][places[2].column - 1 : places[2].end_column - 1] == '"row-0"'
    (related,) = found[2].related
    assert (related.line, related.column) == (1, lines[0].index('"row-0"') + 1)


@pytest.mark.parametrize("key", PLATFORMS)
def test_what_is_shared_out_finds_the_same(key: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(wrong(key, 300))
    arguments = [str(path), "--no-config", "--format", "json", "--no-progress"]
    assert main([*arguments, "--jobs", "1"]) == 1
    expected = capsys.readouterr().out
    with mock.patch.object(parts, "PART", 5_000), mock.patch.object(sharing, "LEAST_SHARED", 0):
        assert main([*arguments, "--jobs", "2"]) == 1
    assert json.loads(capsys.readouterr().out) == json.loads(expected)


@pytest.mark.parametrize("key", PLATFORMS)
def test_shards_find_the_same(key: str, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(wrong(key, 300))
    shards = [check_shard(path, number=number, count=3) for number in (1, 2, 3)]
    assert [each._replace(frame=None) for each in joined(shards)] == check_file(path)


@pytest.mark.parametrize("key", PLATFORMS)
def test_fixes_are_made_in_the_files_own_lines(key: str, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(lines_for(key, [request("a", max_tokens="100", temperatur=0.5), request("b")]))
    assert fix([str(path), "--in-place", "--no-config"]) == 0
    assert path.read_bytes() == lines_for(key, [request("a", max_tokens=100, temperature=0.5), request("b")])


def test_lines_of_openai_are_reported_once_a_file(tmp_path: Path) -> None:
    line = {"custom_id": "a", "method": "POST", "url": "/v1/chat/completions", "body": {"messages": []}}
    path = tmp_path / "a.jsonl"
    path.write_text(f"{json.dumps(line)}\n" * 400, encoding="utf-8")
    assert [each.rule.name for each in check_file(path) if each.pointer is not None] == ["wrong-dialect"]
    shards = [check_shard(path, number=number, count=3) for number in (1, 2, 3)]
    assert len([each for each in joined(shards) if each.rule.name == "wrong-dialect"]) == 1
