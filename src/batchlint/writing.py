"""Writes files that appear whole or not at all, and never in place of another."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

if TYPE_CHECKING:
    from batchlint.sources import Source

CHUNK: Final = 1 << 20


@contextmanager
def new_file(path: str | Path) -> Iterator[IO[bytes]]:
    """A file to write that gets its name at the end, once all of it is on the disk.

    Raises FileExistsError where something else has that name then; a file with just these bytes may be there already,
    so that a command that was stopped can be run again. Whatever is raised inside leaves nothing behind.
    """
    path = Path(path)
    draft = path.with_name(f".{path.name}.{os.urandom(4).hex()}.tmp")
    try:
        with draft.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        publish(draft, path)
    finally:
        with suppress(FileNotFoundError):
            draft.unlink()


def publish(draft: Path, path: Path) -> None:
    """Gives a finished file its name; the draft's own name is gone then. Raises FileExistsError as `new_file` does."""
    try:
        os.link(draft, path)
    except FileExistsError:
        if not same_bytes(draft, path):
            raise FileExistsError(17, "exists already, and is never overwritten", str(path)) from None
    except OSError:  # a file system without links
        if os.path.lexists(path):
            raise FileExistsError(17, "exists already, and is never overwritten", str(path)) from None
        draft.rename(path)
        return
    draft.unlink()


def same_bytes(one: Path, other: Path) -> bool:
    """Whether two files are regular files that hold the same."""
    if not other.is_file() or one.stat().st_size != other.stat().st_size:
        return False
    with one.open("rb") as first, other.open("rb") as second:
        while data := first.read(CHUNK):
            if data != second.read(CHUNK):
                return False
    return True


def sha256_of(path: str | Path) -> str:
    """The sha256 of a file's bytes, in hexadecimal. Raises OSError."""
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sha256_of_source(source: Source) -> str:
    """The same of a file that is open, standard input among them."""
    digest, at = hashlib.sha256(), 0
    while data := source.read(at, CHUNK):
        digest.update(data)
        at += len(data)
    return digest.hexdigest()
