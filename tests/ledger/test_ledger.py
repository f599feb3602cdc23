"""The ledger: what is written stays, survives being cut off, and says what became of each batch."""

from __future__ import annotations

import datetime
import json
import multiprocessing
import os
import re
from pathlib import Path
from typing import Any

import pytest

from batchlint.cli import main
from batchlint.ledger import Entry, History, Ledger, NotALedger
from batchlint.ledger.entry import entry_of
from batchlint.ledger.table import table_lines
from batchlint.terminal.paint import Paint
from batchlint.terminal.screen import Screen


def sending(sha256: str = "s", **known: Any) -> Entry:
    return Entry(event="sending", at="2026-11-01T00:00:00Z", sha256=sha256, source="a.jsonl", requests=2, **known)


def sent(batch: str, sha256: str = "s", **known: Any) -> Entry:
    known = {"created_at": "2026-11-01T00:00:00Z", **known}
    return Entry(event="sent", at="2026-11-01T00:00:01Z", batch=batch, sha256=sha256, source="a.jsonl", **known)


def test_entries_are_read_as_they_were_written(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.jsonl")
    assert ledger.entries() == []
    entries = [sending(attempt=1, betas=["x"]), sent("b1", attempt=1, counts={"succeeded": 2}, by_hand=True)]
    for entry in entries:
        ledger.add(entry)
    assert ledger.entries() == entries


@pytest.mark.parametrize("length", [1, 5, 10, 30, -2])
def test_a_line_that_was_cut_off_harms_no_other_and_is_mended(tmp_path: Path, length: int) -> None:
    said: list[str] = []
    ledger = Ledger(tmp_path / "ledger.jsonl", said.append)
    ledger.add(sent("b1"))
    whole = ledger.path.read_bytes()
    half = sent("b2").line()[:length]
    ledger.path.write_bytes(whole + half)
    assert [entry.batch for entry in ledger.entries()] == ["b1"]
    assert len(ledger.entries()) == len(said) == 1
    assert "ledger.jsonl:2: a line was cut off while it was written, and is passed over: {" in said[0]
    ledger.add(sent("b3"))
    assert ledger.path.read_bytes() == whole + sent("b3").line()
    assert "is taken away" in said[1]
    assert [entry.batch for entry in ledger.entries()] == ["b1", "b3"]
    assert len(said) == 2


def test_a_line_that_lacks_its_end_alone_counts(tmp_path: Path) -> None:
    said: list[str] = []
    ledger = Ledger(tmp_path / "ledger.jsonl", said.append)
    ledger.path.write_bytes((sent("b1").line() + sent("b2").line())[:-1])
    assert [entry.batch for entry in ledger.entries()] == ["b1", "b2"]
    ledger.add(sent("b3"))
    assert [entry.batch for entry in ledger.entries()] == ["b1", "b2", "b3"]
    assert said == []


def test_a_line_that_was_cut_off_in_the_middle_is_reported(tmp_path: Path) -> None:
    """As other programs leave it that add to the file."""
    said: list[str] = []
    ledger = Ledger(tmp_path / "ledger.jsonl", said.append)
    ledger.path.write_bytes(sent("b1").line() + sent("b2").line()[:30] + b"\n" + sent("b3").line())
    assert [entry.batch for entry in ledger.entries()] == ["b1", "b3"]
    assert len(said) == 1


def test_a_line_that_the_disk_does_not_take_whole_leaves_no_half(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = Ledger(tmp_path / "ledger.jsonl")
    ledger.add(sent("b1"))
    whole, write = ledger.path.read_bytes(), os.write
    monkeypatch.setattr("os.write", lambda descriptor, data: write(descriptor, data[:20]))
    with pytest.raises(OSError, match="written whole"):
        ledger.add(sent("b2"))
    assert ledger.path.read_bytes() == whole


def test_a_half_line_is_reported_on_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["log", "--add", "msgbatch_1"]) == 0
    with Path("batchlint-ledger.jsonl").open("ab") as file:
        file.write(sent("b2").line()[:40])
    assert main(["log"]) == 0
    out, err = capsys.readouterr()
    assert "msgbatch_1" in out
    assert "note: batchlint-ledger.jsonl:2: a line was cut off" in err


def test_what_is_not_a_ledger_is_not_taken_for_one(tmp_path: Path) -> None:
    path = tmp_path / "requests.jsonl"
    path.write_text('{"custom_id": "a", "params": {}}\n')
    with pytest.raises(NotALedger, match="not a ledger"):
        Ledger(path).entries()


@pytest.mark.parametrize("value", [None, [], {}, {"event": "sent"}, {"event": "other", "at": "x"}, {"event": 1}])
def test_other_lines_are_no_entries(value: Any) -> None:
    assert entry_of(value) is None


def test_fields_of_the_wrong_kind_and_unknown_ones_are_passed_over() -> None:
    value = {"event": "sent", "at": "t", "batch": 1, "attempt": "2", "counts": {"a": "b"}, "betas": [1], "new": 1}
    assert entry_of(value) == Entry(event="sent", at="t")


def _add_many(path: str, name: str) -> None:
    for number in range(50):
        Ledger(path).add(sent(f"{name}-{number}"))


def test_lines_of_several_processes_stay_whole(tmp_path: Path) -> None:
    path = str(tmp_path / "ledger.jsonl")
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_add_many, args=(path, name)) for name in "ab"]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    found = [entry.batch for entry in Ledger(path).entries()]
    assert sorted(found, key=str) == sorted(f"{name}-{number}" for name in "ab" for number in range(50))


def test_one_submission_at_a_time(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.jsonl")
    with ledger.alone(), pytest.raises(BlockingIOError), Ledger(ledger.path).alone():
        pass
    with ledger.alone():
        ledger.add(sending())  # adding a line is another lock


def test_a_sending_stays_open_until_its_end_is_known() -> None:
    assert list(History([sending("s"), sending("t")]).open) == ["s", "t"]
    end = Entry(event="not-sent", at="x", sha256="t")
    assert not History([sending("s"), sending("t"), sent("b", "s"), end]).open


def test_attempts_are_counted_by_parent_and_by_source() -> None:
    history = History([sent("b1", "s", attempt=1), sent("b2", "t", attempt=2, parent="b1")])
    assert history.next_attempt(None, "new") == 1
    assert history.next_attempt(None, "s") == 2
    assert history.next_attempt("b2", "new") == 3
    assert history.next_attempt("unknown", "new") == 2
    assert [batch.id for batch in history.retries_of("b1")] == ["b2"]


def test_results_are_found_by_their_bytes_and_go_away_after_29_days() -> None:
    fetched = Entry(event="fetched", at="x", batch="b1", results="r.jsonl", results_sha256="r", counts={"succeeded": 2})
    history = History([sent("b1"), sent("b2", "t"), fetched])
    batch = history.of_results("r")
    assert batch is not None
    assert batch.id == "b1"
    assert history.of_results("other") is None
    assert batch.available_until == datetime.datetime(2026, 11, 30, tzinfo=datetime.UTC)
    late = datetime.datetime(2026, 12, 1, tzinfo=datetime.UTC)
    early = datetime.datetime(2026, 11, 29, tzinfo=datetime.UTC)
    assert "r.jsonl (2 succeeded)" in list(table_lines(history, Paint(Screen(200)), late))[1]
    assert list(table_lines(history, Paint(Screen(200)), late))[2].endswith("not fetched; gone")
    assert list(table_lines(history, Paint(Screen(200)), early))[2].endswith("1 day left")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("BATCHLINT_LEDGER", raising=False)
    (tmp_path / "a.jsonl").write_text('{"custom_id": "x", "params": {}}\n{"custom_id": "y", "params": {}}\n')
    (tmp_path / "r.jsonl").write_text('{"custom_id": "x", "result": {"type": "expired"}}\n')
    return tmp_path


def test_log_notes_by_hand_and_shows(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["log", "--wide"]) == 0
    assert "no entries" in capsys.readouterr().err
    arguments = ["log", "--add", "msgbatch_1", "--source", "a.jsonl", "--created-at", "2026-11-01T10:00:00+02:00"]
    assert main(arguments) == 0
    assert main(["log", "--add", "msgbatch_2", "--parent", "msgbatch_1", "--wide"]) == 0
    assert main(["log", "--add", "msgbatch_1", "--results", "r.jsonl", "--wide"]) == 0
    assert main(["log", "--wide"]) == 0
    shown = capsys.readouterr().out
    assert re.search(r"msgbatch_1 +2026-11-01 08:00 +1 +2 +a\.jsonl", shown)
    assert "r.jsonl (1 expired)" in shown
    assert main(["log", "--format", "json"]) == 0
    batches = json.loads(capsys.readouterr().out)["batches"]
    assert [batch["attempt"] for batch in batches] == [1, 2]
    assert batches[0]["available_until"] == "2026-11-30T08:00:00+00:00"


def test_log_finds_the_ledger_by_option_and_by_variable(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BATCHLINT_LEDGER", "from-variable.jsonl")
    assert main(["log", "--add", "b"]) == 0
    assert main(["log", "--add", "b", "--ledger", "from-option.jsonl"]) == 0
    assert {"from-variable.jsonl", "from-option.jsonl"} <= {path.name for path in folder.iterdir()}


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["--source", "a.jsonl"], 2, "--source belongs to --add BATCH_ID"),
        (["--add", "b", "--created-at", "yesterday"], 2, "is not a time"),
        (["--add", "b", "--source", "missing"], 3, "missing: No such file"),
        (["--ledger", "a.jsonl"], 2, "this is not a ledger of batchlint"),
        (["--ledger", "."], 3, "Is a directory"),
    ],
)
def test_wrong_calls_are_reported_in_a_line(
    folder: Path, arguments: list[str], status: int, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["log", *arguments]) == status
    assert says in capsys.readouterr().err


def test_a_batch_is_noted_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["log", "--add", "b"]) == 0
    assert main(["log", "--add", "b"]) == 2
    assert "already" in capsys.readouterr().err
