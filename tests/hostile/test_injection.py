"""What is in a file is text in every output, whatever reads that output."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from batchlint.cli import main
from batchlint.reports import FORMATS
from batchlint.results.formats.csv import harmless
from tests.hostile import line, request

INVISIBLE = [
    "\ufeff",
    "\u200b",
    "\u200e",
    "\u2060",
    "\u00ad",
    "\u180e",
    "\u0301",
    "\u3000",
    "\x00",
    "\u2028",
    " \u200b ",
]


@pytest.mark.parametrize("before", ["", *INVISIBLE], ids=ascii)
@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20"], ids=ascii)
def test_no_cell_begins_a_formula(before: str, sign: str) -> None:
    assert harmless(f"{before}{sign}cmd|' /C calc'!A0").startswith("'")


@pytest.mark.parametrize("text", ["", "a", "5", "plain-id", "\u200bplain", "\u00e9=1", "'=1"], ids=ascii)
def test_other_cells_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text


COMMAND = "##[error]x ##vso[task.setvariable variable=a]b"


@pytest.mark.parametrize("name", FORMATS)
def test_no_report_holds_a_command_of_a_log(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "batch.jsonl"
    path.write_bytes(line({**request(COMMAND, **{COMMAND: 1}), COMMAND: 1}))
    main(["--no-config", "--no-progress", "--format", name, str(path)])
    captured = capsys.readouterr()
    assert "##[" not in captured.out + captured.err
    assert "##vso[" not in captured.out + captured.err


def test_no_json_of_another_command_holds_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, results = tmp_path / "batch.jsonl", tmp_path / "results.jsonl"
    source.write_bytes(line(request(COMMAND)) + b"\n")
    error = {"type": "error", "error": {"type": COMMAND, "message": COMMAND}}
    row = {"custom_id": COMMAND, "result": {"type": "errored", "error": error}}
    results.write_bytes(line(row) + b"\n")
    for arguments in (["stats", "--per-request", str(source)], ["results", str(results), "--source", str(source)]):
        main([*arguments, "--format", "json"])
        printed = capsys.readouterr().out
        assert COMMAND in io.StringIO(json.dumps(json.loads(printed))).read()
        assert "##" not in printed
