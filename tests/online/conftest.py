"""The local server, and a folder in which commands run against it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.online.server import KEY, LocalApi

Run = Callable[..., "subprocess.CompletedProcess[str]"]
MODEL = "claude-opus-4-8"


def requests(*ids: str, text: str = "What is the capital of France?") -> list[dict[str, Any]]:
    """Requests that the linter has nothing against."""
    message = {"role": "user", "content": text}
    return [{"custom_id": each, "params": {"model": MODEL, "max_tokens": 64, "messages": [message]}} for each in ids]


def write(path: Path, values: list[Any]) -> Path:
    """A JSONL file."""
    path.write_text("".join(json.dumps(value) + "\n" for value in values), encoding="utf-8")
    return path


@pytest.fixture
def api() -> Iterator[LocalApi]:
    with LocalApi() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield server
        server.release.set()
        server.shutdown()


@pytest.fixture
def environment(api: LocalApi, tmp_path: Path) -> dict[str, str]:
    """The variables of a process that finds the local server, and nothing of the person who runs the tests."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ANTHROPIC", "BATCHLINT"))}
    proxies = {"NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"}
    home = {"HOME": str(tmp_path / "home"), "XDG_CONFIG_HOME": str(tmp_path / "home")}
    return {**kept, **proxies, **home, "ANTHROPIC_BASE_URL": api.url, "ANTHROPIC_API_KEY": KEY}


@pytest.fixture
def folder(tmp_path: Path, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, with the environment in force for this process too."""
    work = tmp_path / "work"
    work.mkdir()
    for name in [name for name in os.environ if name.startswith(("ANTHROPIC", "BATCHLINT"))]:
        monkeypatch.delenv(name)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(work)
    return work


@pytest.fixture
def start(folder: Path, environment: dict[str, str]) -> Callable[..., subprocess.Popen[str]]:
    """Starts batchlint in a process of its own."""

    def started(*arguments: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "batchlint", *arguments]
        return subprocess.Popen(
            command, cwd=folder, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )

    return started
