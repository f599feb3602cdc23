"""Drafts: files on their way to their names, and what killed runs have left of them.

A draft is next to the file that it becomes, as `.NAME.xxxxxxxx.tmp`, and is locked while its process writes it. The
lock goes with the process, so one without a lock was abandoned.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Final

try:
    import fcntl
except ImportError:  # where nobody can take away a file that is open
    fcntl = None  # type: ignore[assignment]

LONGEST: Final = 240
"""Bytes of a name to which the rest can be added; of a longer one only the beginning is taken."""
BEGINNING: Final = 50
"""Characters."""


def open_draft(final: Path) -> tuple[Path, IO[bytes]]:
    """A new draft of a file: its path, and the file, which is to stay open until it has its name. Raises OSError."""
    while True:
        path = final.with_name(f".{_stem(final)}.{os.urandom(4).hex()}.tmp")
        file = path.open("xb")
        if _lock(file.fileno(), wait=True) and os.fstat(file.fileno()).st_nlink:
            return path, file
        file.close()  # somebody took it for abandoned before it was locked


def abandoned_drafts(final: Path) -> Iterator[Path]:
    """The drafts of a file that killed runs of this user have left; those of others, and of other programs, stay."""
    is_draft = re.compile(rf"\.{re.escape(_stem(final))}\.[0-9a-f]{{8}}\.tmp").fullmatch
    try:
        paths = sorted(path for path in final.parent.iterdir() if is_draft(path.name))
    except OSError:
        return
    yield from filter(_is_abandoned, paths)


def sweep_drafts(final: Path) -> None:
    """Takes the abandoned drafts of a file away."""
    for path in abandoned_drafts(final):
        with suppress(OSError):
            path.unlink()


def _stem(final: Path) -> str:
    return final.name if len(os.fsencode(final.name)) <= LONGEST else final.name[:BEGINNING]


def _is_abandoned(path: Path) -> bool:
    try:
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode) or (hasattr(os, "geteuid") and status.st_uid != os.geteuid()):
            return False
        descriptor = os.open(path, os.O_RDONLY)
    except OSError:
        return False
    try:
        return _lock(descriptor, wait=False)
    finally:
        os.close(descriptor)


def _lock(descriptor: int, *, wait: bool) -> bool:
    """Locks an open file; False where somebody else holds the lock, and this one is not to wait."""
    if fcntl is None:
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:  # held, or a file system without locks, on which nothing can be said to be abandoned
        return wait
    return True
