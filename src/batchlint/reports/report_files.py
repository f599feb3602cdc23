"""Report files: they appear whole or not at all, a former report is replaced, an input never."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Collection, Iterator
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from batchlint.files.drafts import open_draft, sweep_drafts
from batchlint.reports import OutputError


@contextlib.contextmanager
def report_file(path: str) -> Iterator[TextIO]:
    """A text file that gets its name when all of it is written; nothing is left where that does not come about.

    Raises `OutputError` where it cannot be opened or get its name.
    """
    if _is_special(path):
        with _told(path), open(path, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
            yield stream
        return
    target = Path(os.path.realpath(path))
    with _told(path):
        draft, file = open_draft(target)
    stream = TextIOWrapper(file, encoding="utf-8", errors="backslashreplace", newline="\n")
    try:
        yield stream
        with _told(path):
            stream.flush()
            if os.name == "nt":
                stream.close()
            draft.replace(target)
        sweep_drafts(target)
    finally:
        with contextlib.suppress(OSError):
            stream.close()
        with contextlib.suppress(OSError):
            draft.unlink()


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
            if os.path.samefile(path, each):
                return True
    return False


def _is_special(path: str) -> bool:
    """Whether a path leads to something that cannot be replaced, such as /dev/null or a pipe."""
    try:
        return path.startswith("/dev/") or not stat.S_ISREG(os.stat(path).st_mode)
    except OSError:
        return False
