"""Reads compressed files: from a copy of their text in a temporary file, which has a bound."""

from __future__ import annotations

import gzip
import os
import tempfile
import zlib
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Final

from batchlint.resources import how_to_install
from batchlint.sources.reach import ReadingFailed

GZIP, ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
AT_A_TIME: Final = 1 << 20
"""Bytes of text that are written at a time."""
FED: Final = 1 << 10
"""Bytes of zstd that are unpacked at a time: of so many come 32 MB at the most."""
WINDOW: Final = 1 << 27
"""Bytes that zstd may look back; its own command line takes no more either, unless it is asked to."""
KEPT: Final = 2
"""Copies that are kept, since places in other files are looked up one by one."""

_copies: OrderedDict[tuple[object, ...], IO[bytes]] = OrderedDict()


def unpacked(file: IO[bytes], path: str, state: object, most: int) -> IO[bytes] | None:
    """The text of a compressed file, as a file; None where it is not compressed, whatever its name says.

    `state` is another one where the file was changed. Raises `ReadingFailed` where it is damaged, or unpacks to more
    bytes than that.
    """
    magic = file.read(4)
    file.seek(0)
    if not magic.startswith((GZIP, ZSTD)):
        return None
    key = (os.getpid(), path, state, most)
    if key not in _copies:
        _copies[key] = _copy(_pieces(file, path), path, most)
    _copies.move_to_end(key)
    while len(_copies) > KEPT:
        _copies.popitem(last=False)[1].close()
    return os.fdopen(os.dup(_copies[key].fileno()), "rb", buffering=0)


def beginning(file: IO[bytes], path: str, length: int) -> bytes:
    """So many bytes of the text of a file that may be compressed."""
    magic = file.read(4)
    file.seek(0)
    if not magic.startswith((GZIP, ZSTD)):
        return file.read(length)
    text = b""
    for piece in _pieces(file, path):
        text += piece
        if len(text) >= length:
            break
    return text[:length]


def _copy(pieces: Iterator[bytes], path: str, most: int) -> IO[bytes]:
    copy = tempfile.TemporaryFile()  # noqa: SIM115
    size = 0
    try:
        for piece in pieces:
            size += len(piece)
            if size > most:
                raise ReadingFailed(path, f"it unpacks to more than {most:,} bytes, the most that --max-bytes allows")
            copy.write(piece)
        copy.flush()
    except BaseException:
        copy.close()
        raise
    return copy


def _pieces(file: IO[bytes], path: str) -> Iterator[bytes]:
    magic = file.read(4)
    file.seek(0)
    return _of_zstd(file, path) if magic == ZSTD else _of_gzip(file, path)


def _of_gzip(file: IO[bytes], path: str) -> Iterator[bytes]:
    with _damage(path, "gzip", EOFError, gzip.BadGzipFile, zlib.error), gzip.GzipFile(fileobj=file) as text:
        while piece := text.read(AT_A_TIME):
            yield piece


def _of_zstd(file: IO[bytes], path: str) -> Iterator[bytes]:
    try:
        import zstandard
    except ImportError:
        raise ReadingFailed(path, f"zstd needs an extra: {how_to_install('zst')}") from None
    frame = None
    with _damage(path, "zstd", zstandard.ZstdError, EOFError):
        while block := file.read(AT_A_TIME):
            for at in range(0, len(block), FED):
                fed = block[at : at + FED]
                while fed:
                    frame = frame or zstandard.ZstdDecompressor(max_window_size=WINDOW).decompressobj()
                    if piece := frame.decompress(fed):
                        yield piece
                    fed = frame.unused_data if frame.eof else b""
                    frame = None if frame.eof else frame
        if frame is not None:
            raise EOFError("its end is missing")


@contextmanager
def _damage(path: str, kind: str, *errors: type[Exception]) -> Iterator[None]:
    try:
        yield
    except errors as error:
        raise ReadingFailed(path, f"its {kind} data is cut off or damaged: {error}") from None
