"""What is in a store gives the report that it gives on this machine."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from batchlint.cli import main
from batchlint.sources import FileChanged, open_source
from batchlint.sources.reach import reaching
from tests.engine.ways import plain_lines
from tests.remote.conftest import Put

pytestmark = [pytest.mark.remote, pytest.mark.filterwarnings("ignore::DeprecationWarning")]

LINES = plain_lines(900)
FILES = {
    "batch-1.jsonl": b"\n".join(LINES[:800]),
    "batch-2.jsonl": b"[\n" + b",\n".join([*LINES[700:810], b'{"custom_id": "x"}']) + b"]",
    "more/batch.jsonl.gz": gzip.compress(b"\n".join([*LINES[800:], LINES[5], b"{"])),
    "requests.jsonl": b"\n\n" + LINES[899] + b"\n",
}
OTHERS = {".hidden/batch.jsonl": b"{", "batch-results.jsonl": b"{", "notes.txt": b"{", "node_modules/batch.jsonl": b"{"}
OPTIONS = ["--no-config", "--as-of", "2026-11-23", "--format", "json"]


@pytest.fixture
def folder(tmp_path: Path, put: Put) -> str:
    """The same files in the store, and in a folder."""
    for name, data in {**FILES, **OTHERS}.items():
        path = tmp_path / "january" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        put(f"january/{name}", data)
    return f"{tmp_path}/january/"


def report(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, Any]]:
    status = main(list(arguments))
    captured = capsys.readouterr()
    assert "Traceback" not in captured.err
    return status, json.loads(captured.out)


def of_folder(capsys: pytest.CaptureFixture[str], folder: str) -> tuple[int, dict[str, Any]]:
    status, found = report(capsys, *OPTIONS, folder)
    found = json.loads(json.dumps(found).replace(folder, "s3://batches/january/"))
    assert {"duplicate-custom-id", "truncated-json"} <= found["summary"]["rules"].keys()
    return status, found


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("url", ["s3://batches/january/", "s3://batches/january"])
def test_a_prefix_is_read_as_a_folder_is(
    folder: str, url: str, jobs: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("batchlint.engine.parallel.sharing.LEAST_SHARED", 10_000)
    assert report(capsys, *OPTIONS, "--jobs", jobs, url) == of_folder(capsys, folder)


def test_shards_are_joined_where_the_files_are(folder: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shards: list[str] = []
    for name in FILES:
        for part in (1, 2):
            shards.append(str(tmp_path / f"{len(shards)}.shard"))
            url = f"s3://batches/january/{name}"
            assert main(["shard", url, "-o", shards[-1], "--part", f"{part}/2", *OPTIONS[:3]]) == 0
    found = report(capsys, "join", "--format", "json", "--allow-url", "s3://batches/", *reversed(shards))
    assert found == of_folder(capsys, folder)


def test_patterns_and_single_objects(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    _, found = report(capsys, *OPTIONS, "s3://batches/january/batch-[12].jsonl", "s3://batches/january/batch-*.jsonl")
    assert [each["path"].rpartition("/")[2] for each in found["files"]] == [
        "batch-1.jsonl",
        "batch-2.jsonl",
        "batch-results.jsonl",
    ]


def test_stats_read_the_same(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    _, found = report(capsys, "stats", "--format", "json", "s3://batches/january/")
    assert [each["requests"] for each in found["files"]] == [800, 111, 1, 102]


def test_a_baseline_of_urls(folder: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["s3://batches/january/", "--baseline", str(tmp_path / "baseline.json"), "--no-config"]
    assert main(["baseline", "write", *arguments]) == 0
    assert main(arguments) == 0
    assert "accepted by the baseline" in capsys.readouterr().err


@pytest.mark.parametrize("url", ["s3://batches/none.jsonl", "s3://no-bucket-here/x/", "s3://batches/none-*.jsonl"])
def test_what_is_not_there(put: Put, url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([url]) in (2, 3)
    captured = capsys.readouterr()
    assert captured.err.startswith("batchlint: ")
    assert "Traceback" not in captured.err


def test_a_store_without_credentials(put: Put, capsys: pytest.CaptureFixture[str], monkeypatch: Any) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "")
    import fsspec

    fsspec.filesystem("s3").clear_instance_cache()
    assert main(["s3://batches/batch.jsonl"]) == 3
    assert "cannot be read: NoCredentialsError" in capsys.readouterr().err


def test_an_object_that_changes_meanwhile_is_an_error(put: Put) -> None:
    put("batch.jsonl", b"\n".join(LINES))
    with reaching(["s3://batches/"]), open_source("s3://batches/batch.jsonl") as source:
        source.make_sure_it_is_unchanged()
        put("batch.jsonl", b"\n".join([LINES[1], *LINES[1:]]))
        with pytest.raises(FileChanged):
            source.make_sure_it_is_unchanged()
