"""Without the SDK everything offline works, and nothing offline opens a socket."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.online.conftest import requests, write
from tests.online.server import succeeded

GUARD = """
import importlib.abc, sys

class Blocked(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("anthropic", "httpx", "httpx2"):
            raise ModuleNotFoundError("blocked: " + name, name=name)
        return None

def no_sockets(event, arguments):
    if event.startswith("socket."):
        sys.stderr.write("SOCKET " + event)
        sys.stderr.flush()
        import os
        os._exit(99)

if "sdk" not in sys.argv[1]:
    sys.meta_path.insert(0, Blocked())
if "net" not in sys.argv[1]:
    sys.addaudithook(no_sockets)
"""
COMMAND = (
    GUARD
    + """
from batchlint.cli import guarded_main
sys.exit(guarded_main(sys.argv[2:]))
"""
)
LIBRARY = (
    GUARD
    + """
import batchlint
assert batchlint.check_requests([{"custom_id": "a", "params": {}}])
assert batchlint.check_file("r.jsonl") == []
assert "anthropic" not in sys.modules
"""
)


def run(folder: Path, *arguments: str, allow: str = "", code: str = COMMAND) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ANTHROPIC", "BATCHLINT"))}
    environment = {**kept, "HOME": str(folder)}
    command = [sys.executable, "-c", code, allow or "-", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, text=True, capture_output=True, timeout=60, check=False)


@pytest.fixture
def offline(tmp_path: Path) -> Path:
    write(tmp_path / "r.jsonl", requests("a", "b"))
    write(tmp_path / "bad.jsonl", requests("a:b"))
    rows = [
        {"custom_id": "a", "result": succeeded(requests("a")[0])},
        {"custom_id": "b", "result": {"type": "expired"}},
    ]
    write(tmp_path / "results.jsonl", rows)
    return tmp_path


@pytest.mark.parametrize(
    ("status", "arguments"),
    [
        (0, ["r.jsonl"]),
        (1, ["check", "bad.jsonl", "--format", "json"]),
        (0, ["check", "r.jsonl", "--max-tokens-per-request", "1", "--exit-zero"]),
        (0, ["stats", "r.jsonl"]),
        (0, ["rules"]),
        (0, ["rule", "stream-in-batch"]),
        (0, ["models"]),
        (0, ["config"]),
        (1, ["ids", "bad.jsonl"]),
        (0, ["ids", "bad.jsonl", "--fix", "-o", "out.jsonl", "--map", "map.json"]),
        (0, ["log"]),
        (0, ["log", "--add", "msgbatch_1", "--source", "r.jsonl", "--results", "results.jsonl"]),
        (1, ["results", "results.jsonl", "--source", "r.jsonl"]),
        (0, ["retry", "results.jsonl", "--source", "r.jsonl", "-o", "retry.jsonl"]),
        (0, ["split", "r.jsonl", "--parts", "2"]),
        (0, ["merge", "results.jsonl", "--source", "r.jsonl", "-o", "merged.jsonl"]),
        (0, ["submit", "--dry-run", "r.jsonl"]),
        (0, ["submit", "--help"]),
        (0, ["fetch", "--help"]),
    ],
)
def test_offline_commands_work_without_the_sdk_and_open_no_socket(
    offline: Path, status: int, arguments: list[str]
) -> None:
    done = run(offline, *arguments)
    assert "SOCKET" not in done.stderr
    assert done.returncode == status, done.stderr


def test_the_library_works_without_the_sdk_and_opens_no_socket(offline: Path) -> None:
    done = run(offline, code=LIBRARY)
    assert done.returncode == 0, done.stderr


def test_the_guard_notices_a_socket_and_the_sdk(offline: Path) -> None:
    """So that the tests above can fail."""
    assert run(offline, code=GUARD + "import socket; socket.socket()").returncode == 99
    assert "blocked: anthropic" in run(offline, code=GUARD + "import anthropic").stderr


@pytest.mark.parametrize(
    "arguments",
    [["submit", "r.jsonl", "--quiet"], ["fetch", "msgbatch_1"], ["check", "r.jsonl", "--count-tokens", "api"]],
)
def test_online_commands_without_the_sdk_say_so_in_a_line(offline: Path, arguments: list[str]) -> None:
    done = run(offline, *arguments)
    assert done.returncode == 2
    assert done.stderr == (
        "batchlint: error: this needs the official SDK: "
        "install batchlint with its api extra, from a checkout for example: pip install '.[api]'\n"
    )


def test_without_a_key_no_socket_is_opened_either(offline: Path) -> None:
    done = run(offline, "fetch", "msgbatch_1", allow="sdk")
    assert done.returncode == 2
    assert "no key: set ANTHROPIC_API_KEY" in done.stderr
