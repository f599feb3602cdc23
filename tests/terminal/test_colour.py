"""Colours and links: who gets them, as other programs decide it."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

from batchlint.terminal.paint import Paint
from batchlint.terminal.screen import Screen, knows_links, screen_of, wants_color, width_of


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("environment", "terminal", "pipe"),
    [
        ({}, True, False),
        ({"NO_COLOR": "1"}, False, False),
        ({"NO_COLOR": ""}, True, False),
        ({"FORCE_COLOR": "1"}, True, True),
        ({"FORCE_COLOR": "0"}, False, False),
        ({"CLICOLOR_FORCE": "1"}, True, True),
        ({"CLICOLOR": "0"}, False, False),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False, False),
        ({"TERM": "dumb"}, False, False),
        ({"TERM": "dumb", "FORCE_COLOR": "3"}, True, True),
    ],
)
def test_who_gets_colours(environment: dict[str, str], terminal: bool, pipe: bool) -> None:
    assert wants_color(Terminal(), "auto", environment) == terminal
    assert wants_color(io.StringIO(), "auto", environment) == pipe
    assert wants_color(io.StringIO(), "always", environment)
    assert not wants_color(Terminal(), "never", environment)


@pytest.mark.parametrize(
    ("environment", "known"),
    [
        ({}, False),
        ({"TERM_PROGRAM": "iTerm.app"}, True),
        ({"TERM_PROGRAM": "Apple_Terminal"}, False),
        ({"VTE_VERSION": "7600"}, True),
        ({"VTE_VERSION": "5000"}, False),
        ({"TERM": "xterm-kitty"}, True),
        ({"WT_SESSION": "1"}, True),
        ({"WT_SESSION": "1", "CI": "true"}, False),
        ({"FORCE_HYPERLINK": "1"}, True),
        ({"WT_SESSION": "1", "FORCE_HYPERLINK": "0"}, False),
    ],
)
def test_who_gets_links(environment: dict[str, str], known: bool) -> None:
    assert knows_links(Terminal(), environment) == known
    assert knows_links(io.StringIO(), environment) == ("FORCE_HYPERLINK" in environment and known)


def test_a_link_needs_an_address_that_is_one() -> None:
    paint = Paint(Screen(links=True))
    assert paint.linked("a-rule", None) == "a-rule"
    assert paint.linked("a-rule", "https://example.com/a\x1b\\") == "a-rule"
    assert paint.linked("a-rule", "https://example.com/a") == "\x1b]8;;https://example.com/a\x1b\\a-rule\x1b]8;;\x1b\\"
    assert Paint(Screen()).linked("a-rule", "https://example.com/a") == "a-rule"


@pytest.mark.parametrize(
    ("said", "columns"), [("", 80), ("100", 100), ("7", 40), ("-3", 80), ("wide", 80), ("9999999", 80), ("0", 80)]
)
def test_how_wide(said: str, columns: int) -> None:
    assert width_of(io.StringIO(), {"COLUMNS": said}) == columns
    assert screen_of(io.StringIO(), environment={"COLUMNS": said}).prose == min(columns, 120)


def test_colours_change_nothing_but_colours(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from batchlint.cli import main

    file = tmp_path / "requests.jsonl"
    file.write_text('{"custom_id": "a", "params": {"max_token": 1}}\n', encoding="utf-8")
    calls = (["--no-config"], ["--statistics", "--no-config"], ["stats"], ["fix", "--no-config"])
    for call in calls:
        shown = []
        for when in ("never", "always"):
            main([*call, "--color", when, str(file)])
            shown.append(capsys.readouterr().out)
        assert "\x1b" not in shown[0]
        assert "\x1b[" in shown[1], call
        assert re.sub(r"\x1b\[[\d;]*m", "", shown[1]) == shown[0]
