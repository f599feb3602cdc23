"""Compressed files are read as their text is, up to a bound."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from batchlint.cli import main
from tests.engine.ways import plain_lines

LINES = plain_lines(40)
TEXT = b"\n".join([*LINES, LINES[3], b'{"custom_id": "broken", "params": {"model": 1}}', b"{"])


def zstd(data: bytes) -> bytes:
    packed: bytes = pytest.importorskip("zstandard", reason="zstandard is not installed").compress(data)
    return packed


Pack = Callable[[bytes], bytes]
PACKED = [pytest.param(gzip.compress, ".gz", id="gzip"), pytest.param(zstd, ".zst", id="zstd")]


def report(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    main(["--no-config", "--as-of", "2026-11-23", "--format", "json", *arguments])
    out = capsys.readouterr().out
    found: dict[str, Any] = json.loads(out.replace(".jsonl.gz", ".jsonl").replace(".jsonl.zst", ".jsonl"))
    return found


@pytest.mark.parametrize(("pack", "ending"), PACKED)
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_the_report_is_that_of_the_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], pack: Pack, ending: str, jobs: str
) -> None:
    for name in ("batch-1.jsonl", "batch-2.jsonl"):
        (tmp_path / name).write_bytes(TEXT)
    expected = report(capsys, str(tmp_path))
    for name in ("batch-1.jsonl", "batch-2.jsonl"):
        (tmp_path / name).unlink()
        (tmp_path / (name + ending)).write_bytes(pack(TEXT[:5000]) + pack(TEXT[5000:]))
    assert report(capsys, "--jobs", jobs, str(tmp_path)) == expected
    assert {"duplicate-custom-id", "truncated-json"} <= expected["summary"]["rules"].keys()


@pytest.mark.parametrize(("pack", "ending"), PACKED)
@pytest.mark.parametrize("cut", [1, 30, -1, -4, -9])
def test_data_that_is_cut_off_is_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], pack: Pack, ending: str, cut: int
) -> None:
    path = tmp_path / f"batch.jsonl{ending}"
    path.write_bytes(pack(TEXT)[:cut] if cut != 1 else pack(TEXT)[:4])
    assert main([str(path)]) == 3
    assert "cut off or damaged" in capsys.readouterr().err


@pytest.mark.parametrize(("pack", "ending"), PACKED)
def test_a_bomb_ends_at_the_bound(tmp_path: Path, capsys: pytest.CaptureFixture[str], pack: Pack, ending: str) -> None:
    path = tmp_path / f"batch.jsonl{ending}"
    path.write_bytes(pack(b" " * 20_000_000))
    assert path.stat().st_size < 100_000
    for command in ("check", "stats"):
        assert main([command, str(path), "--max-bytes", "10_000_000"]) == 3
        assert "more than 10,000,000 bytes, the most that --max-bytes allows" in capsys.readouterr().err
    assert main(["shard", str(path), "-o", str(tmp_path / "x.shard"), "--max-bytes", "10_000_000"]) == 3
    assert main([str(path), "--max-bytes", "20_000_000"]) != 3


def test_damaged_data_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "batch.jsonl.gz"
    packed = bytearray(gzip.compress(TEXT))
    packed[len(packed) // 2] ^= 255
    path.write_bytes(packed)
    assert main([str(path)]) == 3
    assert "its gzip data is cut off or damaged" in capsys.readouterr().err


def test_a_plain_file_with_such_a_name_is_read_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "batch.jsonl.gz"
    path.write_bytes(b"\n".join(LINES))
    assert main([str(path)]) == 0


def test_only_commands_that_read_unpack(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "batch.jsonl.gz"
    path.write_bytes(gzip.compress(TEXT))
    before = path.read_bytes()
    main(["fix", str(path)])
    assert main(["submit", str(path)]) == 2
    assert "unpack it first" in capsys.readouterr().err
    assert path.read_bytes() == before


def test_shards_of_a_compressed_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "batch.jsonl.gz"
    path.write_bytes(gzip.compress(TEXT))
    expected = report(capsys, str(path))
    options = ["--no-config", "--as-of", "2026-11-23"]
    shards = [str(tmp_path / f"{part}.shard") for part in (1, 2, 3)]
    for part, shard in enumerate(shards, 1):
        assert main(["shard", str(path), "-o", shard, "--part", f"{part}/3", *options]) == 0
    capsys.readouterr()
    main(["join", "--format", "json", *shards])
    assert json.loads(capsys.readouterr().out.replace(".jsonl.gz", ".jsonl")) == expected
