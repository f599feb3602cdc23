"""Results are saved whole or not at all, every row once, whatever the connection does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from batchlint.cli import main
from batchlint.ledger import History, Ledger
from batchlint.ledger.locking import locked
from batchlint.online.client import api_client
from batchlint.online.waiting import ended
from tests.online.conftest import requests, write
from tests.online.server import Fault, LocalApi, StoredBatch, errored, succeeded

IDS = [f"r{number}" for number in range(40)]


def fetch(*arguments: str | Path) -> int:
    return main(["fetch", "--every", "0", *map(str, arguments)])


def rows(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def mixed(request: dict[str, Any], batch: StoredBatch) -> dict[str, Any]:
    kinds = [succeeded(request), errored(), {"type": "expired"}, {"type": "canceled"}]
    return kinds[int(request["custom_id"][1:]) % 4]


@pytest.fixture(autouse=True)
def without_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("batchlint.online.download.wait_of", lambda error, attempt: 0.0)


@pytest.fixture
def batch(folder: Path, api: LocalApi) -> StoredBatch:
    api.answer = mixed
    return api.add(requests(*IDS))


def assert_whole(path: Path, batch: StoredBatch) -> None:
    assert sorted(row["custom_id"] for row in rows(path)) == sorted(IDS)
    assert {row["custom_id"]: row["result"] for row in rows(path)} == {
        request["custom_id"]: mixed(request, batch) for request in batch.requests
    }
    assert sorted(each.name for each in path.parent.iterdir()) == sorted({path.name, "batchlint-ledger.jsonl"} | HIDDEN)


HIDDEN = {".batchlint-ledger.jsonl.lock"}


def test_results_are_saved_and_noted(folder: Path, batch: StoredBatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert fetch(batch.id) == 0
    path = folder / "msgbatch_0001.results.jsonl"
    assert_whole(path, batch)
    assert "40 results in msgbatch_0001.results.jsonl (10 succeeded, 10 errored" in capsys.readouterr().err
    (known,) = History(Ledger("batchlint-ledger.jsonl").entries()).batches.values()
    assert known.fetched is not None
    assert known.fetched.counts == {"succeeded": 10, "errored": 10, "canceled": 10, "expired": 10}
    assert known.created_at == batch.created_at


def test_what_is_saved_is_not_fetched_again(folder: Path, batch: StoredBatch, api: LocalApi) -> None:
    assert fetch(batch.id) == 0
    calls = api.calls.copy()
    assert fetch(batch.id) == 0
    assert api.calls == calls


@pytest.mark.parametrize(
    "faults",
    [
        [Fault("results", cut_at=0)],
        [Fault("results", cut_at=300), Fault("results", cut_at=700), Fault("results", cut_at=701)],
        [Fault("results", end_at=500), Fault("results", end_at=3000)],
        [Fault("results", status=529), Fault("results", status=500), Fault("results", drop="before")],
        [Fault("results", status=429), Fault("retrieve", status=529), Fault("results", pause=0.001)],
    ],
)
def test_a_stream_that_ends_early_is_gone_on_with(
    folder: Path, batch: StoredBatch, api: LocalApi, faults: list[Fault]
) -> None:
    api.faults = list(faults)
    assert fetch(batch.id) == 0
    assert_whole(folder / "msgbatch_0001.results.jsonl", batch)
    assert not api.faults


def test_what_never_comes_whole_is_kept_apart_and_gone_on_with(
    folder: Path, batch: StoredBatch, api: LocalApi, capsys: pytest.CaptureFixture[str]
) -> None:
    api.faults = [Fault("results", cut_at=1000)] * 20
    assert fetch(batch.id) == 1
    assert "they are kept in msgbatch_0001.results.jsonl.part, run the same command again" in capsys.readouterr().err
    assert not (folder / "msgbatch_0001.results.jsonl").exists()
    part = folder / "msgbatch_0001.results.jsonl.part"
    before = rows(part)
    assert 0 < len(before) < 40
    part.write_bytes(part.read_bytes() + b'{"custom_id": "r')  # as a kill leaves it
    api.faults = []
    assert fetch(batch.id) == 0
    path = folder / "msgbatch_0001.results.jsonl"
    assert_whole(path, batch)
    assert rows(path)[: len(before)] == before


def test_rows_that_do_not_match_the_counts_are_not_passed_off_as_results(
    folder: Path, batch: StoredBatch, api: LocalApi, capsys: pytest.CaptureFixture[str]
) -> None:
    original = api.state

    def miscounted(batch: StoredBatch) -> dict[str, Any]:
        state = original(batch)
        state["request_counts"] |= {"succeeded": 11, "errored": 9}
        return state

    api.state = miscounted  # type: ignore[method-assign]
    assert fetch(batch.id) == 1
    assert "the API counted 10 canceled, 9 errored, 10 expired, 11 succeeded" in capsys.readouterr().err
    assert not (folder / "msgbatch_0001.results.jsonl").exists()


def test_a_batch_that_runs_is_not_fetched_unless_waited_for(
    folder: Path, batch: StoredBatch, api: LocalApi, capsys: pytest.CaptureFixture[str]
) -> None:
    api.ends_after = 3
    assert fetch(batch.id) == 1
    assert "not ended yet (in_progress: 40 processing); --wait" in capsys.readouterr().err
    api.faults = [Fault("retrieve", drop="before"), Fault("retrieve", status=529)]
    assert fetch(batch.id, "--wait") == 0
    assert_whole(folder / "msgbatch_0001.results.jsonl", batch)


def test_a_batch_that_was_just_sent_may_not_be_found_yet(folder: Path, api: LocalApi) -> None:
    source = write(folder / "r.jsonl", requests("a"))
    assert main(["submit", str(source)]) == 0
    api.faults = [Fault("retrieve", status=404)] * 3
    assert fetch(source, "--wait") == 0


def test_the_counts_are_shown_while_waiting(
    batch: StoredBatch, capsys: pytest.CaptureFixture[str], api: LocalApi
) -> None:
    api.ends_after = 1
    assert ended(api_client("2026-10-21"), batch.id, wait=True, every=0, show=True, sent=False).status == "ended"
    assert "msgbatch_0001: in_progress, 40 processing, 0 min" in capsys.readouterr().err


@pytest.mark.parametrize(("name", "says"), [("msgbatch_0009", "no such batch for this key"), ("a/b", "neither a file")])
def test_what_does_not_exist_is_reported(
    folder: Path, batch: StoredBatch, capsys: pytest.CaptureFixture[str], name: str, says: str
) -> None:
    assert fetch(name) in (1, 2)
    assert says in capsys.readouterr().err


def test_results_that_are_gone_are_reported(
    folder: Path, batch: StoredBatch, api: LocalApi, capsys: pytest.CaptureFixture[str]
) -> None:
    batch.gone = True
    assert fetch(batch.id) == 1
    assert "its results are gone: they are kept for 29 days" in capsys.readouterr().err
    batch.gone = False
    api.faults = [Fault("results", status=404)]
    assert fetch(batch.id) == 1
    assert "its results are gone (404" in capsys.readouterr().err


def test_nothing_is_overwritten(folder: Path, batch: StoredBatch) -> None:
    path = write(folder / "out.jsonl", ["mine"])
    before = path.read_bytes()
    assert fetch(batch.id, "-o", path) == 2
    assert path.read_bytes() == before
    assert fetch(batch.id, "-o", folder / "other.jsonl") == 0


def test_one_download_of_a_file_at_a_time(folder: Path, batch: StoredBatch, capsys: pytest.CaptureFixture[str]) -> None:
    with locked(str(folder / ".out.jsonl.lock")):
        assert fetch(batch.id, "-o", folder / "out.jsonl") == 1
    assert "another batchlint fetch" in capsys.readouterr().err


def test_a_file_that_was_sent_names_its_batch(folder: Path, api: LocalApi, capsys: pytest.CaptureFixture[str]) -> None:
    source = write(folder / "r.jsonl", requests("a", "b"))
    assert fetch(source) == 2
    assert "knows of no batch" in capsys.readouterr().err
    assert main(["submit", str(source)]) == 0
    assert fetch(source) == 0
    assert [row["custom_id"] for row in rows(folder / "r.results.jsonl")] == ["b", "a"]
    assert main(["results", "r.results.jsonl", "--source", "r.jsonl"]) == 0


@pytest.mark.parametrize(("key", "says"), [("", "no key"), ("wrong", "the key is refused")])
def test_without_a_good_key_there_is_one_clear_line(
    folder: Path,
    batch: StoredBatch,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    key: str,
    says: str,
) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", key)
    assert fetch(batch.id) == 2
    told = capsys.readouterr().err
    assert says in told
    assert told.count("\n") == 1
