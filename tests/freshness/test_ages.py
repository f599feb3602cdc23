"""What was not looked at for long is listed with its source, and a day is moved by the tool alone."""

from __future__ import annotations

import datetime
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.freshness.made import made_project
from tests.runner import PROJECT

RULE = '''"""A rule."""

META = Metadata(
    severity="error",
    source="docs",
    checked="2026-01-01",
)
'''


def facts(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(PROJECT / "tools" / "facts.py"), arguments[0], "--project", str(project)]
    return subprocess.run([*command, *arguments[1:]], capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    made = made_project(tmp_path / "project")
    (made / "src/batchlint/rules/some_rule.py").write_text(RULE, encoding="utf-8")
    return made


def models(project: Path) -> str:
    return (project / "src/batchlint/facts/models.toml").read_text(encoding="utf-8")


def names(done: subprocess.CompletedProcess[str]) -> list[str]:
    return [line.split()[1].rstrip(":") for line in done.stdout.splitlines()]


def test_what_is_old_is_listed_with_its_source(project: Path) -> None:
    done = facts(project, "stale", "--day", "2026-02-01", "--days", "30")
    assert done.returncode == 1
    assert names(done) == [
        *("betas", "models", "outcomes", "tools"),
        *("overlay", "overlay.limit.Params/messages", "rules.some-rule"),
    ]
    assert "2026-01-01  overlay.limit.Params/messages: docstring of messages" in done.stdout.splitlines()
    done = facts(project, "stale", "--day", "2026-01-31", "--days", "30")
    assert (done.returncode, done.stdout) == (0, "")


def test_a_day_is_moved_and_nothing_else(project: Path) -> None:
    before = models(project)
    assert facts(project, "touch", "models", "--day", "2026-02-01").returncode == 0
    assert models(project) == before.replace("2026-01-01", "2026-02-01")
    assert "models" not in names(facts(project, "stale", "--day", "2026-02-01"))


def test_one_entry_gets_a_day_of_its_own(project: Path) -> None:
    assert facts(project, "touch", "models.claude-a-1", "--day", "2026-02-01").returncode == 0
    document = tomllib.loads(models(project))
    assert document["checked"] == datetime.date(2026, 1, 1)
    assert document["model"]["claude-a-1"]["checked"] == datetime.date(2026, 2, 1)
    assert facts(project, "touch", "models", "--day", "2026-03-01").returncode == 0
    assert models(project).count("checked = 2026-03-01") == 2


def test_entries_of_the_overlay_and_rules_are_moved(project: Path) -> None:
    done = facts(project, "touch", "overlay.limit.Params/messages", "rules", "--day", "2026-02-01")
    assert done.returncode == 0
    assert "checked = 2026-02-01" in (project / "tools/schemas/overlay.toml").read_text(encoding="utf-8")
    rule = (project / "src/batchlint/rules/some_rule.py").read_text(encoding="utf-8")
    assert rule == RULE.replace("2026-01-01", "2026-02-01")
    assert "generate_docs.py" in done.stdout


@pytest.mark.parametrize("name", ["model", "models.claude-z", "overlay.limit.Params/nothing", "rules.no-rule"])
def test_an_unknown_name_changes_nothing(name: str, project: Path) -> None:
    before = models(project)
    done = facts(project, "touch", "models", name, "--day", "2026-02-01")
    assert (done.returncode, done.stdout) == (2, "")
    assert name in done.stderr
    assert models(project) == before


def test_everything_in_the_project_can_be_touched_by_the_name_that_stale_gives_it(tmp_path: Path) -> None:
    for folder in ("src/batchlint/facts", "src/batchlint/rules", "tools/schemas"):
        shutil.copytree(PROJECT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    listed = names(facts(tmp_path, "stale", "--day", "2100-01-01"))
    assert len(listed) > 150
    assert len(listed) == len(set(listed))
    assert facts(tmp_path, "touch", *listed, "--day", "2100-01-01").returncode == 0
    assert facts(tmp_path, "stale", "--day", "2100-01-02", "--days", "1").stdout == ""
