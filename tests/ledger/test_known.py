"""results and retry read the ledger: the 29 days, attempts, and what was sent again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from batchlint.cli import main
from batchlint.results.manifest import manifest_path

REQUEST = {"model": "claude-opus-4-8", "max_tokens": 9, "messages": [{"role": "user", "content": "hi"}]}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A batch of two, of which one expired, noted by hand as a first attempt."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("BATCHLINT_LEDGER", raising=False)
    source = "".join(json.dumps({"custom_id": each, "params": REQUEST}) + "\n" for each in "ab")
    (tmp_path / "r.jsonl").write_text(source)
    write_results(tmp_path / "one.jsonl", "a", "b")
    noted = [
        "log",
        "--add",
        "msgbatch_1",
        "--source",
        "r.jsonl",
        "--created-at",
        "2026-11-01",
        "--results",
        "one.jsonl",
    ]
    assert main(noted) == 0
    return tmp_path


def write_results(path: Path, *expired: str) -> None:
    path.write_text("".join(json.dumps({"custom_id": each, "result": {"type": "expired"}}) + "\n" for each in expired))


def retry(*arguments: str) -> int:
    return main(["retry", *arguments, "--no-config", "--as-of", "2026-11-23", "--source", "r.jsonl"])


def test_results_know_the_batch_and_its_days(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["results", "one.jsonl", "--source", "r.jsonl", "--as-of", "2026-11-23", "--no-config"])
    captured = capsys.readouterr()
    assert "msgbatch_1: attempt 1, says batchlint-ledger.jsonl" in captured.err
    assert "msgbatch_1: the results can be downloaded until 2026-11-30 (7 days left)" in captured.out


def test_a_retry_names_its_batch_and_attempt(folder: Path) -> None:
    assert main(["log", "--add", "msgbatch_2", "--parent", "msgbatch_1"]) == 0
    write_results(folder / "two.jsonl", "a")
    assert main(["log", "--add", "msgbatch_2", "--results", "two.jsonl"]) == 0
    assert retry("one.jsonl", "two.jsonl", "-o", "again.jsonl") == 0
    manifest = json.loads(manifest_path(folder / "again.jsonl").read_bytes())
    assert manifest["batches"] == ["msgbatch_1", "msgbatch_2"]
    assert manifest["attempt"] == 3


def test_failures_that_were_sent_again_are_not_retried_unless_forced(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["log", "--add", "msgbatch_2", "--parent", "msgbatch_1"]) == 0
    assert retry("one.jsonl", "-o", "again.jsonl") == 1
    assert "sent again as msgbatch_2 (attempt 2), says batchlint-ledger.jsonl" in capsys.readouterr().err
    assert not (folder / "again.jsonl").exists()
    assert retry("one.jsonl", "-o", "again.jsonl", "--force") == 0


def test_without_a_ledger_nothing_changes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert retry("one.jsonl", "-o", "again.jsonl", "--ledger", "none.jsonl") == 0
    assert json.loads(manifest_path(folder / "again.jsonl").read_bytes())["batches"] == []
    assert retry("one.jsonl", "-o", "more.jsonl", "--ledger", "r.jsonl") == 2
    assert "not a ledger" in capsys.readouterr().err
