"""What the official client says is refused was read, sentence by sentence; runs where the client is installed."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from batchlint.rules import all_rules

pytest.importorskip("anthropic")

PROJECT = Path(__file__).parents[2]
LISTED = tomllib.loads((PROJECT / "tools" / "sdk_sentences.toml").read_text(encoding="utf-8"))["sentence"]


def test_every_sentence_that_states_a_refusal_is_on_the_list() -> None:
    command = [sys.executable, "tools/sdk_sentences.py"]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_sentence_that_is_not_listed_is_shown(tmp_path: Path) -> None:
    (tmp_path / "types" / "beta").mkdir(parents=True)
    module = 'from .other_param import Other\nx: int\n"""Must be prime. Read it twice."""\n'
    (tmp_path / "types" / "message_create_params.py").write_text(module, encoding="utf-8")
    (tmp_path / "types" / "other_param.py").write_text('"""Cannot be green."""\n', encoding="utf-8")
    command = [sys.executable, "tools/sdk_sentences.py", str(tmp_path)]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "not listed: message_create_params: Must be prime.\n" in done.stdout
    assert "not listed: other_param: Cannot be green.\n" in done.stdout
    assert "Read it twice" not in done.stdout


def test_every_sentence_has_a_rule_or_a_reason() -> None:
    assert len({entry["text"] for entry in LISTED}) == len(LISTED)
    for entry in LISTED:
        assert ("rule" in entry) != ("why" in entry), entry["text"]
        assert entry.get("rule", "empty-text") in all_rules(), entry["rule"]
