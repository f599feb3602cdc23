"""Opens results and sources, compressed with gzip or not."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from batchlint.sources import Source, open_source

if TYPE_CHECKING:
    from gzip import GzipFile

GZIP = b"\x1f\x8b"
CHUNK = 1 << 20
SURE = 1 << 26
"""Unpacked bytes up to which nothing is said of the ratio."""
MAXIMUM_RATIO = 250
"""Unpacked bytes for each packed one; rows that differ in their id alone come to about 40."""
MAXIMUM_LINE = 1 << 28
"""Bytes of the longest line: a line is read as a whole."""


def open_input(path: str) -> Source:
    """Opens a file, or standard input for "-". Raises OSError for what cannot be read, or cannot be unpacked.

    What is compressed is unpacked into a temporary file, in little memory whatever it holds.
    """
    source = open_source(path)
    try:
        if source.read(0, len(GZIP)) != GZIP:
            return source
        with source:
            unpacked = _unpacked(source)
            source.make_sure_it_is_unchanged()
            return Source(unpacked, source.path)
    except BaseException:
        source.close()
        raise


class _Reading:
    """A source as a file to read from its beginning."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._at = 0

    def read(self, size: int = CHUNK) -> bytes:
        data = self._source.read(self._at, size)
        self._at += len(data)
        return data


def _unpacked(source: Source) -> IO[bytes]:
    import gzip
    import tempfile
    import zlib

    copy = tempfile.TemporaryFile()  # noqa: SIM115
    try:
        with gzip.GzipFile(fileobj=_Reading(source)) as packed:  # type: ignore[call-overload]
            _copy(packed, copy, source.size)
    except EOFError:
        copy.close()
        raise OSError("the compressed data is cut off: the download is not complete") from None
    except zlib.error as error:
        copy.close()
        raise OSError(f"the compressed data is damaged ({error})") from None
    except BaseException:
        copy.close()
        raise
    return copy


def _copy(packed: GzipFile, copy: IO[bytes], packed_size: int) -> None:
    """Copies what is packed; raises OSError for what no such file is: almost nothing blown up, or an endless line."""
    size = line = 0
    while data := packed.read(CHUNK):
        size += len(data)
        if size > SURE and size > packed_size * MAXIMUM_RATIO:
            raise OSError(f"the compressed data grows more than {MAXIMUM_RATIO} times: unpack it if you trust it")
        last = data.rfind(b"\n")
        line = line + len(data) if last < 0 else len(data) - last - 1
        if line > MAXIMUM_LINE:
            raise OSError(f"the compressed data has a line of more than {MAXIMUM_LINE >> 20} MiB: unpack it first")
        copy.write(data)
