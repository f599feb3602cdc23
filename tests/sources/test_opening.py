"""Opening files: what can be read, what cannot, and reading the same source again."""

from __future__ import annotations

import io
import os
import pickle
import sys
import threading
from pathlib import Path

import pytest

from batchlint.sources import UNREADABLE, Item, open_source, source_of_bytes

LINES = b'{"custom_id":"a"}\n{"custom_id":"b"}\n'
ENVELOPE = b'{"requests":[{"custom_id":"a"},{"custom_id":"b"}]}'


class Stdin:
    """Standard input as a pipe gives it."""

    def __init__(self, data: bytes) -> None:
        self.buffer = io.BytesIO(data)


def custom_ids(found: object) -> list[str]:
    return [item.value["custom_id"] for item in found if isinstance(item, Item)]  # type: ignore[attr-defined]


def test_a_file(tmp_path: Path) -> None:
    path = tmp_path / "batch.jsonl"
    path.write_bytes(LINES)
    with open_source(str(path)) as source:
        assert source.path == str(path).replace(os.sep, "/")
        assert (source.size, source.container) == (len(LINES), "jsonl")
        assert custom_ids(source) == ["a", "b"]


@pytest.mark.parametrize(("name", "path"), [(None, "<stdin>"), ("batch.json", "batch.json")])
def test_standard_input(monkeypatch: pytest.MonkeyPatch, name: str | None, path: str) -> None:
    monkeypatch.setattr(sys, "stdin", Stdin(ENVELOPE))
    with open_source("-", stdin_filename=name) as source:
        assert (source.path, source.size, source.container) == (path, len(ENVELOPE), "envelope")
        assert custom_ids(source) == ["a", "b"]
        assert source.read(0, 12) == b'{"requests":'


def test_standard_input_that_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(OSError, match="standard input is closed"):
        open_source("-")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_named_pipe(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    writer = threading.Thread(target=path.write_bytes, args=(LINES,))
    writer.start()
    with open_source(str(path)) as source:
        writer.join()
        assert custom_ids(source) == ["a", "b"]
        assert custom_ids(source) == ["a", "b"]


def test_an_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "empty.jsonl"
    path.write_bytes(b"")
    with open_source(str(path)) as source:
        assert [(told.kind, told.detail) for told in source if not isinstance(told, Item)] == [
            ("empty-file", "0 bytes")
        ]


def test_what_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError):
        open_source(str(tmp_path))
    with pytest.raises(FileNotFoundError):
        open_source(str(tmp_path / "missing.jsonl"))


@pytest.mark.parametrize("data", [LINES, ENVELOPE, b'[{"custom_id":"a"},{"custom_id":"b"}]'])
def test_two_readings_at_a_time_do_not_disturb_each_other(data: bytes) -> None:
    with source_of_bytes(data) as source:
        pairs = []
        for one, other in zip(source, source, strict=True):
            source.read(3, 5)
            pairs.append((one, other))
        assert len(pairs) == 2
        assert all(one == other for one, other in pairs)


def test_bytes_are_read_anywhere() -> None:
    with source_of_bytes(LINES, "lines") as source:
        assert source.path == "lines"
        assert source.read(1, 11) == b'"custom_id"'
        assert source.read(len(LINES) - 2, 99) == b"}\n"
        assert source.read(len(LINES) + 5, 9) == b""


def test_a_file_that_becomes_shorter_while_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "batch.json"
    path.write_bytes(b"[" + b'{"custom_id":"a"},' * 50_000 + b'{"custom_id":"a"}]')
    with open_source(str(path)) as source:
        found = iter(source)
        assert isinstance(next(found), Item)
        os.truncate(path, 600_000)
        rest = list(found)
    assert not isinstance(rest[-1], Item) or rest[-1].value is UNREADABLE


def test_unreadable_is_one_object_in_every_process() -> None:
    assert pickle.loads(pickle.dumps(UNREADABLE)) is UNREADABLE
    assert repr(UNREADABLE) == "UNREADABLE"
    assert not UNREADABLE
