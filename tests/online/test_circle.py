"""The script of docs/online.md, run as it is against the local server."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from batchlint.ledger import History, Ledger
from tests.online.conftest import requests
from tests.online.server import Fault, LocalApi, StoredBatch, errored, succeeded

PAGE = Path(__file__).parents[2] / "docs/online.md"
IDS = ["invoice:2026/001", "BRK.B", "BRK_B", "plain", "é" * 70, "", "a b", "c|d"]


def script() -> str:
    section = PAGE.read_text(encoding="utf-8").partition("## The whole circle")[2]
    found = re.search(r"```sh\n(.*?)```", section, re.DOTALL)
    assert found
    return found[1]


def unlucky(request: dict[str, Any], batch: StoredBatch) -> dict[str, Any]:
    """In the first batch every other request fails in a way that is worth sending again."""
    number = [each["custom_id"] for each in batch.requests].index(request["custom_id"])
    first = batch.id == "msgbatch_0001"
    return [succeeded(request), errored(), succeeded(request), {"type": "expired"}][number % 4 if first else 0]


@pytest.fixture
def path(folder: Path, environment: dict[str, str]) -> str:
    """A PATH in which `batchlint` is the one under test."""
    tools = folder.parent / "bin"
    tools.mkdir()
    command = tools / "batchlint"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m batchlint "$@"\n')
    command.chmod(0o755)
    return f"{tools}:{environment['PATH']}"


FAULTS = [
    Fault("create", status=529),
    Fault("results", cut_at=900),
    Fault("retrieve", status=500),
    Fault("results", end_at=700),
    Fault("list", status=429),
]


def test_every_source_id_ends_with_exactly_one_result(
    folder: Path, api: LocalApi, environment: dict[str, str], path: str
) -> None:
    api.answer = unlucky
    api.faults = list(FAULTS)
    source = "".join(json.dumps(request) + "\n" for request in requests(*IDS))
    (folder / "requests.jsonl").write_text(source, encoding="utf-8")
    done = subprocess.run(
        ["sh", "-eu", "-c", script()],
        cwd=folder,
        env={**environment, "PATH": path},
        text=True,
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in (folder / "results.jsonl").read_bytes().splitlines()]
    assert Counter(row["custom_id"] for row in rows) == Counter(IDS)
    assert {row["result"]["type"] for row in rows} == {"succeeded"}
    sent = [len(batch.requests) for batch in api.batches.values()]
    assert sent == [len(IDS), len(IDS) // 2]
    again = History(Ledger("batchlint-ledger.jsonl").entries()).batches["msgbatch_0002"]
    assert (again.attempt, again.entry.parent) == (2, "msgbatch_0001")
    assert not api.faults
    assert (folder / "requests.jsonl").read_text(encoding="utf-8") == source
