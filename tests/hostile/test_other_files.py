"""Configurations and baselines are written by strangers too: each has an answer in one line, and in no time."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from batchlint.cli import main
from batchlint.sources import open_source
from tests.hostile import line, request


@pytest.fixture
def batch(tmp_path: Path) -> str:
    path = tmp_path / "batch.jsonl"
    path.write_bytes(line(request(stream=True)) + b"\n")
    return str(path)


COUNTS = ["Infinity", "-Infinity", "NaN", "1e999", "null", '"x"', "[]", "{}", "1" * 5_000, "[" * 100_000]


@pytest.mark.parametrize("count", COUNTS, ids=lambda count: count[:9])
def test_a_baseline_with_odd_counts(batch: str, count: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    baseline = tmp_path / "baseline.json"
    text = (
        '{"batchlint-baseline": 1, "accepted": {"batch.jsonl": {"stream-in-batch": [["a", "/params/stream", COUNT]]}}}'
    )
    baseline.write_text(text.replace("COUNT", count), encoding="utf-8")
    for arguments in (["check"], ["baseline", "check"]):
        assert main([*arguments, "--no-config", "--baseline", str(baseline), batch]) == 2
        assert "is not a baseline" in capsys.readouterr().err


@pytest.mark.parametrize("key", ["a", '"a"', "'a'", "a "])
def test_a_long_chain_of_dotted_keys(batch: str, key: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = tmp_path / "pyproject.toml"
    for form in ("{}=1", "[{}]", "[tool.batchlint]\nx={{{}=1}}"):
        config.write_text(form.format(".".join([key] * 100_000)), encoding="utf-8")
        begun = time.process_time()
        assert main(["--config", str(config), batch]) == 2
        assert time.process_time() - begun < 5
        assert "a key of more than 100 parts" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["NUL", "BATCH"],
        ["--config", "NUL", "BATCH"],
        ["--output", "NUL", "BATCH"],
        ["stats", "NUL"],
        ["results", "NUL"],
    ],
)
def test_a_path_with_a_nul(batch: str, arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    given = [{"NUL": "a\0b", "BATCH": batch}.get(each, each) for each in arguments]
    assert main(given) == 2
    assert "NUL" in capsys.readouterr().err
    with pytest.raises(OSError, match="NUL"):
        open_source("a\0b")
