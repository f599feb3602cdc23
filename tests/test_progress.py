"""Progress is for a person who waits: on a terminal, after a second, and never in what a program reads."""

from __future__ import annotations

import io
import re

import pytest

from batchlint.sources import progress, source_of_bytes
from batchlint.sources.progress import Progress, in_words
from batchlint.sources.reader import DECODER

LINES = b'{"custom_id": "a"}\n' * 1000


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def written(
    monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, *, wanted: bool = True, after: float = 0, expected: int = 0
) -> str:
    monkeypatch.setattr("sys.stderr", stream)
    monkeypatch.setattr(progress, "FIRST_AFTER", after)
    monkeypatch.setattr(progress, "EVERY", 0)
    monkeypatch.setenv("COLUMNS", "100")
    with source_of_bytes(LINES) as source, Progress(wanted) as shown:
        shown.expect(expected)
        watched = shown.watched(source)
        assert len(list(watched.items(DECODER))) == 1000
        assert (watched.path, watched.container) == (source.path, source.container)
    return stream.getvalue()


def test_a_terminal_sees_the_share_the_rate_and_the_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    first, *_, end = written(monkeypatch, Terminal(), expected=2 * len(LINES)).split("\r\x1b[K")[1:]
    assert re.fullmatch(r" 12% 256 requests, 0 MB in 0 s, [\d,.]+ MB/s, 0 s left", first)
    assert re.fullmatch(r"1,000 requests, 0 MB in 0 s, [\d,.]+ MB/s\n", end)


def test_what_is_of_unknown_size_has_no_share(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = written(monkeypatch, Terminal())
    assert "256 requests, 0 MB in 0 s" in shown
    assert "%" not in shown
    assert "left" not in shown


@pytest.mark.parametrize("columns", [40, 60, 200])
def test_a_line_stays_on_the_terminals_line(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = Terminal()
    monkeypatch.setattr("sys.stderr", shown)
    monkeypatch.setattr(progress, "FIRST_AFTER", 0)
    monkeypatch.setenv("COLUMNS", str(columns))
    with Progress(True) as each:
        each.expect(10**14)
        each.advance(10**12, 10**9)
    assert all(len(line) < columns for line in shown.getvalue().replace("\n", "").split("\r\x1b[K"))


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.4, "0 s"), (99, "99 s"), (100, "2 min"), (3600, "60 min"), (7500, "2 h 5 min")]
)
def test_times_are_said_as_people_say_them(seconds: float, words: str) -> None:
    assert in_words(seconds) == words


def test_work_of_less_than_a_second_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    assert written(monkeypatch, Terminal(), after=60) == ""


def test_nothing_is_shown_where_nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    assert written(monkeypatch, io.StringIO()) == ""
    assert written(monkeypatch, Terminal(), wanted=False) == ""
