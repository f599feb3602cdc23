"""The snapshot is what the SDK says, of the number that pyproject.toml names, and has the sentences that are cited."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import pytest

from tests.runner import PROJECT

FOLDER = PROJECT / "tools" / "freshness"
SNAPSHOT: dict[str, Any] = json.loads((FOLDER / "snapshot.json").read_text(encoding="utf-8"))
CITED: list[dict[str, Any]] = tomllib.loads((FOLDER / "citations.toml").read_text(encoding="utf-8"))["cited"]


def installed() -> str | None:
    try:
        return version("anthropic")
    except PackageNotFoundError:
        return None


def test_snapshot_schemas_and_requirements_are_of_one_sdk() -> None:
    required = re.findall(r'"anthropic==([^"]+)"', (PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    about = [json.loads(path.read_text(encoding="utf-8")) for path in (PROJECT / "schemas").glob("batch-*.schema.json")]
    assert {SNAPSHOT["sdk"], *required} == {each["x-batchlint"]["sdk"] for each in about}


def test_no_other_file_has_the_number_of_the_sdk() -> None:
    files = [path for folder in ("src", "tools", "docs", ".github") for path in (PROJECT / folder).rglob("*.*")]
    files = [path for path in files if path.suffix in (".py", ".toml", ".md", ".yml", ".json")]
    holding = [path for path in files if f"SDK {SNAPSHOT['sdk']}" in path.read_text(encoding="utf-8")]
    assert holding == []


def test_every_sentence_is_under_its_digest() -> None:
    assert len(SNAPSHOT["sentences"]) > 500
    for key, sentence in SNAPSHOT["sentences"].items():
        assert sha256(sentence["says"].encode()).hexdigest()[:12] == key


@pytest.mark.parametrize("entry", CITED, ids=lambda entry: entry["words"][:40])
def test_what_is_cited_is_said_once_and_by_files_that_exist(entry: dict[str, Any]) -> None:
    saying = [each["at"] for each in SNAPSHOT["sentences"].values() if entry["words"] in each["says"]]
    assert len(saying) == 1
    for by in entry["by"]:
        assert (PROJECT / by.partition(" (")[0]).is_file()


@pytest.mark.skipif(installed() != SNAPSHOT["sdk"], reason=f"made of anthropic {SNAPSHOT['sdk']}, not {installed()}")
def test_the_installed_sdk_says_nothing_else() -> None:
    import anthropic

    folder = Path(anthropic.__file__).parents[1]
    command = [sys.executable, str(PROJECT / "tools" / "refresh.py"), "--sdk", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Nothing that batchlint knows of has changed." in done.stdout
