"""The library of the scanner is loaded only as it was built."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from batchlint.engine import native
from tests.engine.scanning import needs_scanner

pytestmark = needs_scanner


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the library, with its sum next to it, which is the one to be loaded."""
    copy, kept = tmp_path / "scanner.bin", tmp_path / "scanner.sum"
    copy.write_bytes(Path(native.PLACE).read_bytes())
    kept.write_bytes(Path(native.SUM).read_bytes())
    monkeypatch.setattr(native, "PLACE", str(copy))
    monkeypatch.setattr(native, "SUM", str(kept))
    native.state.cache_clear()
    yield copy
    native.state.cache_clear()


def test_a_whole_library_is_loaded(library: Path) -> None:
    assert native.state().reason == str(library)
    assert native.state().library is not None


@pytest.mark.parametrize("kept", [0, 1000, 0.5, 0.999])
def test_one_that_is_cut_off_is_not(library: Path, kept: float) -> None:
    data = library.read_bytes()
    library.write_bytes(data[: int(kept if kept >= 1 else len(data) * kept)])
    assert native.state() == (None, "its file is damaged: install batchlint again")


def test_one_with_a_hole_is_not(library: Path) -> None:
    data = library.read_bytes()
    library.write_bytes(data[:8192] + bytes(8192) + data[16384:])
    assert native.state().library is None


@pytest.mark.parametrize("text", [None, b"", b"12", b"\xff"])
def test_one_without_its_sum_is_not(library: Path, text: bytes | None) -> None:
    if text is None:
        library.with_suffix(".sum").unlink()
    else:
        library.with_suffix(".sum").write_bytes(text)
    assert native.state().library is None
