"""Killed at any step, on a full disk, in a folder that takes nothing, or pointed at an input: nothing half-written."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from batchlint.cli import main
from tests.results.made import TODAY, answer, ended, refusal, request, written

SENT = [request("a"), request("b", "x" * 3000), request("c"), request("d")]
BACK = [answer("a"), ended("b", "expired"), ended("c", "canceled"), refusal("d")]
CALLS = {
    "split": ["split", "requests.jsonl", "--parts", "3"],
    "retry": ["retry", "results.jsonl", "--source", "requests.jsonl", "-o", "out.jsonl", *TODAY],
    "merge": ["merge", "results.jsonl", "--source", "requests.jsonl", "-o", "out.jsonl"],
}
KILLED = CALLS | {
    "ids": ["ids", "requests.jsonl", "--fix", "-o", "out.jsonl", "--map", "map.json"],
    "fix": ["fix", "requests.jsonl", "-o", "out.jsonl", "--no-config"],
    "check": ["check", "requests.jsonl", "--format", "json=out.json", "--no-config"],
}
GOING_ON = ("split", "ids", "fix", "check")
"""Commands that say nothing of what is there already, if it is the same, or that replace it."""
LAST = {
    "split": "requests.manifest.json",
    "retry": "out.jsonl",
    "merge": "out.jsonl",
    "ids": "out.jsonl",
    "fix": "out.jsonl",
    "check": "out.json",
}
"""The file that appears last: where it is, all are."""

KILLING = """
import hashlib, json, os, shutil, signal, sys
from pathlib import Path
from batchlint.cli import main
from batchlint.results.output_files import Draft

here, arguments = Path(sys.argv[1]), sys.argv[2:]

def kill_at(step):
    count = 0
    def counted(function):
        def wrapper(*given, **named):
            nonlocal count
            count += 1
            if count == step:
                os.kill(os.getpid(), signal.SIGKILL)
            return function(*given, **named)
        return wrapper
    for name in ("fsync", "link", "unlink", "replace"):
        setattr(os, name, counted(getattr(os, name)))
    for name in ("write", "__init__"):
        setattr(Draft, name, counted(getattr(Draft, name)))

def content(folder):
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}

sys.stderr = open(os.devnull, "w")
shutil.copytree(here / "given", here / "warm")
os.chdir(here / "warm")
main(arguments)  # all is imported once
step, killed = 0, True
while killed:
    step += 1
    folder = here / str(step)
    shutil.copytree(here / "given", folder)
    child = os.fork()
    if not child:
        os.chdir(folder)
        kill_at(step)
        os._exit(main(arguments))
    killed = os.WIFSIGNALED(os.waitpid(child, 0)[1])
    files = content(folder)
    os.chdir(folder)
    status = main(arguments)
    print(json.dumps([killed, files, status, content(folder)]), flush=True)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("command", list(KILLED))
def test_killed_at_any_step_nothing_half_written_appears(command: str, tmp_path: Path) -> None:
    given = tmp_path / "given"
    given.mkdir()
    written(given, "requests.jsonl", *SENT)
    written(given, "results.jsonl", *BACK)
    done = subprocess.run(
        [sys.executable, "-c", KILLING, str(tmp_path), *KILLED[command]], capture_output=True, check=True, text=True
    )
    runs = [json.loads(line) for line in done.stdout.splitlines()]
    (killed, whole, _, _), *_ = reversed(runs)
    assert not killed
    assert len(runs) > (10 if command in CALLS else 2)
    assert LAST[command] in whole
    for _, files, status, afterwards in runs:
        appeared = {name: digest for name, digest in files.items() if not name.endswith(".tmp")}
        assert appeared.items() <= whole.items()
        assert {"requests.jsonl", "results.jsonl"} <= appeared.keys()
        assert LAST[command] not in appeared or appeared == whole
        assert afterwards == whole  # the same command goes on with what there is, and takes the drafts away
        assert status == (0 if LAST[command] not in files or command in GOING_ON else 2)
    assert any(files != whole for killed, files, *_ in runs if killed)


def killed_before_its_name(folder: Path, command: str, name: str) -> None:
    """Runs a command and kills it when it is about to give a file this name."""
    code = """
import os, signal, sys
from batchlint.cli import main
link = os.link
def linked(source, target):
    if os.path.basename(target) == sys.argv[1]:
        os.kill(os.getpid(), signal.SIGKILL)
    link(source, target)
os.link = linked
main(sys.argv[2:])
"""
    done = subprocess.run(
        [sys.executable, "-c", code, name, *CALLS[command]], cwd=folder, check=False, capture_output=True
    )
    assert done.returncode == -signal.SIGKILL


def test_what_a_killed_run_has_left_is_taken_up_by_the_same_inputs_alone(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    killed_before_its_name(folder, "retry", "out.jsonl")
    left = {path: path.read_bytes() for path in folder.iterdir()}
    assert "out.jsonl.manifest.json" in {path.name for path in left}
    assert main([*CALLS["retry"], "--exclude", "expired"]) == 2
    assert "out.jsonl.manifest.json: exists already" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in folder.iterdir()} == left
    assert main(CALLS["retry"]) == 0
    assert json.loads((folder / "out.jsonl.manifest.json").read_bytes())["attempt"] == 2
    assert not list(folder.glob(".*.tmp"))


def test_a_retry_that_was_moved_away_is_not_taken_for_a_killed_one(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It may have been sent: the manifest that is left says so."""
    assert main(CALLS["retry"]) == 0
    (folder / "out.jsonl").rename(folder / "sent.jsonl")
    assert main(CALLS["retry"]) == 1
    assert "were sent again before" in capsys.readouterr().err


@pytest.mark.parametrize("command", list(CALLS))
def test_only_abandoned_drafts_of_the_files_that_are_written_are_taken_away(command: str, folder: Path) -> None:
    import fcntl

    last = LAST[command]
    abandoned = folder / f".{last}.0123abcd.tmp"
    others = [
        folder / name
        for name in (".notes.0123abcd.tmp", f".{last}.tmp", f".{last}.0123ABCD.tmp", f"{last}.0123abcd.tmp")
    ]
    at_work = folder / f".{last}.4567cdef.tmp"
    for path in (abandoned, *others, at_work):
        path.write_text("something")
    link = folder / f".{last}.89ab89ab.tmp"
    link.symlink_to(others[0])
    with at_work.open() as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        assert main(CALLS[command]) == 0
    assert not abandoned.exists()
    assert all(path.exists() for path in (*others, at_work))
    assert link.is_symlink()


def limit_files() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (300, 300))


@pytest.mark.parametrize("command", list(CALLS))
def test_a_full_disk_is_reported_and_leaves_nothing(command: str, tmp_path: Path) -> None:
    written(tmp_path, "requests.jsonl", *SENT)
    written(tmp_path, "results.jsonl", *BACK)
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    done = subprocess.run(
        [sys.executable, "-m", "batchlint", *CALLS[command]],
        cwd=tmp_path,
        capture_output=True,
        check=False,
        text=True,
        preexec_fn=limit_files,
    )
    assert done.returncode == 3
    assert "cannot be written: File too large" in done.stderr
    assert ".tmp" not in done.stderr
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("options", [[], ["--format", "json"], ["--format", "csv"], ["--format", "markdown"]])
def test_a_report_that_cannot_be_written_is_reported(options: list[str], tmp_path: Path) -> None:
    written(tmp_path, "requests.jsonl", *SENT)
    written(tmp_path, "results.jsonl", *BACK)
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "batchlint", "results", "results.jsonl", "--source", "requests.jsonl", *options],
            cwd=tmp_path,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            text=True,
        )
    assert done.returncode == 3
    assert done.stderr.count("\n") == 1
    assert "No space left on device" in done.stderr


def test_a_closed_pipe_ends_quietly(tmp_path: Path) -> None:
    ids = [f"id-{number}" for number in range(5000)]
    written(tmp_path, "requests.jsonl", *map(request, ids))
    written(tmp_path, "results.jsonl", *map(answer, ids))
    call = [
        sys.executable,
        "-m",
        "batchlint",
        "results",
        "results.jsonl",
        "--source",
        "requests.jsonl",
        "--format",
        "csv",
    ]
    with subprocess.Popen(call, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    written(tmp_path, "requests.jsonl", *SENT)
    written(tmp_path, "results.jsonl", *BACK)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def refused(command: str, output: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """Runs a command towards that output: its status, and the one line that says what is wrong."""
    call = [output if word == "out.jsonl" else word for word in CALLS[command]]
    status = main(call)
    out, err = capsys.readouterr()
    told = [line for line in err.splitlines() if "note:" not in line]
    assert out == ""
    assert len(told) == 1
    return status, told[0]


@pytest.mark.parametrize("command", ["retry", "merge"])
@pytest.mark.parametrize(
    ("output", "status", "says"),
    [
        ("requests.jsonl", 2, "this is requests.jsonl itself"),
        ("results.jsonl", 2, "this is results.jsonl itself"),
        ("./sub/../requests.jsonl", 2, "this is requests.jsonl itself"),
        ("hard", 2, "this is requests.jsonl itself"),
        ("to-source", 2, "this is requests.jsonl itself"),
        ("dangling", 2, "is a symbolic link"),
        ("taken", 2, "exists already"),
        ("sub", 2, "exists already"),
        ("absent/out.jsonl", 2, "there is no folder absent"),
        ("-", 2, "no output given"),
        ("/dev/full", 2, "exists already"),
    ],
)
def test_an_output_that_cannot_be_is_reported(
    command: str, output: str, status: int, says: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "sub").mkdir()
    (folder / "taken").write_text("mine")
    (folder / "dangling").symlink_to("nowhere")
    (folder / "to-source").symlink_to("requests.jsonl")
    (folder / "hard").hardlink_to(folder / "requests.jsonl")
    before = {path: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    got, line = refused(command, output, capsys)
    assert got == status
    assert says in line
    assert {path: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before
    assert not (folder / "nowhere").exists()


@pytest.mark.parametrize("name", ["out.needs-fix.jsonl", "out.needs-fix.md", "out.jsonl.manifest.json"])
def test_what_is_next_to_the_output_is_not_overwritten(
    name: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / name).write_text("mine")
    status, line = refused("retry", "out.jsonl", capsys)
    assert status == 2
    assert name in line
    assert not (folder / "out.jsonl").exists()
    assert (folder / name).read_text() == "mine"


def unwritable(tmp_path: Path) -> str:
    """A folder that takes no files: of the system where the tests run as root, who may write anywhere else."""
    if os.geteuid():
        closed = tmp_path / "closed"
        closed.mkdir(mode=0o500)
        return str(closed)
    if not Path("/sys/kernel").is_dir():
        pytest.skip("root may write everywhere here")
    return "/sys/kernel"


@pytest.mark.parametrize("command", list(CALLS))
def test_a_folder_that_takes_no_files_is_reported(
    command: str, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    closed = unwritable(tmp_path)
    call = CALLS[command]
    call = [f"{closed}/out.jsonl" if word == "out.jsonl" else word for word in call]
    assert main([*call, "--output-dir", closed] if command == "split" else call) == 3
    err = capsys.readouterr().err
    assert "cannot be written: " in err
    assert ".tmp" not in err
    assert sorted(path.name for path in folder.iterdir() if path.is_file()) == ["requests.jsonl", "results.jsonl"]


def test_an_output_in_the_way_at_the_last_moment_is_left_alone(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    link = os.link

    def someone_is_faster(source: str, target: Path) -> None:
        if Path(target).name == "out.jsonl":
            Path(target).write_text("theirs")
        link(source, target)

    monkeypatch.setattr("os.link", someone_is_faster)
    assert main(CALLS["retry"]) == 2
    assert "out.jsonl: exists already" in capsys.readouterr().err
    assert (folder / "out.jsonl").read_text() == "theirs"
    assert sorted(path.name for path in folder.iterdir()) == ["out.jsonl", "requests.jsonl", "results.jsonl"]


def test_a_file_system_without_links_works_too(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def cannot(source: str, target: Path) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr("os.link", cannot)
    assert main(CALLS["retry"]) == 0
    assert (folder / "out.jsonl").read_bytes() == b"".join(
        (folder / "requests.jsonl").read_bytes().splitlines(True)[1:3]
    )
    assert not [path for path in folder.iterdir() if path.name.endswith(".tmp")]
