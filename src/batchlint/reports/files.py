"""Report files: they appear whole or not at all, a former report is replaced, an input never."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Collection, Iterator
from typing import TextIO

from batchlint.reports import OutputError


@contextlib.contextmanager
def report_file(path: str) -> Iterator[TextIO]:
    """A text file that gets its name when all of it is written; nothing is left behind if that does not come about.

    Raises `OutputError` where it cannot be opened or get its name.
    """
    special = _is_special(path)
    target = path if special else os.path.realpath(path)
    draft = path if special else f"{target}.{os.urandom(4).hex()}.tmp"
    with _told(path):
        stream = open(draft, "w" if special else "x", encoding="utf-8", errors="backslashreplace", newline="\n")  # noqa: PTH123, SIM115
    try:
        yield stream
        with _told(path):
            stream.close()
            if not special:
                os.replace(draft, target)  # noqa: PTH105
    finally:
        with contextlib.suppress(OSError):
            stream.close()
        if not special:
            with contextlib.suppress(OSError):
                os.unlink(draft)  # noqa: PTH108


@contextlib.contextmanager
def _told(path: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror or error}") from None


def read_too(path: str, inputs: Collection[str]) -> bool:
    """Whether a path is one of the files that are read, under whatever name."""
    for each in inputs:
        with contextlib.suppress(OSError):
            if os.path.samefile(path, each):  # noqa: PTH121
                return True
    return False


def _is_special(path: str) -> bool:
    """Whether a path leads to something that cannot be replaced, such as /dev/null or a pipe."""
    try:
        return path.startswith("/dev/") or not stat.S_ISREG(os.stat(path).st_mode)  # noqa: PTH116
    except OSError:
        return False
