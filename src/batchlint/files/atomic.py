"""Writes files that appear whole or not at all, and never in place of another."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from batchlint.files.drafts import open_draft, sweep_drafts

if TYPE_CHECKING:
    from batchlint.sources import Source

CHUNK: Final = 1 << 20


@contextmanager
def new_file(path: str | Path) -> Iterator[IO[bytes]]:
    """A file to write that gets its name at the end, once all of it is on the disk.

    Raises FileExistsError where something else has that name then; a file with just these bytes may be there already,
    so that a command that was stopped can be run again. Whatever is raised inside leaves nothing after.
    """
    path = Path(path)
    with _draft(path) as (draft, file):
        yield file
        _settle(file)
        publish(draft, path)
    sweep_drafts(path)


@contextmanager
def _draft(path: Path) -> Iterator[tuple[Path, IO[bytes]]]:
    """A draft and its file, which are gone at the end unless the draft got its name."""
    draft, file = open_draft(path)
    try:
        with file:
            yield draft, file
    finally:
        with suppress(FileNotFoundError):
            draft.unlink()


def _settle(file: IO[bytes]) -> None:
    """Makes sure that a file is on the disk, and closes it where an open one cannot get another name."""
    file.flush()
    os.fsync(file.fileno())
    if os.name == "nt":
        file.close()


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


class NotReplaced(OSError):
    """A file is left as it is; the message says why."""


def may_be_replaced(path: str | Path) -> os.stat_result:
    """What the system says of a file that is to be replaced. Raises NotReplaced for what replacing would surprise."""
    status = os.lstat(path)
    if stat.S_ISLNK(status.st_mode):
        raise NotReplaced(22, f"is a symbolic link to {os.readlink(path)}; name that file itself", str(path))
    if not stat.S_ISREG(status.st_mode):
        raise NotReplaced(22, "is not a regular file", str(path))
    if status.st_nlink > 1:
        raise NotReplaced(22, "has other names (hard links), which would keep the old content", str(path))
    if not os.access(path, os.W_OK):
        raise NotReplaced(13, "is write-protected", str(path))
    return status


@contextmanager
def replacing_file(path: str | Path, seen: os.stat_result) -> Iterator[IO[bytes]]:
    """A file to write that takes the place of another at the end, with its mode and owner.

    Raises NotReplaced where the other is no longer what was `seen`. Whoever looks finds the old file or the new one;
    whatever is raised inside leaves the old one.
    """
    path = Path(path)
    with _draft(path) as (draft, file):
        yield file
        _take_over(file, path, seen)
        _settle(file)
        same_file_still(path, seen)
        draft.replace(path)
    sweep_drafts(path)


def same_file_still(path: str | Path, seen: os.stat_result) -> None:
    """Raises NotReplaced where a file is no longer what was `seen`."""
    if _identity(os.stat(path)) != _identity(seen):
        raise NotReplaced(22, "was changed while it was read, and is left as it is now", str(path))


def _identity(status: os.stat_result) -> tuple[int, ...]:
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_mode


def _take_over(file: IO[bytes], path: Path, seen: os.stat_result) -> None:
    """Gives a draft the owner, the mode and the extended attributes of the file that it replaces."""
    made = os.fstat(file.fileno())
    if hasattr(os, "fchown") and (made.st_uid, made.st_gid) != (seen.st_uid, seen.st_gid):
        try:
            os.fchown(file.fileno(), seen.st_uid, seen.st_gid)
        except OSError:
            raise NotReplaced(1, "belongs to somebody else, and would not any more", str(path)) from None
    if hasattr(os, "listxattr"):
        for name in os.listxattr(path):
            with suppress(OSError):  # those of the system itself
                os.setxattr(file.fileno(), name, os.getxattr(path, name))
    if hasattr(os, "fchmod"):
        os.fchmod(file.fileno(), stat.S_IMODE(seen.st_mode))
