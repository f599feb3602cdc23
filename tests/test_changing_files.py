"""Files that are written to while they are read: what is said of them is said to be of no whole file."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from batchlint.cli import main
from batchlint.library import check_file
from batchlint.sources import FileChanged, Source
from tests.results.made import ended, request, written

IDS = [f"id-{number}" for number in range(4)]
CALLS = {
    "check": ["check", "requests.jsonl", "--no-config"],
    "check of two": ["check", "other.jsonl", "requests.jsonl", "--no-config", "--format", "json"],
    "stats": ["stats", "requests.jsonl"],
    "results": ["results", "results.jsonl", "--source", "requests.jsonl", "--no-config"],
    "retry": ["retry", "results.jsonl", "--source", "requests.jsonl", "-o", "out.jsonl", "--no-config"],
    "merge": ["merge", "results.jsonl", "--source", "requests.jsonl", "-o", "out.jsonl"],
    "split": ["split", "requests.jsonl", "--parts", "2"],
    "ids": ["ids", "requests.jsonl"],
    "ids --fix": ["ids", "requests.jsonl", "--fix", "-o", "out.jsonl", "--map", "map.json"],
    "log": ["log", "--add", "msgbatch_1", "--source", "requests.jsonl"],
    "baseline": ["baseline", "write", "requests.jsonl", "--no-config"],
}


def longer(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b'{"custom_id": "late", "params": {}}\n')


def shorter(path: Path) -> None:
    os.truncate(path, 200)


def empty(path: Path) -> None:
    os.truncate(path, 0)


def other(path: Path) -> None:
    """The same size, other bytes."""
    with path.open("r+b") as file:
        file.write(b"[")
    os.utime(path, ns=(0, path.stat().st_mtime_ns + 1_000_000_000))


CHANGES = [longer, shorter, empty, other]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    requests = [request(each) for each in IDS]
    requests[1]["params"]["max_token"] = 5
    written(tmp_path, "requests.jsonl", *requests)
    written(tmp_path, "other.jsonl", request("another"))
    written(tmp_path, "results.jsonl", *(ended(each, "expired") for each in IDS))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def change_at(monkeypatch: pytest.MonkeyPatch, nth: int, change: Callable[[Path], None]) -> None:
    """Changes the requests after so many reads of them."""
    read, count = Source.read, 0

    def counted(source: Source, offset: int, length: int) -> bytes:
        nonlocal count
        count += source.path == "requests.jsonl"
        if source.path == "requests.jsonl" and count == nth:
            change(Path("requests.jsonl"))
        return read(source, offset, length)

    monkeypatch.setattr(Source, "read", counted)


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("nth", [2, 3])
@pytest.mark.parametrize("name", list(CALLS))
def test_a_file_that_changes_while_it_is_read_is_reported(
    name: str,
    nth: int,
    change: Callable[[Path], None],
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = {path.name for path in folder.iterdir()}
    change_at(monkeypatch, nth, change)
    status = main(CALLS[name])
    err = capsys.readouterr().err
    assert status == 3
    assert "changed while it was read" in err or "became shorter while it was read" in err
    made = {path.name for path in folder.iterdir()} - before
    assert {each for each in made if not each.endswith(".lock")} == set()


@pytest.mark.parametrize("change", CHANGES)
def test_the_library_raises(change: Callable[[Path], None], folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    change_at(monkeypatch, 2, change)
    with pytest.raises(FileChanged):
        check_file("requests.jsonl")


@pytest.mark.parametrize("name", list(CALLS))
def test_a_file_that_does_not_change_is_read_in_peace(
    name: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(CALLS[name]) in (0, 1)
    assert "changed" not in capsys.readouterr().err
