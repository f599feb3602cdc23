"""The Action: its real steps, run as a runner runs them, but for the installation, which would need the network."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from batchlint import __version__
from tests.runner import PROJECT, Done, Runner

TODAY = "--as-of 2026-11-23"
INSTALLED = {"install": {"python": sys.executable}}


def request(custom_id: str, **params: Any) -> dict[str, Any]:
    message = {"role": "user", "content": "hi"}
    return {
        "custom_id": custom_id,
        "params": {"model": "claude-opus-4-8", "max_tokens": 9, "messages": [message]} | params,
    }


GOOD, BAD, OLD = request("good"), request("bad", stream=True), request("old", model="claude-sonnet-4-5")


class Checkout:
    """A workspace, and the action run on it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir()

    def put(self, name: str, *requests: object) -> None:
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("".join(json.dumps(each) + "\n" for each in requests), encoding="utf-8")

    def lint(self, event: dict[str, Any] | None = None, /, **inputs: str) -> Done:
        given = {name.replace("_", "-"): value for name, value in inputs.items()}
        given["options"] = f"{TODAY} {given.get('options', '')}"
        return Runner(self.path, event).run("lint", given, INSTALLED)

    def git(self, *words: str) -> str:
        settings = ["-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"]
        done = subprocess.run(["git", *settings, *words], cwd=self.path, capture_output=True, check=True, text=True)
        return done.stdout.strip()

    def commit(self) -> str:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "a commit")
        return self.git("rev-parse", "HEAD")


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path / "workspace")


def test_errors_are_annotations_a_summary_counts_and_a_failed_step(checkout: Checkout) -> None:
    checkout.put("data/requests.jsonl", GOOD, BAD, OLD)
    done = checkout.lint()
    assert done.status == 1
    assert done.outputs == {"errors": "1", "warnings": "1", "sarif-file": ""}
    assert [each.name for each in done.annotations] == ["error", "warning"]
    error = done.annotations[0]
    assert error.properties["file"] == "data/requests.jsonl"
    assert error.properties["line"] == "2"
    assert error.message.startswith("data/requests.jsonl:2:")
    assert "| `stream-in-batch` | error | 1 |" in done.summary


def test_a_clean_checkout_passes(checkout: Checkout) -> None:
    checkout.put("requests.jsonl", GOOD)
    done = checkout.lint()
    assert (done.status, done.annotations) == (0, [])
    assert done.outputs == {"errors": "0", "warnings": "0", "sarif-file": ""}
    assert "no findings in 1 request" in done.summary


@pytest.mark.parametrize(
    ("fail_on", "options", "requests", "status"),
    [
        ("error", "", [OLD], 0),
        ("error", "--strict", [OLD], 1),
        ("warning", "", [OLD], 1),
        ("warning", "", [GOOD], 0),
        ("never", "", [BAD], 0),
        ("error", "--exit-zero", [BAD], 1),
    ],
)
def test_what_makes_it_fail(
    checkout: Checkout, fail_on: str, options: str, requests: list[object], status: int
) -> None:
    checkout.put("requests.jsonl", *requests)
    assert checkout.lint(fail_on=fail_on, options=options).status == status


def test_sarif_is_written_where_it_is_wanted(checkout: Checkout) -> None:
    checkout.put("data/requests.jsonl", BAD)
    done = checkout.lint(sarif_file="out put.sarif")
    assert done.outputs["sarif-file"] == "out put.sarif"
    (run,) = json.loads((checkout.path / "out put.sarif").read_text())["runs"]
    (location,) = run["results"][0]["locations"]
    assert location["physicalLocation"]["artifactLocation"]["uri"] == "data/requests.jsonl"


@pytest.mark.parametrize(
    ("inputs", "status", "says"),
    [
        ({"fail_on": "errors"}, 2, "fail-on: 'errors' is none of"),
        ({"changed_only": "yes"}, 2, "changed-only: 'yes' is neither"),
        ({"options": "--ignor x"}, 2, "did you mean --ignore?"),
        ({"options": "requests.jsonl"}, 2, "files are named under paths"),
        ({"options": "'"}, 2, "options: No closing quotation"),
        ({"options": "--ignore nope"}, 2, "there is no rule 'nope'"),
        ({"sarif_file": "a\nerrors=0"}, 2, "sarif-file: has to be one line"),
        ({"sarif_file": "requests.jsonl"}, 2, "is read by this run"),
        ({"paths": "empty", "fail_on_none": "true"}, 2, "no batch file in empty"),
        ({"fail_on_none": "1"}, 2, "fail-on-none: '1' is neither"),
    ],
)
def test_a_wrong_input_is_an_annotation(checkout: Checkout, inputs: dict[str, str], status: int, says: str) -> None:
    checkout.put("requests.jsonl", GOOD)
    (checkout.path / "empty").mkdir()
    done = checkout.lint(**inputs)
    assert done.status == status
    assert done.annotations[0].name == "error"
    assert says in done.annotations[0].message


def test_a_file_that_is_not_there_fails_the_step(checkout: Checkout) -> None:
    checkout.put("requests.jsonl", GOOD)
    done = checkout.lint(paths="requests.jsonl\nabsent.jsonl", fail_on="never")
    assert done.status == 3
    assert "absent.jsonl: cannot be read" in done.log


def test_only_what_the_pull_request_changes(checkout: Checkout) -> None:
    checkout.git("init", "--quiet", "--initial-branch=main")
    checkout.put("old/requests.jsonl", BAD)
    checkout.put("gone/requests.jsonl", BAD)
    base = checkout.commit()
    checkout.put("new ä/requests.jsonl", request("new", stream=True))
    (checkout.path / "gone/requests.jsonl").unlink()
    checkout.commit()
    event = {"pull_request": {"base": {"sha": base}}}
    done = checkout.lint(event, changed_only="true")
    assert done.status == 1
    assert [each.properties["file"] for each in done.annotations] == ["new ä/requests.jsonl"]
    assert len(checkout.lint(event).annotations) == 2
    assert len(checkout.lint({"before": base}, changed_only="true").annotations) == 1
    assert len(checkout.lint({"merge_group": {"base_sha": base}}, changed_only="true").annotations) == 1


@pytest.mark.parametrize(
    "name", [".batchlint.yaml", "deep/.batchlint.yml", "pyproject.toml", "batchlint-baseline.json"]
)
@pytest.mark.parametrize("change", ["added", "changed", "deleted"])
def test_a_change_of_what_is_checked_is_a_note(checkout: Checkout, name: str, change: str) -> None:
    settings = checkout.path / name
    content = "[tool.batchlint]\n" if name.endswith("toml") else "{}" if name.endswith("json") else "strict: false\n"

    def write(text: str) -> None:
        settings.parent.mkdir(exist_ok=True)
        settings.write_text(text, encoding="utf-8")

    checkout.git("init", "--quiet", "--initial-branch=main")
    checkout.put("requests.jsonl", GOOD)
    if change != "added":
        write(content)
    base = checkout.commit()
    checkout.put("requests.jsonl", GOOD, request("more"))
    if change == "deleted":
        settings.unlink()
    else:
        write(content + "\n")
    checkout.commit()
    done = checkout.lint({"pull_request": {"base": {"sha": base}}})
    notes = [each for each in done.annotations if each.name == "notice"]
    assert [name in each.message for each in notes] == [True]
    assert f"also changes what is checked here: {name}" in done.summary


def test_a_change_of_other_files_is_none(checkout: Checkout) -> None:
    checkout.git("init", "--quiet", "--initial-branch=main")
    checkout.put("requests.jsonl", GOOD)
    base = checkout.commit()
    (checkout.path / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    checkout.put("requests.jsonl", GOOD, request("more"))
    checkout.commit()
    done = checkout.lint({"pull_request": {"base": {"sha": base}}})
    assert "what is checked here" not in done.log + done.summary


def test_what_the_base_has_got_since_is_not_a_change_of_the_branch(checkout: Checkout) -> None:
    checkout.git("init", "--quiet", "--initial-branch=main")
    checkout.put("requests.jsonl", GOOD)
    checkout.commit()
    checkout.git("switch", "--quiet", "--create", "branch")
    checkout.put("mine/requests.jsonl", request("mine", stream=True))
    checkout.commit()
    checkout.git("switch", "--quiet", "main")
    checkout.put("requests.jsonl", BAD)
    base = checkout.commit()
    checkout.git("switch", "--quiet", "branch")
    done = checkout.lint({"pull_request": {"base": {"sha": base}}}, changed_only="true")
    assert [each.properties["file"] for each in done.annotations] == ["mine/requests.jsonl"]


def test_a_shallow_checkout_gets_the_base(checkout: Checkout, tmp_path: Path) -> None:
    origin = Checkout(tmp_path / "origin")
    origin.git("init", "--quiet", "--initial-branch=main")
    origin.git("config", "uploadpack.allowAnySHA1InWant", "true")
    origin.put("old/requests.jsonl", BAD)
    base = origin.commit()
    origin.put("new/requests.jsonl", request("new", stream=True))
    origin.commit()
    checkout.git("clone", "--quiet", "--depth=1", f"file://{origin.path}", ".")
    done = checkout.lint({"pull_request": {"base": {"sha": base}}}, changed_only="true")
    assert [each.properties["file"] for each in done.annotations] == ["new/requests.jsonl"]


@pytest.mark.parametrize("base", ["", "0" * 40, "1" * 40, "--output=x"])
def test_where_git_cannot_tell_all_files_are_linted_and_that_is_said(checkout: Checkout, base: str) -> None:
    checkout.put("requests.jsonl", BAD)
    done = checkout.lint({"before": base}, changed_only="true")
    assert done.status == 1
    assert [each.name for each in done.annotations] == ["warning", "error"]
    assert "git cannot say what has changed" in done.annotations[0].message
    assert not (checkout.path / "x").exists()


def test_nothing_changed_is_nothing_to_lint(checkout: Checkout) -> None:
    checkout.git("init", "--quiet", "--initial-branch=main")
    checkout.put("requests.jsonl", BAD)
    base = checkout.commit()
    checkout.put("readme.json", {})
    checkout.commit()
    done = checkout.lint({"pull_request": {"base": {"sha": base}}}, changed_only="true", sarif_file="a.sarif")
    assert (done.status, done.annotations) == (0, [])
    assert done.outputs == {"errors": "0", "warnings": "0", "sarif-file": "a.sarif"}
    assert "no batch file has changed" in done.log
    (run,) = json.loads((checkout.path / "a.sarif").read_text())["runs"]
    assert run["results"] == []
    assert done.summary == ""
    empty = checkout.lint({"before": base}, changed_only="true", paths=".git")
    assert empty.status == 0


def test_a_repository_without_batch_files_is_a_note(checkout: Checkout) -> None:
    checkout.put("package.json", {"name": "x"})
    done = checkout.lint(sarif_file="a.sarif")
    assert (done.status, [each.name for each in done.annotations]) == (0, ["notice"])
    assert done.annotations[0].message == "no batch file in .: there is nothing to lint"
    assert json.loads((checkout.path / "a.sarif").read_text())["runs"][0]["results"] == []


class Stale:
    """A pull request whose base has gone on, as GitHub checks it out: HEAD is the merge into the newer base."""

    def __init__(self, path: Path) -> None:
        self.origin = Checkout(path)
        self.origin.git("init", "--quiet", "--initial-branch=main")
        self.origin.git("config", "uploadpack.allowAnySHA1InWant", "true")
        self.origin.put("old/requests.jsonl", BAD)
        base = self.origin.commit()
        self.origin.git("switch", "--quiet", "--create", "branch")
        self.origin.put("mine/requests.jsonl", request("mine", stream=True))
        head = self.origin.commit()
        self.origin.git("switch", "--quiet", "main")
        self.origin.put("theirs/requests.jsonl", request("theirs", stream=True))
        self.origin.commit()
        self.origin.git("switch", "--quiet", "--create", "merge")
        self.origin.git("merge", "--quiet", "--no-ff", "--no-edit", "branch")
        self.event = {"pull_request": {"base": {"sha": base}, "head": {"sha": head}}}


@pytest.mark.parametrize("depth", [1, 2, 50])
def test_a_stale_pull_request_uses_what_it_changes_itself(checkout: Checkout, tmp_path: Path, depth: int) -> None:
    stale = Stale(tmp_path / "origin")
    checkout.git("clone", "--quiet", f"--depth={depth}", "--branch=merge", f"file://{stale.origin.path}", ".")
    done = checkout.lint(stale.event, changed_only="true")
    assert [each.properties["file"] for each in done.annotations] == ["mine/requests.jsonl"]


def test_a_merge_into_the_branch_is_not_taken_for_that_of_the_pull_request(checkout: Checkout) -> None:
    checkout.git("init", "--quiet", "--initial-branch=main")
    checkout.put("old/requests.jsonl", GOOD)
    base = checkout.commit()
    checkout.git("switch", "--quiet", "--create", "branch")
    checkout.put("mine/requests.jsonl", request("mine", stream=True))
    checkout.commit()
    checkout.git("switch", "--quiet", "main")
    checkout.put("theirs/requests.jsonl", request("theirs", stream=True))
    base = checkout.commit()
    checkout.git("switch", "--quiet", "branch")
    checkout.git("merge", "--quiet", "--no-ff", "--no-edit", "main")
    head = checkout.git("rev-parse", "HEAD")
    done = checkout.lint({"pull_request": {"base": {"sha": base}, "head": {"sha": head}}}, changed_only="true")
    assert [each.properties["file"] for each in done.annotations] == ["mine/requests.jsonl"]


def test_nothing_of_the_checkout_is_run(checkout: Checkout) -> None:
    bomb = "import pathlib; pathlib.Path('run-by-us').touch(); raise SystemExit(99)\n"
    for name in ("json.py", "batchlint/__init__.py", "sitecustomize.py", "yaml.py"):
        path = checkout.path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(bomb, encoding="utf-8")
    checkout.put("$(touch run-by-us); `touch run-by-us`.batch.json", GOOD)
    done = checkout.lint(
        paths="$(touch run-by-us); `touch run-by-us`.batch.json", options="--ignore '$(touch run-by-us)'"
    )
    assert done.status == 2
    assert checkout.lint(paths=".\n$(touch run-by-us)").status == 3
    assert not (checkout.path / "run-by-us").exists()


class Installation:
    """The step that installs, with a Python and a gh that only note what they are called for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "runner-temp" / "batchlint"
        self.action = folder / "the action"
        shutil.copytree(PROJECT / ".github" / "action", self.action / ".github" / "action")
        self.log, self.bin = folder / "log", folder / "bin"
        self.bin.mkdir()
        self.python = self.bin / "the python"
        self._program(
            self.python,
            f'printf "%s|" "$@" >> "{self.log}"; echo >> "{self.log}"',
            'if [ "$3" = venv ]; then mkdir -p "$5/bin"; cp "$0" "$5/bin/python"; fi',
            "while [ $# -gt 0 ]; do",
            'if [ "$1" = --dest ]; then mkdir -p "$2"; touch "$2/batchlint-any.whl"; fi; shift; done',
        )
        self.workspace = folder / "workspace"
        self.workspace.mkdir(exist_ok=True)

    @staticmethod
    def _program(path: Path, *lines: str) -> None:
        path.write_text("\n".join(["#!/usr/bin/env bash", *lines, ""]), encoding="utf-8")
        path.chmod(0o755)

    def releases(self, commits: dict[str, str]) -> None:
        """Makes a gh that knows these refs, and has wheels for each release."""
        cases = "".join(f"*/commits/{ref}) echo {commit};; " for ref, commit in commits.items())
        download = 'while [ $# -gt 0 ]; do if [ "$1" = --dir ]; then mkdir -p "$2"; fi; shift; done'
        self._program(
            self.bin / "gh",
            f'if [ "$1" = api ]; then case "$2" in {cases} *) exit 1;; esac; exit; fi',
            f'echo "gh $*" >> "{self.log}"',
            download,
        )

    def run(self, cached: str = "", **github: str) -> list[str]:
        """What was called, in its order."""
        steps = {
            "python": {"python-path": str(self.python)},
            "key": {"folder": str(self.folder), "version": "0.1.0"},
            "cache": {"cache-hit": cached},
        }
        runner = Runner(self.workspace, None, self.action, **github)
        runner.path = f"{self.bin}{os.pathsep}{runner.path}"
        done = runner.run("install", {}, steps)
        assert done.status == 0, done.log
        assert done.outputs == {"python": f"{self.folder}/bin/python"}
        return self.log.read_text(encoding="utf-8").splitlines()


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    return Installation(tmp_path)


PINNED = {"action_repository": "somebody/batchlint", "action_ref": "c0ffee"}


@pytest.mark.parametrize(
    ("github", "commits"),
    [
        ({}, {"v0.1.0": "c0ffee"}),  # a folder of the checkout
        (PINNED, {}),  # no release
        (PINNED, {"c0ffee": "c0ffee"}),  # none of this version
        (PINNED, {"c0ffee": "c0ffee", "v0.1.0": "decaf"}),  # a commit after it
    ],
)
def test_what_the_ref_holds_is_installed_where_it_is_not_a_release(
    installation: Installation, github: dict[str, str], commits: dict[str, str]
) -> None:
    installation.releases(commits)
    assert installation.run(**github) == [
        f"-I|-m|venv|--clear|{installation.folder}|",
        f"-I|-m|pip|--quiet|--disable-pip-version-check|install|{installation.action}|",
    ]


def test_the_wheel_of_the_release_is_installed_where_the_ref_is_one(installation: Installation) -> None:
    installation.releases({"c0ffee": "c0ffee", "v0.1.0": "c0ffee"})
    _, release, choice, install = installation.run(**PINNED)
    assert release.startswith("gh release download v0.1.0 --repo somebody/batchlint --pattern *.whl --dir ")
    assert "|download|--no-index|--no-deps|--find-links|" in choice
    assert choice.endswith("|batchlint==0.1.0|")
    assert re.search(r"\|install\|\S+/one/batchlint-any.whl\|$", install)


def test_what_is_cached_is_not_installed_again_unless_it_is_broken(installation: Installation) -> None:
    installation.run()
    before = installation.run(cached="true")
    assert before[-1] == "-I|-c|import batchlint|"
    (installation.folder / "bin" / "python").unlink()
    assert installation.run(cached="true")[-1].endswith(f"|install|{installation.action}|")


def test_the_key_of_the_cache_changes_with_what_is_installed(tmp_path: Path) -> None:
    copy = tmp_path / "action"
    for name in ("src/batchlint/resources.py", "pyproject.toml", ".github/action/key.py"):
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(PROJECT / name, copy / name)
    for name in ("hatch_build.py", "README.md"):
        (copy / name).touch()

    def key() -> str:
        steps = {"python": {"python-path": sys.executable}}
        outputs = Runner(tmp_path, action_path=copy).run("key", {}, steps).outputs
        assert outputs["version"] == __version__
        return outputs["key"]

    first = key()
    assert first == key()
    (copy / "src" / "batchlint" / "new.py").touch()
    assert first != key()


def test_scripts_hold_no_expressions_and_actions_are_pinned() -> None:
    for path in (PROJECT / "action.yml", PROJECT / ".github/workflows/ci.yml"):
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        jobs = document["jobs"].values() if "jobs" in document else [document["runs"]]
        for step in (step for job in jobs for step in job["steps"]):
            assert "${{" not in step.get("run", "")
            uses = step.get("uses", "./")
            assert uses == "./" or re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", uses)


@pytest.mark.parametrize(
    ("schema", "path"), [("github-actions", "action.yml"), ("github-workflows", ".github/workflows/ci.yml")]
)
def test_the_published_schema_takes_it(schema: str, path: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", str(PROJECT / path)],
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.returncode == 0, done.stdout
