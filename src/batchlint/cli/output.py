"""Standard output as the commands after the batch write to it."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from typing import TextIO

from batchlint.reports import Look
from batchlint.results.errors import FileTrouble


def look(color: str, limit: int) -> Look:
    """How a report for people looks: `color` is always, never or auto, `limit` the number of groups shown."""
    wants_color = color == "always" or (
        color == "auto" and sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    )
    return Look(wants_color, limit)


@contextlib.contextmanager
def output() -> Iterator[TextIO]:
    """Standard output in UTF-8; what the system says of it, a full disk for one, is told as `FileTrouble`."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        yield sys.stdout
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        # Python would complain once more when it flushes what is left at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise FileTrouble(f"the report cannot be written: {error.strerror or error}") from None
