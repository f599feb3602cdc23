"""Decides how many processes a run has, and shares the work between them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from batchlint.cli import tell
from batchlint.sources.opening import divisible_size
from batchlint.sources.reach import is_url

if TYPE_CHECKING:
    from batchlint.rulebook import Rulebooks
    from batchlint.run import Checks
    from batchlint.sources.progress import Progress

WORTH_SHARING = 32_000_000
"""Bytes of input from which on it is shared out without being asked: about a quarter of a second of work."""


def jobs_of(wanted: int | None, files: Sequence[str]) -> int:
    """How many processes are to check these files: those that are wanted, or what the input is worth."""
    if wanted:
        return wanted
    if sum(divisible_size(path) for path in files if not is_url(path)) < WORTH_SHARING:
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def expect_all(progress: Progress, files: Sequence[str]) -> None:
    """Tells the progress how many bytes these files have; of what is no plain file nobody knows it before."""
    if progress.is_shown:
        progress.expect(sum(os.path.getsize(path) for path in files if os.path.isfile(path)))


@contextmanager
def sharing(jobs: int, files: Sequence[str], rulebooks: Rulebooks, progress: Progress) -> Iterator[Checks | None]:
    """Checks that other processes take part in; None where there is one process, or one list, which is not shared."""
    if jobs == 1:
        yield None
        return
    from batchlint.engine.parallel.sharing import SharedChecks, can_be_shared, shares_of
    from batchlint.engine.parallel.workers import Workers

    if not can_be_shared(files):
        yield None
        return
    engines = list({id(engine): engine for engine in (rulebooks.of(path).engine for path in files)}.values())
    with Workers(jobs, engines, forked=not any(map(is_url, files))) as workers:
        shares = shares_of(files, lambda path: engines.index(rulebooks.of(path).engine))
        yield SharedChecks(workers.checked(shares), progress).check
        if workers.lost:
            tell("a process ended before its work was done; what it had was checked without it")
