"""Progress is for a person who waits: on a terminal, after a second, and never in what a program reads."""

from __future__ import annotations

import io

import pytest

from batchlint.sources import progress, source_of_bytes
from batchlint.sources.progress import Progress
from batchlint.sources.reader import DECODER

LINES = b'{"custom_id": "a"}\n' * 1000


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def written(monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, *, wanted: bool = True, after: float = 0) -> str:
    monkeypatch.setattr("sys.stderr", stream)
    monkeypatch.setattr(progress, "FIRST_AFTER", after)
    with source_of_bytes(LINES) as source, Progress(wanted) as shown:
        watched = shown.watched(source)
        assert len(list(watched.items(DECODER))) == 1000
        assert (watched.path, watched.container) == (source.path, source.container)
    return stream.getvalue()


def test_a_terminal_sees_requests_bytes_and_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = written(monkeypatch, Terminal())
    assert shown.startswith("\r")
    assert shown.splitlines()[-1].endswith(" s")
    assert "1,000 requests, 0 MB" in shown


def test_work_of_less_than_a_second_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    assert written(monkeypatch, Terminal(), after=60) == ""


def test_nothing_is_shown_where_nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    assert written(monkeypatch, io.StringIO()) == ""
    assert written(monkeypatch, Terminal(), wanted=False) == ""
