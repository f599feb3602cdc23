"""The hook, run by the real pre-commit on scratch repositories, offline: the program is the one that is tested."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from batchlint.sources.file_names import can_hold_batch
from tests.test_search import NAMES

PROJECT = Path(__file__).parent.parent
HOOKS = PROJECT / ".pre-commit-hooks.yaml"
SCRIPTS = Path(sys.executable).parent
GIT = ("core.autocrlf=false", "user.name=Test", "user.email=test@example.com", "commit.gpgsign=false")


def request(custom_id: str, **params: Any) -> dict[str, Any]:
    message = {"role": "user", "content": "hi"}
    return {
        "custom_id": custom_id,
        "params": {"model": "claude-opus-4-8", "max_tokens": 9, "messages": [message]} | params,
    }


GOOD, BAD = request("good"), request("bad", stream=True)


class Repository:
    """A scratch repository with the hook in its configuration."""

    def __init__(self, path: Path, hook_id: str = "batchlint", **changes: object) -> None:
        self.path = path
        home = path.parent / "home"
        home.mkdir(exist_ok=True)
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        self.environment |= {
            "HOME": str(home),
            "PRE_COMMIT_HOME": str(home / "pre-commit"),
            "PATH": f"{SCRIPTS}{os.pathsep}{os.environ['PATH']}",
        }
        path.mkdir()
        self.git("init", "--quiet")
        hook = self.hook(hook_id) | changes
        self.put(".pre-commit-config.yaml", yaml.safe_dump({"repos": [{"repo": "local", "hooks": [hook]}]}))

    @staticmethod
    def hook(hook_id: str = "batchlint") -> dict[str, Any]:
        """The definition as it is, but for the language: nothing is installed."""
        (hook,) = (each for each in yaml.safe_load(HOOKS.read_text(encoding="utf-8")) if each["id"] == hook_id)
        return {**hook, "language": "system"}

    def put(self, name: str, *content: object, line_end: str = "\n") -> None:
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = [each if isinstance(each, str) else json.dumps(each) for each in content]
        path.write_bytes("".join(line + line_end for line in lines).encode())

    def git(self, *words: str) -> subprocess.CompletedProcess[str]:
        return self.run("git", *(word for setting in GIT for word in ("-c", setting)), *words)

    def pre_commit(self, *words: str) -> subprocess.CompletedProcess[str]:
        self.git("add", "--all")
        return self.run("pre-commit", *words)

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            words,
            cwd=self.path,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "repository")


def test_a_commit_is_stopped_by_a_bad_request_and_goes_through_once_it_is_good(repository: Repository) -> None:
    assert repository.pre_commit("install").returncode == 0
    repository.put("data/requests.jsonl", GOOD, BAD)
    repository.git("add", "--all")
    refused = repository.git("commit", "--message", "bad")
    assert refused.returncode == 1
    assert "error[stream-in-batch]: a batch cannot stream" in refused.stdout
    assert "--> data/requests.jsonl:2:" in refused.stdout
    repository.put("data/requests.jsonl", GOOD)
    repository.git("add", "--all")
    taken = repository.git("commit", "--message", "good")
    assert taken.returncode == 0, taken.stdout
    assert "Passed" in taken.stdout


def test_files_with_windows_line_ends_are_read_as_others(repository: Repository) -> None:
    repository.put("requests.jsonl", GOOD, request("other"), line_end="\r\n")
    assert repository.pre_commit("run", "--all-files").returncode == 0
    repository.put("requests.jsonl", GOOD, BAD, line_end="\r\n")
    done = repository.pre_commit("run", "--all-files")
    assert done.returncode == 1
    assert "--> requests.jsonl:2:" in done.stdout


def test_a_thousand_files_are_one_process(repository: Repository) -> None:
    for number in range(1000):
        repository.put(f"shards/requests-{number:04}.jsonl", request(f"id-{number}"))
    repository.put("shards/requests-0999.jsonl", request("id-0"))
    done = repository.pre_commit("run", "--all-files", "--verbose")
    assert done.returncode == 0, done.stdout
    # A warning that only one process over all files can give.
    assert "duplicate-custom-id" in done.stdout
    assert "requests-0000.jsonl:1:" in done.stdout


def test_it_gets_every_file_that_may_hold_a_batch(tmp_path: Path) -> None:
    shows = f'"{sys.executable}" -c "import sys; print(*sys.argv[1:], sep=chr(10))"'
    repository = Repository(tmp_path / "repository", entry=shows, args=[], verbose=True)
    for name, _ in NAMES:
        repository.put(name, GOOD)
    repository.put("utf-16/requests.jsonl", GOOD)
    path = repository.path / "utf-16/requests.jsonl"
    path.write_bytes(path.read_text(encoding="utf-8").encode("utf-16"))
    shown = repository.pre_commit("run", "--all-files").stdout.splitlines()
    got = {line for line in shown if (repository.path / line).is_file()}
    assert got == {name for name, _ in NAMES if can_hold_batch(name.removesuffix(".gz"))} | {"utf-16/requests.jsonl"}


@pytest.mark.parametrize(
    "name", ["batches/001.jsonl", "requests/chunk_000.jsonl", "request.jsonl", "message_batch.json", "prompts.jsonl"]
)
def test_a_batch_of_any_name_is_found(repository: Repository, name: str) -> None:
    repository.put("package.json", {"name": "x"})
    repository.put(name, BAD)
    done = repository.pre_commit("run", "--all-files")
    assert done.returncode == 1
    assert f"--> {name}:1:" in done.stdout
    assert "package.json" not in done.stdout


def test_other_json_is_not_a_matter_of_the_hook(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "repository", args=["--verbose"], verbose=True)
    repository.put("package.json", {"name": "x"})
    repository.put("train.jsonl", {"messages": [{"role": "user", "content": "hi"}]})
    done = repository.pre_commit("run", "--all-files")
    assert done.returncode == 0
    assert "passed over: 2 files without a request of a batch" in done.stdout


def test_the_repository_says_in_its_configuration_what_it_wants(repository: Repository) -> None:
    repository.put("requests.jsonl", BAD)
    repository.put(".batchlint.yaml", "ignore: [stream-in-batch]")
    assert repository.pre_commit("run", "--all-files").returncode == 0


def test_try_repo_finds_and_runs_it(repository: Repository, tmp_path: Path) -> None:
    source = Repository(tmp_path / "source")
    source.put(".pre-commit-hooks.yaml", yaml.safe_dump([source.hook()]))
    source.git("add", "--all")
    source.git("commit", "--quiet", "--message", "hooks")
    repository.put("requests.jsonl", BAD)
    done = repository.pre_commit("try-repo", str(source.path), "batchlint", "--all-files")
    assert done.returncode == 1
    assert "stream-in-batch" in done.stdout


def test_the_definition_is_one_that_pre_commit_takes(repository: Repository) -> None:
    done = repository.run("pre-commit", "validate-manifest", str(HOOKS))
    assert done.returncode == 0, done.stdout


def test_the_fixing_hook_mends_a_file_and_stops_the_commit(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "fixed", "batchlint-fix")
    repository.put("requests.jsonl", BAD)
    done = repository.pre_commit("run", "--all-files")
    assert done.returncode == 1
    assert "files were modified by this hook" in done.stdout
    mended = {**BAD, "params": {name: value for name, value in BAD["params"].items() if name != "stream"}}
    assert json.loads((repository.path / "requests.jsonl").read_bytes()) == mended
    assert repository.pre_commit("run", "--all-files").returncode == 0
