"""Files of all kinds under any name, processes that are killed at any time, and limits of the system."""

from __future__ import annotations

import os
import random
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.hostile import line, request
from tests.results.made import TODAY, answer, ended, refusal, written
from tests.results.made import request as sent

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="about files and processes of Linux")
KILLS = int(os.environ.get("BATCHLINT_KILLS", "3"))
"""At random times, for each command; BATCHLINT_KILLS=50 is the long run."""
WRONG = line(request(stream=True)) + b"\n"


def ran(folder: Path, *arguments: str | bytes, most: int | None = None) -> subprocess.CompletedProcess[bytes]:
    """Runs the command line in a folder, in so many bytes of address space."""

    def limit() -> None:
        if most is not None:
            resource.setrlimit(resource.RLIMIT_AS, (most, most))

    command = [sys.executable, "-m", "batchlint", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=120, preexec_fn=limit)


def test_links_are_read_as_what_they_lead_to(tmp_path: Path) -> None:
    (tmp_path / "batch.jsonl").write_bytes(WRONG)
    (tmp_path / "soft.jsonl").symlink_to("batch.jsonl")
    (tmp_path / "hard.jsonl").hardlink_to(tmp_path / "batch.jsonl")
    for name in ("soft.jsonl", "hard.jsonl"):
        done = ran(tmp_path, "--no-config", name)
        assert done.returncode == 1
        assert b"stream-in-batch" in done.stdout
        for arguments in (["--output", f"json={name}", "batch.jsonl"], ["fix", "batch.jsonl", "-o", name]):
            assert ran(tmp_path, *arguments, "--no-config").returncode in (2, 3)
        assert (tmp_path / name).read_bytes() == WRONG


def test_links_that_lead_nowhere_are_errors(tmp_path: Path) -> None:
    (tmp_path / "gone.jsonl").symlink_to("nothing")
    (tmp_path / "circle.jsonl").symlink_to("circle.jsonl")
    for name in ("gone.jsonl", "circle.jsonl"):
        done = ran(tmp_path, "--no-config", name)
        assert done.returncode in (2, 3)
        assert name.encode() in done.stderr
        assert b"Traceback" not in done.stderr


def test_a_pipe_with_a_name_is_read_to_its_end(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.jsonl"
    os.mkfifo(pipe)
    writer = subprocess.Popen([sys.executable, "-c", f"open({str(pipe)!r}, 'wb').write({WRONG!r})"])
    done = ran(tmp_path, "--no-config", "pipe.jsonl")
    assert writer.wait(timeout=20) == 0
    assert done.returncode == 1
    assert b"stream-in-batch" in done.stdout


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_rights_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "batch.jsonl"
    path.write_bytes(WRONG)
    path.chmod(0)
    done = ran(tmp_path, "--no-config", "batch.jsonl")
    assert done.returncode == 3
    assert b"cannot be read" in done.stderr


@pytest.mark.parametrize("name", [b"\xff.jsonl", b"a\nb.jsonl", b"\x1b[31m.jsonl", b"::error::.jsonl", b" .jsonl"])
@pytest.mark.parametrize("form", ["full", "concise", "json", "sarif", "github", "junit", "gitlab", "markdown"])
def test_a_name_is_text_in_every_format(name: bytes, form: str, tmp_path: Path) -> None:
    Path(os.fsdecode(os.path.join(os.fsencode(tmp_path), name))).write_bytes(WRONG)  # noqa: PTH118
    done = ran(tmp_path, "--no-config", "--format", form, b"./" + name)
    assert done.returncode == 1, done.stderr
    assert b"\x1b" not in done.stdout + done.stderr
    done.stdout.decode("utf-8")
    assert not any(each.startswith(b"::error::") for each in done.stdout.splitlines())


@pytest.mark.parametrize("form", ["full", "json", "sarif"])
def test_a_full_disk_is_one_sentence(form: str, tmp_path: Path) -> None:
    (tmp_path / "batch.jsonl").write_bytes(WRONG)
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        command = [sys.executable, "-m", "batchlint", "--no-config", "--format", form, "batch.jsonl"]
        done = subprocess.run(command, cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, check=False, timeout=60)
    assert done.returncode == 3
    assert b"No space left" in done.stderr
    assert b"Traceback" not in done.stderr


def test_little_memory_is_enough_for_many_lines(tmp_path: Path) -> None:
    (tmp_path / "batch.jsonl").write_bytes(WRONG.replace(b'"a"', b'"%d"') * 20_000)
    done = ran(tmp_path, "--no-config", "--jobs", "1", "batch.jsonl", most=1 << 29)
    assert done.returncode == 1, done.stderr


SENT = [sent("a"), sent("b", "x" * 3000), sent("c"), sent("d e")]
BACK = [answer("a"), ended("b", "expired"), ended("c", "canceled"), refusal("d e")]
KILLED = {
    "retry": ["retry", "results.jsonl", "--source", "requests.jsonl", "-o", "out.jsonl", "--no-config", *TODAY],
    "merge": ["merge", "results.jsonl", "--source", "requests.jsonl", "-o", "out.jsonl"],
    "split": ["split", "requests.jsonl", "--parts", "3"],
    "ids": ["ids", "requests.jsonl", "--fix", "-o", "out.jsonl", "--map", "map.json"],
    "fix": ["fix", "requests.jsonl", "-o", "out.jsonl", "--no-config", "--unsafe"],
    "baseline": ["baseline", "write", "requests.jsonl", "--no-config", "--baseline", "out.json"],
    "log": ["log", "--add", "msgbatch_1", "--source", "requests.jsonl", "--ledger", "ledger.jsonl"],
}


def filled(folder: Path) -> Path:
    folder.mkdir()
    written(folder, "requests.jsonl", *SENT)
    written(folder, "results.jsonl", *BACK)
    return folder


def whole(folder: Path) -> dict[str, int]:
    """The files by name, each with its size; drafts that were left behind are none."""
    return {path.name: path.stat().st_size for path in folder.iterdir() if not path.name.startswith(".")}


@pytest.mark.parametrize("name", KILLED)
def test_killed_at_any_time_the_same_command_finishes(name: str, tmp_path: Path) -> None:
    clean = filled(tmp_path / "clean")
    begun = time.monotonic()
    expected = ran(clean, *KILLED[name])
    lasts = time.monotonic() - begun
    assert expected.returncode in (0, 1), expected.stderr
    random_ = random.Random(name)
    for number in range(KILLS):
        folder = filled(tmp_path / str(number))
        process = subprocess.Popen(
            [sys.executable, "-m", "batchlint", *KILLED[name]],
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(random_.uniform(0.3, 1) * lasts)
        process.send_signal(signal.SIGKILL)
        killed = process.wait() < 0
        sizes = whole(clean)
        assert all(size == sizes[each] for each, size in whole(folder).items() if each != "ledger.jsonl")
        again = ran(folder, *KILLED[name])
        if killed and not (name == "log" and again.returncode):
            is_there = set(whole(folder)) >= set(sizes)
            assert is_there, (again.returncode, again.stderr)


def test_two_processes_write_one_ledger(tmp_path: Path) -> None:
    folder = filled(tmp_path / "folder")
    arguments = [sys.executable, "-m", "batchlint", "log", "--source", "requests.jsonl", "--ledger", "ledger.jsonl"]
    running = [
        subprocess.Popen([*arguments, "--add", f"msgbatch_{number}"], cwd=folder, stdout=subprocess.DEVNULL)
        for number in range(6)
    ]
    assert [process.wait(timeout=60) for process in running] == [0] * 6
    lines = (folder / "ledger.jsonl").read_bytes().splitlines()
    assert len(lines) == 6
    assert {each.split(b"msgbatch_")[1][:1] for each in lines} == {b"%d" % number for number in range(6)}
