"""Reads objects of a store, or of a web server, by ranges, through fsspec."""

from __future__ import annotations

import io
import os
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any, Final, cast

from batchlint.resources import how_to_install
from batchlint.sources.reach import ReadingFailed, whole_url

BLOCK: Final = 8_000_000
"""Bytes that are read at a time of a file that is read on and on."""
FIRST: Final = 1 << 18
"""Bytes that are read at a time where a single place is looked at."""
GROWTH: Final = 4
"""How many times larger the next range of those that follow each other is."""
KEPT: Final = 3
"""Ranges that are kept: findings are located a little after where the file is read."""
SIGNS: Final = ("size", "ETag", "etag", "md5Hash", "content_settings", "LastModified", "last_modified", "updated")
"""What a store says of an object that is another where the object was changed."""


def open_remote(path: str) -> IO[bytes]:
    """The object of a URL that may be read. Raises `ReadingFailed`."""
    url = whole_url(path)
    system = _system(path)
    with _answers(path, url):
        state = _state(system, url)
        file = system.open(url, "rb", block_size=BLOCK, cache_type="none")
    if file.size is None:
        raise ReadingFailed(path, "the server does not say how large it is; download it first")
    return cast("IO[bytes]", RemoteFile(file, path, url, state))


def size_of(path: str) -> int:
    """Bytes of the object of a URL. Raises `ReadingFailed`."""
    url = whole_url(path)
    system = _system(path)
    with _answers(path, url):
        return int(system.info(url)["size"] or 0)


def found_below(url: str) -> list[str] | None:
    """The URLs of all objects below a prefix, or of those that a pattern with `*` fits; None: it is a single object."""
    if url.startswith("https://"):
        return None
    system = _system(url)
    base = url.partition("*")[0].rpartition("/")[0] if "*" in url else url.rstrip("/")
    with _answers(url, url):
        root = system._strip_protocol(base)
        if "*" in url:
            found = system.glob(url)
        elif url.endswith("/") or system.isdir(url):
            found = system.find(url)
        else:
            return None
    return [base + each[len(root) :] for each in found if not each.endswith("/")]


class RemoteFile(io.RawIOBase):
    """An object, read by ranges: small ones where places are looked up, growing ones where it is read on and on."""

    def __init__(self, file: Any, path: str, url: str, state: tuple[str, ...]) -> None:
        self._file = file
        self._path = path
        self._url = url
        self._size = int(file.size)
        self._at = 0
        self._ranges: deque[tuple[int, bytes]] = deque(maxlen=KEPT)
        self._next = FIRST
        self._state = state

    def state(self) -> tuple[str, ...]:
        """What is another once the object was changed, as it was when it was opened."""
        return self._state

    def state_now(self) -> tuple[str, ...]:
        """The same as it is now."""
        with _answers(self._path, self._url):
            return _state(self._file.fs, self._url)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        self._at = offset + {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        return self._at

    def tell(self) -> int:
        return self._at

    def read(self, size: int | None = -1) -> bytes:
        end = self._size if size is None or size < 0 else min(self._at + size, self._size)
        pieces = []
        while self._at < end:
            start, data = self._range(end)
            pieces.append(data[self._at - start : end - start])
            self._at += len(pieces[-1])
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def readinto(self, buffer: Any) -> int:
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._file.close()
            self._ranges.clear()
        super().close()

    def _range(self, end: int) -> tuple[int, bytes]:
        """The range in which the next byte is: one that was kept, or a new one, at least to that end."""
        for start, data in self._ranges:
            if start <= self._at < start + len(data):
                return start, data
        follows = any(self._at == start + len(data) for start, data in self._ranges)
        self._next = min(self._next * GROWTH, BLOCK) if follows else FIRST
        length = min(max(self._next, end - self._at), self._size - self._at)
        with _answers(self._path, self._url):
            self._file.seek(self._at)
            data = self._file.read(length)
        if len(data) != length:
            raise ReadingFailed(self._path, f"{len(data):,} bytes came where {length:,} were due")
        if length <= BLOCK:
            self._ranges.appendleft((self._at, data))
        return self._at, data


def _state(system: Any, url: str) -> tuple[str, ...]:
    system.invalidate_cache()
    information = system.info(url)
    return tuple(str(information.get(sign)) for sign in SIGNS)


def _system(path: str) -> Any:
    scheme = path.partition("://")[0]
    try:
        import fsspec
    except ImportError:
        raise ReadingFailed(
            path, f"{scheme}:// URLs need {_driver(scheme)}, and fsspec: {how_to_install('remote')}"
        ) from None
    try:
        with _answers(path, path):
            return fsspec.filesystem(scheme)
    except ImportError:
        raise ReadingFailed(path, f"{scheme}:// URLs need {_driver(scheme)}: pip install {_driver(scheme)}") from None


def _driver(scheme: str) -> str:
    """The package by which fsspec reads a kind of URLs."""
    names = {"s3": "s3fs", "s3a": "s3fs", "gs": "gcsfs", "gcs": "gcsfs", "https": "aiohttp"}
    return names.get(scheme, "adlfs")


@contextmanager
def _answers(path: str, url: str) -> Iterator[None]:
    """Makes `ReadingFailed` of all that the libraries between here and the store may raise."""
    try:
        yield
    except (ImportError, ReadingFailed):
        raise
    except FileNotFoundError as error:
        cause = "" if error.__cause__ is None else f" ({type(error.__cause__).__name__})"
        raise ReadingFailed(path, f"there is nothing of this name, or it may not be seen{cause}") from None
    except Exception as error:  # each store has its own errors, and they are no OSErrors
        text = str(error).replace(url, path).strip().partition("\n")[0]
        raise ReadingFailed(path, f"{type(error).__name__}: {text}" if text else type(error).__name__) from None
