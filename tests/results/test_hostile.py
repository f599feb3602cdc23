"""Results come from outside: nothing in them may command a terminal, a spreadsheet or a page, or fill the memory."""

from __future__ import annotations

import csv
import gzip
import io
import json
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from batchlint.cli import main
from batchlint.results.formats.csv import harmless
from batchlint.results.formats.markdown import escaped
from batchlint.results.messages import normalised
from tests.results.made import TODAY, Json, answer, lines, refusal, request, written

NASTY = "a\x1b]0;x\x07\x9b31m\u202e\n::error::|<img src=x>`@all` [x](javascript:y) =cmd()\r\x00\ud800\u2028"
CONTROLS = {*map(chr, range(0x20)), *map(chr, range(0x7F, 0xA0)), "\u202e", "\u2028", "\u2029"} - {"\n"}


def nasty_files(folder: Path) -> list[str]:
    """Every text that results may hold, with everything that text may hold."""
    back: list[Json] = [
        refusal(NASTY, NASTY),
        answer("b", NASTY, model=NASTY),
        {"custom_id": "c", "result": {"type": NASTY}},
        {"custom_id": "d", "result": {"type": "errored", "error": {"type": NASTY, "message": NASTY}}},
        refusal(f"stranger {NASTY}", NASTY),
    ]
    source = written(folder, "requests.jsonl", *map(request, (NASTY, "b", "c", "d")))
    batch = written(
        folder, "batch.json", {"id": NASTY, "processing_status": NASTY, "created_at": "2026-11-20T00:00:00Z"}
    )
    return [written(folder, "results.jsonl", *back), "--source", source, "--batch", batch]


@pytest.mark.parametrize(
    "options", [["--format", name] for name in ("full", "markdown", "csv", "json")] + [["--color", "never"]]
)
def test_no_format_lets_text_command_a_terminal(
    options: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["results", *nasty_files(tmp_path), *options, *TODAY]) == 1
    out, err = capsys.readouterr()
    assert CONTROLS.isdisjoint(out + err)
    assert not any(line.lstrip().startswith("::") for line in out.splitlines())
    if "json" in options:
        assert json.loads(out)["requests"][0]["custom_id"] == NASTY.replace("\ud800", "\ufffd")
    if "markdown" in options:
        assert "<img" not in out
        assert "](javascript" not in out.replace("\\]", "")
        rows = [line.replace("\\|", "") for line in out.splitlines() if line.startswith("| **")]
        assert rows
        assert all(row.count("|") == 5 for row in rows)


def test_what_goes_to_standard_error_is_harmless_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = nasty_files(tmp_path)
    assert main(["retry", *files, "-o", str(tmp_path / "out.jsonl"), *TODAY]) == 0
    why = (tmp_path / "out.needs-fix.md").read_text(encoding="utf-8")
    assert main(["merge", *files[:3], "-o", str(tmp_path / "merged.jsonl")]) == 1
    assert main(["split", files[2]]) == 1
    out, err = capsys.readouterr()
    assert CONTROLS.isdisjoint(out + err + why)
    assert "<img" not in why


@given(st.text(max_size=30))
def test_a_spreadsheet_runs_nothing(text: str) -> None:
    told = harmless(text)
    assert CONTROLS.isdisjoint(told)
    assert "\n" not in told
    assert told.lstrip()[:1] not in ("=", "+", "-", "@")


@pytest.mark.parametrize("text", ["=cmd()", "+1", "-1", "@x", " =1", "\t=1", "\u00a0=1"])
def test_a_formula_is_quoted(text: str) -> None:
    assert harmless(text).startswith("'")


def test_the_table_has_the_same_columns_whatever_it_holds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["results", *nasty_files(tmp_path), "--format", "csv", *TODAY])
    rows = list(csv.reader(io.StringIO(capsys.readouterr().out)))
    assert len(rows) == 6
    assert {len(row) for row in rows} == {10}


@given(st.text(max_size=40))
def test_markdown_shows_text_literally(text: str) -> None:
    told = escaped(text)
    assert "\n" not in told
    assert not {"<", ">"} & set(told)
    assert "|" not in told.replace("\\|", "")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
MEMBERS = st.sampled_from(
    ["type", "message", "error", "content", "usage", "stop_reason", "id", "model", "input_tokens"]
)
RESULTS = st.recursive(
    JSON | st.sampled_from(["succeeded", "errored", "end_turn", "error"]),
    lambda inner: st.dictionaries(MEMBERS, inner, max_size=5) | st.lists(inner, max_size=2),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(result=RESULTS, row=JSON, name=st.sampled_from(["full", "json", "csv", "markdown"]))
def test_any_results_are_reported_without_a_crash(
    result: Any, row: Any, name: str, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path_factory.getbasetemp()
    source = written(folder, "any-requests.jsonl", request("a"), request("b"))
    back = [
        {"custom_id": "a", "result": result},
        row,
        {"custom_id": "b", "result": {"type": "succeeded"} | {"x": result}},
    ]
    results = written(folder, "any-results.jsonl", *back)
    assert main(["results", results, "--source", source, "--format", name, *TODAY]) == 1
    out = capsys.readouterr().out
    if name == "json":
        assert [each["custom_id"] for each in json.loads(out)["requests"]] == ["a", "b"]


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_reported_without_a_crash(data: bytes) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        source = written(Path(name), "requests.jsonl", request("a"))
        results = Path(name) / "results.jsonl"
        results.write_bytes(data)
        assert main(["results", str(results), "--source", source, *TODAY]) in (1, 2, 3)
        assert main(["split", str(results)]) in (1, 2, 3)


def test_so_many_kinds_of_errors_are_distinguished_and_no_more(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ids = [f"id-{number}" for number in range(5000)]
    word = str.maketrans("0123456789", "abcdefghij")
    source = written(tmp_path, "requests.jsonl", *map(request, ids))
    results = written(tmp_path, "results.jsonl", *(refusal(each, each.translate(word)) for each in ids))
    main(["results", results, "--source", source, "--format", "csv", *TODAY])
    rows = list(csv.reader(io.StringIO(capsys.readouterr().out)))
    assert len(rows) == 5001
    assert rows[5000][4] == ids[-1].translate(word)
    main(["results", results, "--source", source, *TODAY])
    out = capsys.readouterr().out
    assert "(other messages)" in out
    assert "x 3,0" in out


@pytest.mark.parametrize(
    "text", ["a." + "1" * 100_000 + "x", "1," * 100_000, "req_" * 50_000, "a" * 1_000_000, "." * 100_000]
)
def test_a_long_message_is_normalised_in_no_time(text: str) -> None:
    assert len(normalised(text)) <= 2_000


MEASURED = """
import re, sys
from batchlint.cli import main
status = main(sys.argv[1:])
print(status, int(re.search(r"VmHWM:\\s+(\\d+) kB", open("/proc/self/status").read())[1]) // 1024)
"""


def memory_of(*arguments: str) -> tuple[int, int, str]:
    """Exit code, peak memory in MB, and what was told."""
    done = subprocess.run([sys.executable, "-c", MEASURED, *arguments], capture_output=True, check=True, text=True)
    status, memory = done.stdout.splitlines()[-1].split()
    return int(status), int(memory), done.stderr


measures_memory = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads /proc/self/status")


def bomb(path: Path, piece: bytes, count: int) -> str:
    """A gzip file of so many times the same piece; its path."""
    packer = zlib.compressobj(9, wbits=31)
    with path.open("wb") as file:
        for _ in range(count):
            file.write(packer.compress(piece))
        file.write(packer.flush())
    return str(path)


@measures_memory
@pytest.mark.parametrize("piece", [b"x" * (1 << 20), b"\n" * (1 << 20), b"[" * (1 << 20), b"{}\n" * 300_000])
def test_a_gzip_bomb_is_refused_in_little_memory(piece: bytes, tmp_path: Path) -> None:
    source = written(tmp_path, "requests.jsonl", request("a"))
    packed = bomb(tmp_path / "results.gz", piece, 80)
    status, memory, told = memory_of("results", packed, "--source", source)
    assert status == 3
    assert memory < 150
    assert "grows more than 250 times" in told
    assert memory_of("results", source, "--source", packed)[0] == 3


def test_an_endless_line_in_gzip_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("batchlint.results.opening.MAXIMUM_LINE", 1 << 20)
    source = written(tmp_path, "requests.jsonl", request("a"))
    packed = tmp_path / "results.gz"
    packed.write_bytes(gzip.compress(b'{"custom_id": "' + b"x" * (1 << 21) + b'"}'))
    assert main(["results", str(packed), "--source", source]) == 3


@measures_memory
def test_memory_stays_flat(tmp_path: Path) -> None:
    """Ten times the requests take a few numbers each more, not their text: 40 MB of requests and answers."""
    peaks = []
    for count in (1_000, 10_000):
        ids = [f"id-{number}" for number in range(count)]
        source = tmp_path / f"{count}.jsonl"
        source.write_bytes(lines(request(each, "x" * 2_000) for each in ids))
        results = tmp_path / f"{count}-results.jsonl"
        results.write_bytes(lines(answer(each, content=[{"type": "text", "text": "x" * 2_000}]) for each in ids))
        status, memory, _ = memory_of("results", str(results), "--source", str(source))
        assert status == 0
        peaks.append(memory)
    assert peaks[1] < peaks[0] + 8
