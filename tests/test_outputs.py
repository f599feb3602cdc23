"""Reports into files: next to the one shown, whole or not at all, never in place of what is read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from batchlint.cli import main
from batchlint.cli.outputs import repository_root

TODAY = ["--as-of", "2026-11-23", "--no-config"]
BAD = {"custom_id": "b", "params": {"model": "claude-opus-4-8", "max_token": 10, "messages": []}}


@pytest.fixture
def batch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    Path("requests.jsonl").write_text(json.dumps(BAD) + "\n", encoding="utf-8")
    return "requests.jsonl"


def names_here() -> list[str]:
    return sorted(path.name for path in Path().iterdir())


def test_several_formats_at_once(batch: str, capsys: pytest.CaptureFixture[str]) -> None:
    named = ["--format", "concise", "--format", "sarif=a.sarif", "--output", "gitlab=quality.json"]
    assert main([*TODAY, *named, batch]) == 1
    assert capsys.readouterr().out.startswith("requests.jsonl:1:")
    assert json.loads(Path("a.sarif").read_text())["version"] == "2.1.0"
    assert json.loads(Path("quality.json").read_text())[0]["check_name"]
    assert names_here() == ["a.sarif", "quality.json", "requests.jsonl"]


@pytest.mark.parametrize(
    ("options", "name", "begins"),
    [
        ([], "out.sarif", '{"$schema"'),
        ([], "out.json", '{"batchlint"'),
        (["--format", "gitlab"], "out.json", "["),
        (["--format", "gitlab"], "out.md", "## batchlint"),
        ([], "out.xml", "<?xml"),
        ([], "out.md", "## batchlint"),
        ([], "out.log", "error["),
        (["--format", "jsonl"], "out.log", '{"rule"'),
        ([], "json=a=b", '{"batchlint"'),
    ],
)
def test_a_name_says_the_format_where_none_is_named(
    batch: str, options: list[str], name: str, begins: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main([*TODAY, *options, "--output", name, batch])
    assert Path(name.removeprefix("json=")).read_text().startswith(begins)
    assert capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--format", "json", "--format", "sarif"], "standard output has one format"),
        (["--format", "json="], "names no file"),
        (["--output", "requests.jsonl"], "read by this run"),
        (["--output", "json=./requests.jsonl"], "read by this run"),
        (["--output", "link.jsonl"], "read by this run"),
        (["--output", "a.json", "--format", "sarif=./a.json"], "two reports cannot go to"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    batch: str, options: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = Path(batch).read_bytes()
    os.link(batch, "link.jsonl")
    assert main([*TODAY, *options, batch]) == 2
    assert says in capsys.readouterr().err
    assert Path(batch).read_bytes() == before


def test_a_former_report_is_replaced_also_after_a_link(batch: str) -> None:
    Path("real.json").write_text("former", encoding="utf-8")
    Path("out.json").symlink_to("real.json")
    main([*TODAY, "--output", "out.json", batch])
    assert Path("out.json").is_symlink()
    json.loads(Path("real.json").read_text())


def test_what_is_not_a_file_is_written_to(batch: str) -> None:
    assert main([*TODAY, "--output", "json=/dev/null", batch]) == 1
    assert not Path("/dev/null").is_file()


@pytest.mark.parametrize("path", ["absent/out.json", "/dev/full"])
def test_what_cannot_be_written_is_reported(batch: str, path: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*TODAY, "--output", f"json={path}", batch]) == 3
    assert "cannot be written" in capsys.readouterr().err
    assert names_here() == ["requests.jsonl"]


def test_a_full_disk_under_standard_output_is_reported(batch: str) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "batchlint", *TODAY, "--format", "json", batch],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 3
    assert done.stderr == b"batchlint: error: a report cannot be written: No space left on device\n"


def test_a_run_that_breaks_leaves_nothing_and_the_former_report(batch: str, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("out.json").write_text("former", encoding="utf-8")

    def fail(*arguments: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("batchlint.engine.Engine.check", fail)
    with pytest.raises(RuntimeError):
        main([*TODAY, "--output", "out.json", batch])
    assert Path("out.json").read_text() == "former"
    assert names_here() == ["out.json", "requests.jsonl"]


def test_a_closed_pipe_leaves_no_half_report(batch: str) -> None:
    lines = [json.dumps({**BAD, "custom_id": f"id-{number}"}) + "\n" for number in range(5000)]
    Path(batch).write_text("".join(lines), encoding="utf-8")
    options = ["--format", "jsonl", "--output", "out.sarif"]
    with subprocess.Popen(
        [sys.executable, "-m", "batchlint", *TODAY, *options, batch], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert names_here() == ["requests.jsonl"]


def test_paths_for_services_are_relative_to_their_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = tmp_path / "repository" / "data"
    inner.mkdir(parents=True)
    monkeypatch.chdir(inner)
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path / "repository"))
    assert repository_root() == str(tmp_path / "repository")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path / "repo"))
    assert repository_root() == str(inner)
