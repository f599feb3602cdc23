"""Processes that check parts of files side by side.

Each has engines of its own, and knows nothing of what the others find: ids that are used in two shares are the matter
of the process that asked (`batchlint.engine.parallel.joining`).
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, NamedTuple

from batchlint.engine import Engine
from batchlint.engine.parallel.parts import CheckedPart, FilePart, check_part
from batchlint.sources import open_source
from batchlint.sources.reach import Reach, extend, reach

AHEAD = 2
"""Shares that a process has at a time: one that it checks, and the next."""
CONTEXT = multiprocessing.get_context("fork" if "fork" in multiprocessing.get_all_start_methods() else None)
"""Where there is a choice: a fork starts at once, and has all that is in memory."""


class Share(NamedTuple):
    """What one process checks at a time."""

    part: FilePart
    engine: int
    """The number of the engine that it is to be checked with."""


class Workers:
    """So many processes; a context manager, at whose end they are gone."""

    def __init__(
        self, jobs: int, engines: Sequence[Any], work: Callable[[Share, Any], Any] | None = None, *, forked: bool = True
    ) -> None:
        """`work` is what is done with a share and its engine: it is checked, unless something else is wanted.

        Not `forked`: where this process has threads of a library, which a fork would lack.
        """
        self._context = CONTEXT if forked else multiprocessing.get_context("spawn")
        self._connections: list[Connection] = []
        self._processes: list[BaseProcess] = []
        self.lost = 0
        """Shares that were given to a process that is gone."""
        with later_interrupts():
            for _ in range(jobs):
                self._start(engines, work or check)

    def _start(self, engines: Sequence[Any], work: Callable[[Share, Any], Any]) -> None:
        ours, theirs = self._context.Pipe()
        # What a fork has of the other processes' pipes would keep it from seeing that this one is gone.
        inherited = [*self._connections, ours] if self._context.get_start_method() == "fork" else []
        process = self._context.Process(target=serve, args=(theirs, engines, inherited, work, reach()), daemon=True)
        process.start()
        theirs.close()
        self._connections.append(ours)
        self._processes.append(process)

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *error: object) -> None:
        for process in self._processes:
            process.terminate()
        for process in self._processes:
            process.join()

    def checked(self, shares: Iterable[Share]) -> Iterator[tuple[FilePart, Any]]:
        """The parts of shares in their order, each with what came of it.

        None: it could not be checked apart from the rest of its file, or the process that had it is gone.
        """
        waiting: deque[tuple[Share, Connection]] = deque()
        for number, share in enumerate(shares):
            if len(waiting) == AHEAD * len(self._connections):
                yield self._received(*waiting.popleft())
            connection = self._connections[number % len(self._connections)]
            with suppress(OSError):  # What is gone is found out when the answer is waited for.
                connection.send(share)
            waiting.append((share, connection))
        while waiting:
            yield self._received(*waiting.popleft())

    def _received(self, share: Share, connection: Connection) -> tuple[FilePart, Any]:
        try:
            answer = connection.recv()
        except (EOFError, OSError):
            self.lost += 1
            return share.part, None
        if isinstance(answer, Exception):
            raise answer
        return share.part, answer


@contextmanager
def later_interrupts() -> Iterator[None]:
    """Ctrl-C waits until all processes are there, and those are born deaf to it: it is answered by this one."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)


def serve(
    connection: Connection,
    engines: Sequence[Any],
    inherited: Iterable[Connection],
    work: Callable[[Share, Any], Any],
    reach: Reach,
) -> None:
    """What a process does: it works on shares until nobody asks any more, and may read what its beginner may."""
    extend(reach)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=end_with_parent, daemon=True).start()
    for each in inherited:
        each.close()
    with suppress(EOFError, OSError):
        while True:
            share = connection.recv()
            try:
                answer = work(share, engines[share.engine])
            except Exception as error:  # It is raised where it was asked for.
                answer = error
            connection.send(answer)


def end_with_parent() -> None:
    """Ends this process once the one that began it is gone, however it went, and whatever is being checked."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def check(share: Share, engine: Engine) -> CheckedPart | None:
    """Checks a share; None where it is not to be distinguished from the rest of its file, or cannot be read."""
    try:
        with open_source(share.part.path) as source:
            return check_part(source, share.part, engine)
    except OSError:
        return None
