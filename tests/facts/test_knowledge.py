"""batchlint says how old what it knows is, where a finding depends on it."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest

from batchlint.cli import main
from batchlint.facts import knowledge, limits, models
from batchlint.rules import all_rules
from tests.unwrapped import unwrapped

REQUEST = {"custom_id": "a", "params": {"max_tokens": 9, "messages": [{"role": "user", "content": "hi"}]}}
OLD_AFTER = datetime.timedelta(days=limits().knowledge.days)


def written(folder: Path, **params: object) -> str:
    path = folder / "requests.jsonl"
    path.write_text(json.dumps({**REQUEST, "params": {**REQUEST["params"], **params}}), encoding="utf-8")  # type: ignore[dict-item]
    return str(path)


@pytest.mark.parametrize("arguments", [["--version", "--verbose"], ["--verbose", "--version"]])
def test_the_version_says_how_old_each_file_of_facts_is(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 0
    first, _, _, facts, *files = capsys.readouterr().out.splitlines()
    assert first.startswith("batchlint ")
    assert facts == f"facts: {knowledge.summary()}"
    assert f"  models {models().checked}" in files
    assert {line.split()[0] for line in files} >= {"betas", "limits", "models", "outcomes", "prices", "tools"}


def test_the_version_alone_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.count("\n") == 1


def test_the_table_of_models_says_as_of_when(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models"]) == 0
    last = capsys.readouterr().out.splitlines()[-1]
    assert last == f"as of {models().checked}, compared with the Python SDK anthropic {knowledge.sdk()}"


@pytest.mark.parametrize(("after", "is_old"), [(OLD_AFTER, False), (OLD_AFTER + datetime.timedelta(days=1), True)])
@pytest.mark.parametrize("form", ["full", "markdown"])
def test_a_finding_that_depends_on_old_facts_says_so_once(
    after: datetime.timedelta, is_old: bool, form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    day = models().checked + after
    path = written(tmp_path, model="claude-3-opus-20240229")
    assert main(["--no-config", "--format", form, "--as-of", day.isoformat(), path]) == 1
    said = unwrapped(capsys.readouterr().out)
    line = f"What is known of models is of {models().checked}, {after.days} days before"
    assert said.count(f"{line}: a newer batchlint may know better.") == is_old


def test_what_depends_on_no_date_says_nothing_of_old_facts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, model="claude-opus-5", stream=True)
    assert main(["--no-config", "--select", "stream-in-batch", "--as-of", "2099-01-01", path]) == 1
    assert "What is known" not in capsys.readouterr().out


def test_the_rules_about_models_that_come_and_go_are_those_that_age() -> None:
    assert {name for name, rule in all_rules().items() if rule.ages} == {
        "deprecated-model",
        "retired-model",
        "unknown-model",
    }
