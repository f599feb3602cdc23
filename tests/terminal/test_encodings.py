"""Output that is not UTF-8: a Windows pipe in cp1252, LANG=C, ASCII. What the encoding lacks is written out; no command
ends as a bug.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from batchlint.cli import COMMANDS
from tests.runner import Runner
from tests.test_action import INSTALLED, TODAY

TEXT = "नमस्ते 漢字 👨\u200d👩\u200d👧 naïve — \u2028 "
ENVIRONMENTS = {
    "cp1252": {"PYTHONIOENCODING": "cp1252"},
    "ascii": {"PYTHONIOENCODING": "ascii"},
    "cp932": {"PYTHONIOENCODING": "cp932"},
    "LANG=C": {"LANG": "C", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
}
FORMATS = ("concise", "json", "jsonl", "markdown", "github", "sarif", "html")
CALLS = [
    ["naïve-漢.jsonl"],
    *(
        ["--format", each, "naïve-漢.jsonl"]
        for each in ("concise", "json", "jsonl", "markdown", "github", "sarif", "html")
    ),
    ["--statistics", "naïve-漢.jsonl"],
    ["check", "absent-漢.jsonl"],
    ["stats", "naïve-漢.jsonl"],
    ["stats", "--format", "json", "--per-request", "naïve-漢.jsonl"],
    ["fix", "naïve-漢.jsonl"],
    ["ids", "naïve-漢.jsonl"],
    ["split", "naïve-漢.jsonl", "--parts", "2"],
    ["baseline", "write", "naïve-漢.jsonl", "--baseline", "accepted-漢.json"],
    ["submit", "--dry-run", "naïve-漢.jsonl"],
    ["fetch", "漢"],
    ["log"],
    ["results", "results.jsonl", "--source", "naïve-漢.jsonl"],
    ["results", "results.jsonl", "--source", "naïve-漢.jsonl", "--format", "markdown"],
    ["results", "results.jsonl", "--source", "naïve-漢.jsonl", "--format", "csv"],
    ["retry", "results.jsonl", "--source", "naïve-漢.jsonl", "-o", "again.jsonl"],
    ["merge", "results.jsonl", "--source", "naïve-漢.jsonl", "-o", "merged.jsonl"],
    ["config", "naïve-漢.jsonl"],
    ["shard", "naïve-漢.jsonl", "-o", "one.shard"],
    ["join", "one.shard"],
    ["lsp", "--漢"],
    ["schema"],
    ["rules"],
    ["rule", "unknown-member"],
    ["models"],
    ["models", "claude-haiku-4-5"],
    ["completion", "zsh"],
    ["help"],
    *(["help", name] for name in COMMANDS),
]
PROGRAM = """\
import json, os, sys
from batchlint.cli import guarded_main
encoding, statuses = sys.stdout.encoding, []
for call in json.loads(sys.argv[1]):
    sys.stdout.reconfigure(encoding=encoding, errors="strict")
    statuses.append(guarded_main([os.fsdecode(word.encode()) for word in call]))
with open("statuses.json", "w") as file:
    json.dump(statuses, file)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    params = {"model": "claude-opus-4-8", "max_tokens": 9, "messages": [{"role": "user", "content": TEXT * 20}]}
    requests = [
        {"custom_id": "漢", "params": params},
        {"custom_id": "a", "params": {**params, "naïve_漢": TEXT, "stream": True}},
        {"custom_id": "b", "params": {**params, "max_token": 1}},
    ]
    error = {"type": "error", "error": {"type": "invalid_request_error", "message": f"naïve_漢: {TEXT}"}}
    rows = [{"custom_id": each["custom_id"], "result": {"type": "errored", "error": error}} for each in requests]
    for name, lines in (("naïve-漢.jsonl", requests), ("results.jsonl", rows)):
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_every_command_is_among_the_calls() -> None:
    assert set(COMMANDS) - {"check"} <= {call[0] for call in CALLS}


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_no_command_ends_as_a_bug(name: str, folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, json.dumps(CALLS)],
        cwd=folder,
        env={**{key: value for key, value in os.environ.items() if key != "PYTHONUTF8"}, **ENVIRONMENTS[name]},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode("ascii", "replace")
    statuses = json.loads((folder / "statuses.json").read_text(encoding="ascii"))
    ended = {" ".join(call): status for call, status in zip(CALLS, statuses, strict=True)}
    assert set(ended.values()) <= {0, 1, 2, 3}
    assert ended["naïve-漢.jsonl"] == ended["--statistics naïve-漢.jsonl"] == ended["fix naïve-漢.jsonl"] == 1


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_text_for_people_is_in_their_encoding_and_documents_are_utf_8(encoding: str, folder: Path) -> None:
    def shown(*arguments: str) -> bytes:
        environment = {**os.environ, "PYTHONIOENCODING": encoding}
        command = [sys.executable, "-m", "batchlint", *arguments, "naïve-漢.jsonl"]
        return subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False).stdout

    text = shown().decode(encoding)
    assert "\\u6f22" in text
    assert "..." in text if encoding == "ascii" else "…" in text
    assert max(map(len, text.splitlines())) <= 80
    assert "`naïve_漢`" in shown("--format", "concise").decode("utf-8")
    histogram = shown("stats").decode(encoding)
    assert "  ####" in histogram


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_the_action_does_not_end_as_a_bug(
    encoding: str, folder: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", encoding)
    workspace = tmp_path_factory.mktemp("runner") / "workspace"
    folder.rename(workspace)
    done = Runner(workspace).run("lint", {"options": TODAY, "paths": "naïve-漢.jsonl"}, INSTALLED)
    assert done.status == 1
    assert done.outputs["errors"] != "0"
    assert "漢" in done.summary
