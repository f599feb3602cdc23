"""What people see of each command at several widths: nothing wraps, and it looks as it did when somebody looked at it.

`pytest --update` writes the screens: read them as you would read a screen, then commit them.
"""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest

from batchlint.cli import COMMANDS, main
from batchlint.terminal.width import width
from tests.terminal.test_width import TEXTS

SCREENS = Path(__file__).parent / "screens"
WIDTHS = (60, 80, 120, 200)
DAY = ["--as-of", "2026-11-23", "--no-config"]
CALLS = {
    "help": ["--help"],
    "check": ["requests.jsonl", *DAY],
    "scripts": ["scripts.jsonl", *DAY],
    "statistics": ["--statistics", "requests.jsonl", *DAY],
    "misspelt": ["chek", "requests.jsonl"],
    "stats": ["stats", "requests.jsonl"],
    "fix": ["fix", "requests.jsonl", *DAY],
    "ids": ["ids", "requests.jsonl"],
    "split": ["split", "requests.jsonl", "--parts", "2"],
    "baseline": ["baseline", "write", "requests.jsonl", *DAY],
    "submit": ["submit", "--dry-run", "fine.jsonl", *DAY],
    "log": ["log"],
    "results": ["results", "results.jsonl", "--source", "requests.jsonl", *DAY],
    "retry": ["retry", "results.jsonl", "--source", "requests.jsonl", "-o", "again.jsonl", *DAY],
    "merge": ["merge", "results.jsonl", "--source", "requests.jsonl", "-o", "merged.jsonl"],
    "config": ["config", "requests.jsonl", "--strict", "--no-config"],
    "shard": ["shard", "requests.jsonl", "-o", "one.shard", *DAY],
    "join": ["join", "one.shard"],
    "rules": ["rules", "custom_id"],
    "rule": ["rule", "stream-in-batch"],
    "models": ["models", "claude-3", "--as-of", "2026-11-23"],
    "model": ["models", "claude-3-haiku-20240307", "--as-of", "2026-11-23"],
}
KEPT = ("check", "statistics", "stats", "fix", "results", "rules", "models", "log", "scripts")
"""Screens that are kept; of the others it is enough that nothing wraps."""
NOT_LAID_OUT = {"check", "fetch", "lsp", "schema", "completion"}
"""Commands without a screen of their own: what they write is for programs, or needs a server."""


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    params = {"model": "claude-opus-4-8", "max_tokens": 100}
    long = "Summarise the minutes of the meeting of the harbour board, and name what was decided. " * 4

    def request(custom_id: str, content: str, **more: object) -> dict[str, object]:
        return {
            "custom_id": custom_id,
            "params": {**params, "messages": [{"role": "user", "content": content}], **more},
        }

    requests = [
        request("minutes-2026-11-01", long),
        request("minutes-2026-11-02", long, max_token=100),
        request("minutes/2026-11-03", long, stream=True),
        request("minutes-2026-11-01", long * 20, model="claude-sonet-4-6"),
        *(request(f"minutes-2026-12-{day:02}", long * day, temprature=0) for day in range(1, 13)),
    ]
    scripts = [request(f"text-{number}", text, **{f"{text} {text}": 1}) for number, text in enumerate(TEXTS)]
    error = {"type": "invalid_request_error", "message": "max_token: Extra inputs are not permitted"}
    results: list[dict[str, object]] = [
        {"type": "succeeded"},
        {"type": "expired"},
        {"type": "errored", "error": {"type": "error", "error": error}},
    ]
    message = {"id": "m", "type": "message", "role": "assistant", "model": "claude-opus-4-8", "stop_reason": "end_turn"}
    usage = {"input_tokens": 21, "output_tokens": 9}
    results[0]["message"] = {**message, "content": [{"type": "text", "text": "Done."}], "usage": usage}
    rows = [
        {"custom_id": each["custom_id"], "result": results[number % 3]}
        for number, each in enumerate(requests)
        if number != 3
    ]
    files = {"requests.jsonl": requests, "fine.jsonl": requests[:1], "scripts.jsonl": scripts, "results.jsonl": rows}
    for name, lines in files.items():
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        (tmp_path / name).write_text(text, encoding="utf-8")
    sent: dict[str, object] = {
        "event": "sent",
        "at": "2026-11-22T08:00:00Z",
        "batch": "msgbatch_01HkcTjaV5uDC8jWR4ZsDV8d",
        "attempt": 1,
    }
    fetched = {"event": "fetched", "at": "2026-11-23T08:00:00Z", "batch": sent["batch"], "results": "results.jsonl"}
    known = {"created_at": "2026-11-22T08:00:00Z", "source": "requests.jsonl", "requests": 16}
    text = "".join(json.dumps(each) + "\n" for each in ({**sent, **known}, fetched))
    (tmp_path / "batchlint-ledger.jsonl").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TERM", "dumb")
    return tmp_path


def screen(call: list[str], columns: int, monkeypatch: pytest.MonkeyPatch) -> str:
    """What a terminal shows of a call."""
    shown = Terminal()
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setattr("sys.stdout", shown)
    monkeypatch.setattr("sys.stderr", shown)
    main(call)
    return shown.getvalue()


def test_every_command_has_a_screen() -> None:
    assert set(COMMANDS) - NOT_LAID_OUT <= {call[0] for call in CALLS.values()} | {"help"}


@pytest.mark.parametrize("columns", WIDTHS)
def test_nothing_wraps(columns: int, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wrapped: dict[str, list[str]] = {}
    for name, call in CALLS.items():
        for path in (*folder.glob("again*"), *folder.glob("merged*"), *folder.glob("requests.part*")):
            path.unlink()
        lines = screen(call, columns, monkeypatch).splitlines()
        assert lines or name in ("shard",), name
        wrapped[name] = [line for line in lines if width(line) > columns]
    assert {name: lines for name, lines in wrapped.items() if lines} == {}


@pytest.mark.parametrize("columns", WIDTHS)
@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "completion"])
def test_no_line_of_any_help_wraps(name: str, columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    lines = screen(["help", name], columns, monkeypatch).splitlines()
    assert [line for line in lines if len(line) > columns] == []


@pytest.mark.parametrize("columns", WIDTHS)
@pytest.mark.parametrize("call", [["rules"], ["models"]], ids=" ".join)
def test_whole_tables_fit(call: list[str], columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    lines = screen(call, columns, monkeypatch).splitlines()
    assert [line for line in lines if width(line) > columns] == []


@pytest.mark.parametrize(
    "name", ["check", "statistics", "stats", "fix", "results", "rules", "models", "log", "scripts"]
)
def test_it_looks_as_it_did(name: str, folder: Path, monkeypatch: pytest.MonkeyPatch, update: bool) -> None:
    shown = "".join(f"===== {columns} columns\n{screen(CALLS[name], columns, monkeypatch)}" for columns in WIDTHS)
    shown = re.sub(r"[ \t]+$", "", shown, flags=re.MULTILINE)
    file = SCREENS / f"{name}.txt"
    if update:
        SCREENS.mkdir(exist_ok=True)
        file.write_text(shown, encoding="utf-8")
    assert shown == file.read_text(encoding="utf-8")


def test_wide_shows_every_column(monkeypatch: pytest.MonkeyPatch) -> None:
    narrow, wide = (screen(["models", *options], 80, monkeypatch) for options in ([], ["--wide"]))
    assert "no room for" in narrow
    assert "no room for" not in wide
    assert "thinking" in wide.splitlines()[0]
