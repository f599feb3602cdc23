"""Opens what holds items: a file, standard input, bytes in memory, and what `reaching` adds to these."""

from __future__ import annotations

import os
import stat
import sys
from typing import IO

from batchlint.sources.reach import is_packed, is_url, reach
from batchlint.sources.source import Source, state_of

STDIN = "<stdin>"


def open_source(path: str, *, stdin_filename: str | None = None) -> Source:
    """Opens a file, or standard input for "-". Raises OSError for what cannot be read, a directory among it.

    Within `batchlint.sources.reach.reaching` also what is after a URL, and the text of a compressed file.
    """
    if path == "-":
        if sys.stdin is None:
            raise OSError("standard input is closed")
        return Source(_spooled(sys.stdin.buffer), stdin_filename or STDIN)
    file = opened(path)
    shown = path.replace(os.sep, "/")
    try:
        if is_packed(path):
            from batchlint.sources.packed import unpacked

            text = unpacked(file, path, state_of(file), reach().most_unpacked)
            if text is not None:
                with file:
                    return Source(text, shown)
        if not is_url(path):
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode) or status.st_size == 0:  # a pipe, or a system file that has no size
                with file:
                    return Source(_spooled(file), shown)
        return Source(file, shown)
    except BaseException:
        file.close()
        raise


def divisible_size(path: str) -> int:
    """Bytes of a file that can be read in parts; 0 for what is read as a whole, and for what cannot be read."""
    if is_packed(path):
        return 0
    if not is_url(path):
        return os.path.getsize(path) if os.path.isfile(path) else 0
    from batchlint.sources.remote import size_of

    try:
        return size_of(path)
    except OSError:  # It is reported where the file is to be read.
        return 0


def opened(path: str) -> IO[bytes]:
    """A file as it is, or an object. Raises OSError."""
    if "\0" in path:
        raise OSError("no path has a NUL byte in it")
    if is_url(path):
        from batchlint.sources.remote import open_remote

        return open_remote(path)
    return open(path, "rb", buffering=0)


def source_of_bytes(data: bytes, path: str = "<bytes>") -> Source:
    """The same for bytes in memory."""
    from io import BytesIO

    return Source(BytesIO(data), path)


def _spooled(stream: IO[bytes]) -> IO[bytes]:
    """A copy of a stream in a temporary file, since places are looked up late."""
    import shutil
    import tempfile

    copy = tempfile.TemporaryFile()  # noqa: SIM115
    try:
        shutil.copyfileobj(stream, copy, 1 << 20)
    except BaseException:
        copy.close()
        raise
    return copy
