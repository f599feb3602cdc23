"""A file that is fixed in place is the old one or the new one, whenever the process is killed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fixing.test_command import BROKEN, DAY, FIXED, GOOD

KILLS = 50
KILLED = """\
import atexit, os, signal, sys
from batchlint.files import atomic as writing
from batchlint.__main__ import run

at = int(sys.argv.pop(1))
def trace(frame, event, argument):
    global at
    if "batchlint" not in frame.f_code.co_filename:
        return None
    at -= 1
    if not at:
        os.kill(os.getpid(), signal.SIGKILL)
    return trace

atexit.register(lambda: print(at, file=sys.stderr))
replacing = writing.replacing_file
def traced(*arguments):
    sys.settrace(trace)
    return replacing(*arguments)
writing.replacing_file = traced
sys.argv[0] = "batchlint"
run()
"""


@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
def test_killed_at_any_step_the_file_is_the_old_one_or_the_new_one(tmp_path: Path) -> None:
    path = tmp_path / "requests.jsonl"
    old, new = (BROKEN + GOOD) * 3, (FIXED + GOOD) * 3

    def killed_at(step: int) -> subprocess.CompletedProcess[bytes]:
        path.write_bytes(old)
        words = ["fix", "--in-place", "--ignore", "duplicate-custom-id", *DAY, str(path)]
        command = [sys.executable, "-c", KILLED, str(step), *words]
        return subprocess.run(command, capture_output=True, check=False)

    never = 1_000_000
    steps = never - int(killed_at(never).stderr.splitlines()[-1])
    assert path.read_bytes() == new
    assert steps > KILLS
    found = set()
    for number in range(KILLS):
        done = killed_at(1 + number * (steps - 1) // (KILLS - 1))
        assert done.returncode < 0
        assert path.read_bytes() in (old, new), number
        found.add(path.read_bytes())
    assert found == {old, new}
