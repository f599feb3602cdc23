"""What a command costs: a process, or all that it starts."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

NO_ENVIRONMENTS: Mapping[str, Mapping[str, str]] = {}
TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
INTERVAL = 0.1
"""Seconds between two looks at the processes of a command."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one process took: seconds of CPU and of the clock, and peak memory in MB."""

    cpu: float
    wall: float
    memory: float


def measured(command: list[str], environment: Mapping[str, str]) -> Cost:
    """Runs a command to its end; its output goes nowhere."""
    start = time.perf_counter()
    with Path(os.devnull).open("wb") as nowhere:
        process = subprocess.Popen(command, stdout=nowhere, stderr=nowhere, env={**os.environ, **environment})
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{command} ended with {process.returncode}")
    return Cost(usage.ru_utime + usage.ru_stime, time.perf_counter() - start, usage.ru_maxrss / 1024)


def medians(
    commands: dict[str, list[str]], rounds: int, environments: Mapping[str, Mapping[str, str]] = NO_ENVIRONMENTS
) -> dict[str, Cost]:
    """The median cost of each command; they take turns, so that a drift of the machine meets all of them."""
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            costs[name].append(measured(command, environments.get(name, {})))
    return {
        name: Cost(*(statistics.median(getattr(cost, field) for cost in each) for field in ("cpu", "wall", "memory")))
        for name, each in costs.items()
    }


def lint(path: Path, *options: str) -> list[str]:
    """The command that lints a file, by default with one process."""
    jobs = () if "--jobs" in options else ("--jobs", "1")
    return [sys.executable, "-m", "batchlint", "--no-config", "--as-of", "2026-11-23", *jobs, *options, str(path)]


def measured_with_children(command: list[str], environment: Mapping[str, str]) -> Cost:
    """The same of a command and all processes that it starts; the memory is the largest sum of theirs.

    By `/proc`, ten times a second, so a process that lives less may be missing; elsewhere as `measured`.
    """
    if not Path("/proc/self/stat").exists():
        return measured(command, environment)
    start = time.perf_counter()
    with Path(os.devnull).open("wb") as nowhere:
        process = subprocess.Popen(
            command, stdout=nowhere, stderr=nowhere, env={**os.environ, **environment}, start_new_session=True
        )
        watch = _Watch(process.pid)
        watch.start()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        wall = time.perf_counter() - start
        watch.ended.set()
        watch.join()
    if process.returncode not in (0, 1):
        raise SystemExit(f"{command} ended with {process.returncode}")
    cpu = max(usage.ru_utime + usage.ru_stime, sum(watch.ticks.values()) / TICKS)
    return Cost(cpu, wall, max(usage.ru_maxrss / 1024, watch.pages * PAGE / 2**20))


@dataclass(eq=False)
class _Watch(threading.Thread):
    """Looks again and again at the processes of a session."""

    session: int
    ticks: dict[str, int] = field(default_factory=dict)
    """CPU time by process."""
    pages: int = 0
    """The most memory that they had together."""
    ended: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    def run(self) -> None:
        while not self.ended.wait(INTERVAL):
            pages = 0
            for process, ticks, its_pages in _processes_of(self.session):
                self.ticks[process] = ticks
                pages += its_pages
            self.pages = max(self.pages, pages)


def _processes_of(session: int) -> Iterator[tuple[str, int, int]]:
    """The number, CPU ticks and resident pages of each process of a session."""
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                fields = (folder / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            except OSError:  # it ended
                continue
            if int(fields[3]) == session:
                yield folder.name, int(fields[11]) + int(fields[12]), int(fields[21])
