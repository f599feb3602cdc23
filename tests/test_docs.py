"""What the documentation shows is what comes out: its `console` blocks are run in a copy of the examples, and so are
the other commands of the README.

`pytest --update` writes what comes out into the pages: read the difference, then commit it. A page's blocks share one
folder, in their order; today is 2026-11-23 for them.
"""

from __future__ import annotations

import os
import re
import shutil
import site
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.runner import PROJECT, Done, Runner
from tests.test_hook import Repository
from tests.test_installs import LEFT_OUT

BLOCK = re.compile(r"```console\n(.*?)```\n", re.DOTALL)
PAGES = ("README.md", "docs/usage.md", "docs/fix.md", "docs/configuration.md", "docs/ci.md", "docs/editors.md")
ON_THAT_DAY = """\
import datetime, sys
class Date(datetime.date):
    @classmethod
    def today(cls): return cls(2026, 11, 23)
datetime.date = Date
"""
COMMAND = """\
from batchlint.__main__ import run
sys.argv[0] = "batchlint"
run()
"""
DOCTEST = """\
import doctest
result = doctest.testfile(sys.argv[1], module_relative=False)
assert result.attempted >= 4 and result.failed == 0
"""


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A scratch repository with the examples and the hook; `batchlint` on its PATH runs on a fixed day."""
    made = Repository(tmp_path / "repository")
    shutil.copytree(PROJECT / "examples", made.path / "examples")
    (tmp_path / "bin").mkdir()
    program, launcher = tmp_path / "bin" / "on_that_day.py", tmp_path / "bin" / "batchlint"
    program.write_text(ON_THAT_DAY + COMMAND, encoding="utf-8")
    launcher.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{program}" "$@"\n', encoding="utf-8")
    launcher.chmod(0o755)
    made.environment["PATH"] = f"{launcher.parent}{os.pathsep}{made.environment['PATH']}"
    made.environment |= {"GIT_AUTHOR_NAME": "T", "GIT_AUTHOR_EMAIL": "t@example.com"}
    made.environment |= {"GIT_COMMITTER_NAME": "T", "GIT_COMMITTER_EMAIL": "t@example.com"}
    made.run("pre-commit", "install")
    return made


@pytest.mark.parametrize("name", PAGES)
def test_a_page_shows_what_comes_out(name: str, repository: Repository, update: bool) -> None:
    page = (PROJECT / name).read_text(encoding="utf-8")
    assert BLOCK.search(page)

    def run(block: re.Match[str]) -> str:
        commands = [line[2:] for line in block[1].splitlines() if line.startswith("$ ")]
        shown = (f"$ {command}\n{repository.run('sh', '-c', command).stdout}" for command in commands)
        return f"```console\n{''.join(shown)}```\n"

    expect(name, BLOCK.sub(run, page), update)


def test_the_page_shows_what_the_action_shows(tmp_path: Path, update: bool) -> None:
    workspace = tmp_path / "workspace"
    (workspace / "examples").mkdir(parents=True)
    shutil.copy(PROJECT / "examples/requests.jsonl", workspace / "examples")
    inputs, steps = {"options": "--as-of 2026-11-23"}, {"install": {"python": sys.executable}}
    done: Done = Runner(workspace).run("lint", inputs, steps)
    page = (PROJECT / "docs/ci.md").read_text(encoding="utf-8")
    page = filled(page, "log of the action on examples/requests.jsonl", done.log)
    expect(
        "docs/ci.md",
        filled(page, "summary of the action on examples/requests.jsonl", done.summary.rstrip("\n") + "\n"),
        update,
    )


def filled(page: str, comment: str, text: str) -> str:
    """The page with a text in the fence below a comment."""
    pattern = re.compile(rf"(<!-- {re.escape(comment)} -->\n(`{{3,}})\w*\n).*?(^\2\n)", re.DOTALL | re.MULTILINE)
    assert len(pattern.findall(page)) == 1
    return pattern.sub(lambda found: found[1] + text + found[3], page)


def expect(name: str, wanted: str, update: bool) -> None:
    if update:
        (PROJECT / name).write_text(wanted, encoding="utf-8")
    assert (PROJECT / name).read_text(encoding="utf-8") == wanted


def snippets(name: str) -> list[Any]:
    """The YAML of a page."""
    page = (PROJECT / name).read_text(encoding="utf-8")
    return [yaml.safe_load(text) for text in re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)]


@pytest.mark.parametrize("name", ["README.md", "docs/ci.md"])
def test_the_snippets_name_inputs_and_hooks_that_exist(name: str) -> None:
    action = yaml.safe_load((PROJECT / "action.yml").read_text(encoding="utf-8"))
    hook, _ = yaml.safe_load((PROJECT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    found = [each for each in snippets(name) if each]
    (*shared, local) = [each["repos"][0] for each in found if "repos" in each] + [None] * (name == "README.md")
    assert [each["hooks"] for each in shared] == [[{"id": hook["id"]}]]
    for key in ("id", "name", "entry", "language", "files", "types", "require_serial") if local else ():
        assert local["hooks"][0][key] == hook[key]
    steps = [step for each in found for job in each.get("jobs", {}).values() for step in job["steps"]]
    steps += [step for each in found for step in each.get("steps", [])]
    ours = [step for step in steps if re.match(r"[\w-]+/(REPOSITORY|batchlint)@", step.get("uses", ""))]
    assert ours
    for step in ours:
        assert set(step["with"]) <= set(action["inputs"])


def test_the_readme_fits_on_a_few_screens() -> None:
    assert (PROJECT / "README.md").stat().st_size < 8_000


@pytest.mark.parametrize("name", ["README.md", "docs/python.md"])
def test_python_that_a_page_shows_gives_what_it_shows(name: str) -> None:
    command = [sys.executable, "-c", ON_THAT_DAY + DOCTEST, str(PROJECT / name)]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_readme_installs_what_it_says(tmp_path: Path) -> None:
    commands, tests = re.findall(r"```sh\n(.*?)```", (PROJECT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert tests == "python3 -m venv .venv && .venv/bin/pip install -e '.[test]' && .venv/bin/python -m pytest\n"
    shutil.copytree(PROJECT, tmp_path / "clone", ignore=LEFT_OUT)
    # No network: dependencies and the build backend are those of the environment that runs the tests.
    offline = {"PIP_NO_INDEX": "1", "PIP_NO_DEPS": "1", "PIP_NO_BUILD_ISOLATION": "0", "BATCHLINT_BUILD_NATIVE": "0"}
    environment = {**os.environ, **offline, "PYTHONPATH": os.pathsep.join(site.getsitepackages())}
    done = subprocess.run(
        ["sh", "-ec", commands], cwd=tmp_path / "clone", env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("exit code 1: there are errors\n")
    assert "error[unknown-member]" in done.stdout


def test_links_between_the_pages_lead_somewhere() -> None:
    for page in [PROJECT / "README.md", PROJECT / "CONTRIBUTING.md", *(PROJECT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\(([^)]+)\)", page.read_text(encoding="utf-8")):
            path, _, heading = target.partition("#")
            if path.startswith(("https://", "rules/")):
                continue
            file = (page.parent / path) if path else page
            assert file.exists(), target
            headings = [
                re.sub(r"[^\w -]", "", line.lstrip("# ").lower()).replace(" ", "-")
                for line in (file.read_text(encoding="utf-8").splitlines() if heading else [])
                if line.startswith("#")
            ]
            assert not heading or heading in headings, target


def test_generated_pages_are_up_to_date() -> None:
    done = subprocess.run([sys.executable, "tools/generate_docs.py", "--check"], cwd=PROJECT, capture_output=True)
    assert done.returncode == 0, done.stdout.decode() + "python tools/generate_docs.py writes them"


def test_help_fits_a_screen() -> None:
    done = subprocess.run([sys.executable, "-m", "batchlint", "--help"], capture_output=True, check=True, text=True)
    lines = done.stdout.splitlines()
    assert len(lines) <= 40
    assert max(map(len, lines)) <= 80
