"""Spark finds what one run finds."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from batchlint.cli import main
from tests.engine.ways import plain_lines
from tests.remote.conftest import Put

pytestmark = pytest.mark.spark
SHARDS = 20
MEASURES = ["--no-config", "--as-of", "2026-11-23"]


@pytest.fixture(autouse=True)
def spark() -> None:
    pytest.importorskip("pyspark", reason="pyspark is not installed: pip install 'batchlint[scale]'")
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        pytest.skip("there is no Java: apt-get install default-jre-headless")


def shards() -> dict[str, bytes]:
    """20 files, of which some share ids, and one has a list."""
    lines = plain_lines(SHARDS * 50)
    contents = [b"\n".join(lines[number * 49 : number * 49 + 51]) for number in range(SHARDS)]
    contents[3] = b"[\n" + b",\n".join([*lines[150:201], b'{"custom_id": "x", "params": {"model": 1}}']) + b"]"
    return {f"batch-{number:02}.jsonl": content for number, content in enumerate(contents)}


def on_spark(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYSPARK_SUBMIT_ARGS": "--master local[2] --conf spark.ui.enabled=false pyspark-shell"}
    environment["PYSPARK_PYTHON"] = sys.executable
    command = [sys.executable, "-m", "batchlint.spark", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("broken", [False, True])
def test_a_folder(tmp_path: Path, broken: bool) -> None:
    for name, data in shards().items():
        (tmp_path / name).write_bytes(data)
    if broken:  # so that it cannot be checked apart
        (tmp_path / "batch-07.jsonl").write_bytes(b'{"custom_id": "a-3",\n"params": {}}\n{')
    expected, found = tmp_path / "expected.txt", tmp_path / "found.txt"
    status = main([*MEASURES, "--output", f"json={expected}", "--quiet", str(tmp_path)])
    done = on_spark(*MEASURES[1:], "--format", "json", "-o", str(found), str(tmp_path))
    assert done.returncode == status == 1, done.stderr
    assert found.read_text(encoding="utf-8") == expected.read_text(encoding="utf-8")


@pytest.mark.remote
def test_a_prefix(put: Put, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for name, data in shards().items():
        put(f"p/{name}", data)
    status = main([*MEASURES, "--format", "json", "s3://batches/p/"])
    expected = json.loads(capsys.readouterr().out)
    found = tmp_path / "found.json"
    done = on_spark(*MEASURES[1:], "--format", "json", "-o", str(found), "s3://batches/p/")
    assert done.returncode == status, done.stderr
    assert json.loads(found.read_text(encoding="utf-8")) == expected


def test_the_table_has_the_fields_of_a_finding(tmp_path: Path) -> None:
    for name, data in list(shards().items())[:4]:
        (tmp_path / name).write_bytes(data)
    program = (
        "import sys, json, datetime; from pyspark.sql import SparkSession; from batchlint.spark import check\n"
        "rows = check(SparkSession.builder.getOrCreate(), sys.argv[1:], {'as-of': datetime.date(2026, 11, 23)})\n"
        "print(json.dumps([row.asDict(recursive=True) for row in rows.collect()]))"
    )
    environment = {**os.environ, "PYSPARK_SUBMIT_ARGS": "--master local[2] --conf spark.ui.enabled=false pyspark-shell"}
    command = [sys.executable, "-c", program, *sorted(map(str, tmp_path.iterdir()))]
    done = subprocess.run(
        command, env={**environment, "PYSPARK_PYTHON": sys.executable}, capture_output=True, text=True, check=False
    )
    found = json.loads(done.stdout.splitlines()[-1])
    report = tmp_path / "found.txt"
    main([*MEASURES, "--output", f"json={report}", "--quiet", *command[3:]])
    assert found == json.loads(report.read_text(encoding="utf-8"))["findings"]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    done = on_spark(str(tmp_path / "none.jsonl"))
    assert done.returncode == 3
    assert "No such file" in done.stderr
    assert "Traceback" not in done.stderr
