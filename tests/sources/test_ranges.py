"""Objects are read by ranges, each byte about once."""

from __future__ import annotations

import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from batchlint.sources import ReadingFailed, Source, remote
from batchlint.sources.remote import BLOCK, FIRST, RemoteFile
from tests.engine.ways import plain_lines

DATA = bytes(range(256)) * 2000


class Object(io.BytesIO):
    """An object of a store, which notes what is read of it."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self.size = len(data)
        self.lengths: list[int] = []

    def read(self, size: int | None = -1) -> bytes:
        data = super().read(size)
        self.lengths.append(len(data))
        return data


def opened(data: bytes) -> tuple[Object, Any]:
    of_store = Object(data)
    return of_store, RemoteFile(of_store, "s3://b/x", "s3://b/x", ())


@given(st.lists(st.tuples(st.integers(0, len(DATA) + 9), st.integers(-1, len(DATA))), max_size=20))
def test_any_reads_give_what_a_file_gives(reads: list[tuple[int, int]]) -> None:
    _, file = opened(DATA)
    plain = io.BytesIO(DATA)
    for offset, length in reads:
        assert (file.seek(offset), file.read(length)) == (plain.seek(offset), plain.read(length))
        assert file.tell() == plain.tell()


def test_reading_on_and_on_takes_growing_ranges() -> None:
    data = bytes(30_000_000)
    of_store, file = opened(data)
    while file.read(FIRST):
        pass
    assert sum(of_store.lengths) == len(data)
    assert of_store.lengths[0] == FIRST
    assert max(of_store.lengths) == BLOCK
    assert len(of_store.lengths) < 9


def test_a_place_that_is_looked_up_takes_a_small_range() -> None:
    of_store, file = opened(bytes(30_000_000))
    file.seek(20_000_000)
    file.read(100)
    assert of_store.lengths == [FIRST]


def test_a_source_reads_each_byte_about_once() -> None:
    data = b"\n".join(plain_lines(2000))
    of_store, file = opened(data)
    with Source(file, "s3://b/x") as source:
        assert sum(1 for _ in source) == 2000
    assert sum(of_store.lengths) <= len(data)


def test_a_connection_that_ends_is_an_error() -> None:
    _, file = opened(DATA)
    file._file.truncate(1000)
    with pytest.raises(ReadingFailed, match="1,000 bytes came where"):
        file.read(5000)


def test_what_libraries_raise_is_an_error_in_one_line() -> None:
    class ClientError(Exception):
        pass

    with pytest.raises(ReadingFailed) as raised, remote._answers("https://x/a", "https://x/a?secret"):
        raise ClientError("at https://x/a?secret\nmore")
    assert raised.value.strerror == "ClientError: at https://x/a"
