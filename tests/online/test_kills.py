"""Killed at any step and started again: nothing is submitted twice, and nothing is lost."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from batchlint.cli import main
from batchlint.ledger import History, Ledger
from tests.online.conftest import requests, write
from tests.online.server import Fault, LocalApi

Start = Callable[..., "subprocess.Popen[str]"]


def kill_when_reached(api: LocalApi, process: subprocess.Popen[str]) -> None:
    assert api.reached.wait(30), process.communicate(timeout=5)
    process.kill()
    process.communicate(timeout=30)
    api.release.set()


def finish(api: LocalApi) -> None:
    """Starts submit again until everything is sent, and does what it says a person has to do."""
    if main(["submit", "--settle", "0", "a.jsonl", "b.jsonl"]) == 0:
        return
    (landed,) = [
        batch for batch in api.batches if batch not in History(Ledger("batchlint-ledger.jsonl").entries()).batches
    ]
    (sending,) = History(Ledger("batchlint-ledger.jsonl").entries()).open.values()
    assert main(["submit", "--landed", landed, str(sending.source)]) == 0
    assert main(["submit", "--settle", "0", "a.jsonl", "b.jsonl"]) == 0


@pytest.mark.parametrize("endpoint", ["list", "create"])
@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("part", [1, 2])
def test_submit_killed(folder: Path, api: LocalApi, start: Start, endpoint: str, moment: str, part: int) -> None:
    write(folder / "a.jsonl", requests("a1", "a2"))
    write(folder / "b.jsonl", requests("b1"))
    api.faults = [Fault(endpoint)] * (part - 1) + [Fault(endpoint, block=moment)]
    process = start("submit", "--settle", "0", "a.jsonl", "b.jsonl")
    kill_when_reached(api, process)
    if (endpoint, moment) == ("create", "before"):
        wait_for_batches(api, part)  # the server has the whole request, and creates the batch for a client that is gone
    finish(api)
    sent = [request["custom_id"] for batch in api.batches.values() for request in batch.requests]
    assert sorted(sent) == ["a1", "a2", "b1"]
    history = History(Ledger("batchlint-ledger.jsonl").entries())
    assert list(history.batches) == list(api.batches)
    assert not history.open


def wait_for_batches(api: LocalApi, count: int) -> None:
    import time

    until = time.monotonic() + 30
    while len(api.batches) < count and time.monotonic() < until:
        time.sleep(0.01)
    assert len(api.batches) == count


@pytest.mark.parametrize(
    ("endpoint", "moment"),
    [("retrieve", "before"), ("retrieve", "after"), ("results", "before"), ("results", "after"), ("results", "during")],
)
def test_fetch_killed(folder: Path, api: LocalApi, start: Start, endpoint: str, moment: str) -> None:
    ids = [f"r{number}" for number in range(60)]
    batch = api.add(requests(*ids))
    api.faults = [Fault(endpoint, block=moment)]
    process = start("fetch", batch.id, "-o", "out.jsonl")
    kill_when_reached(api, process)
    assert not (folder / "out.jsonl").exists()
    assert main(["fetch", batch.id, "-o", "out.jsonl"]) == 0
    found = [json.loads(line)["custom_id"] for line in (folder / "out.jsonl").read_bytes().splitlines()]
    assert sorted(found) == sorted(ids)
    assert not (folder / "out.jsonl.part").exists()
    assert main(["fetch", batch.id, "-o", "out.jsonl"]) == 0


def test_fetch_killed_between_the_file_and_the_ledger(folder: Path, api: LocalApi) -> None:
    batch = api.add(requests("a", "b"))
    assert main(["fetch", batch.id, "-o", "out.jsonl"]) == 0
    Path("batchlint-ledger.jsonl").unlink()
    results = (folder / "out.jsonl").read_bytes()
    calls = api.calls["results"]
    assert main(["fetch", batch.id, "-o", "out.jsonl"]) == 0
    assert (folder / "out.jsonl").read_bytes() == results
    assert api.calls["results"] == calls
    assert History(Ledger("batchlint-ledger.jsonl").entries()).batches[batch.id].fetched is not None


@pytest.mark.parametrize("event", ["sending", "sent"])
def test_submit_killed_in_the_middle_of_a_line_of_the_ledger(folder: Path, api: LocalApi, event: str) -> None:
    """What is left of the line is passed over: before the create nothing was sent, after it the list tells."""
    write(folder / "a.jsonl", requests("a1", "a2"))
    write(folder / "b.jsonl", requests("b1"))
    assert main(["submit", "a.jsonl"]) == 0
    ledger = Path("batchlint-ledger.jsonl")
    lines = ledger.read_bytes().splitlines(keepends=True)
    assert [json.loads(line)["event"] for line in lines] == ["sending", "sent"]
    if event == "sending":
        api.batches.clear()
        ledger.write_bytes(lines[0][:40])
    else:
        ledger.write_bytes(lines[0] + lines[1][:40])
    finish(api)
    sent = [request["custom_id"] for batch in api.batches.values() for request in batch.requests]
    assert sorted(sent) == ["a1", "a2", "b1"]
