"""Processes that check side by side end with the one that began them, however it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks at /proc")

PROGRAM = """
import signal, sys, time
from batchlint.cli import guarded_main
from batchlint.engine.parallel.parts import FilePart
from batchlint.engine.parallel.workers import Share, Workers

class Busy:
    max_item_bytes = enough = None
    def __reduce__(self):
        return Busy, ()
    @property
    def custom_ids(self):
        while True:
            time.sleep(0.01)

def work(arguments):
    with Workers(2, [Busy()]) as workers:
        print(*(process.pid for process in workers._processes), flush=True)
        list(workers.checked(Share(FilePart(sys.executable, 0, 1), 0) for _ in range(4)))

# A shell that runs the tests in the background lets its children ignore these.
signal.signal(signal.SIGHUP, signal.SIG_DFL)
signal.signal(signal.SIGINT, signal.default_int_handler)
import batchlint.cli
batchlint.cli.main = work
sys.exit(guarded_main([]))
"""


def is_running(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as file:  # noqa: PTH123
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL, signal.SIGINT])
def test_no_process_is_left(number: signal.Signals) -> None:
    parent = subprocess.Popen([sys.executable, "-c", PROGRAM], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert parent.stdout is not None
    with parent.stdout:
        children = [int(pid) for pid in parent.stdout.readline().split()]
        assert len(children) == 2
        assert all(map(is_running, children))
        time.sleep(0.2)
        os.kill(parent.pid, number)
        status = parent.wait(timeout=20)
    assert status == (130 if number == signal.SIGINT else -number)
    until = time.monotonic() + 10
    while any(map(is_running, children)) and time.monotonic() < until:
        time.sleep(0.02)
    left = [pid for pid in children if is_running(pid)]
    for pid in left:
        os.kill(pid, signal.SIGKILL)
    assert not left
