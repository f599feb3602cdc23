"""Spark finds what one run finds."""

from __future__ import annotations

import datetime
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from batchlint.cli import main
from batchlint.spark import check
from batchlint.spark.__main__ import main as spark_main
from tests.remote.conftest import ENVIRONMENT, Put
from tests.remote.files import BROKEN, shards

pytestmark = [
    pytest.mark.spark,
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning", "ignore::ResourceWarning"),
]
AS_OF = ["--as-of", "2026-11-23"]


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """A session with two workers, which the command finds as well; its start takes longest."""
    pytest.importorskip("pyspark", reason="pyspark is not installed: pip install 'batchlint[scale]'")
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        pytest.skip("there is no Java: apt-get install default-jre-headless")
    from pyspark.sql import SparkSession

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
        session = builder.config("spark.ui.showConsoleProgress", "false").getOrCreate()
        yield session
        session.stop()


def expected(tmp_path: Path, *paths: str) -> tuple[int, str]:
    """The exit code and the report of one run."""
    report = tmp_path / "expected.txt"
    status = main(["--no-config", *AS_OF, "--output", f"json={report}", "--quiet", *paths])
    return status, report.read_text(encoding="utf-8")


def found(tmp_path: Path, *paths: str) -> tuple[int, str]:
    """The same by the command for Spark."""
    report = tmp_path / "found.txt"
    status = spark_main([*AS_OF, "--format", "json", "-o", str(report), *paths])
    return status, report.read_text(encoding="utf-8")


def written(folder: Path, files: dict[str, bytes]) -> str:
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return str(folder)


@pytest.mark.parametrize("broken", [False, True])
def test_a_folder(spark: Any, tmp_path: Path, broken: bool) -> None:
    files = {**shards(), "batch-07.jsonl": BROKEN} if broken else shards()
    folder = written(tmp_path / "files", files)
    one = expected(tmp_path, folder)
    assert one[0] == 1
    assert found(tmp_path, folder) == one


@pytest.mark.remote
def test_a_prefix(spark: Any, put: Put, tmp_path: Path) -> None:
    for name, data in shards().items():
        put(f"p/{name}", data)
    spark.sparkContext.environment |= {**ENVIRONMENT, "AWS_ENDPOINT_URL": os.environ["AWS_ENDPOINT_URL"]}
    one = expected(tmp_path, "s3://batches/p/")
    assert one[0] == 1
    assert found(tmp_path, "s3://batches/p/") == one


def test_the_table_has_the_fields_of_a_finding(spark: Any, tmp_path: Path) -> None:
    folder = written(tmp_path / "files", dict(list(shards().items())[:4]))
    paths = sorted(map(str, Path(folder).iterdir()))
    rows = check(spark, paths, {"as-of": datetime.date(2026, 11, 23)}).collect()
    _, report = expected(tmp_path, *paths)
    assert [row.asDict(recursive=True) for row in rows] == json.loads(report)["findings"]


def test_a_file_that_is_not_there(spark: Any, tmp_path: Path) -> None:
    """In a process of its own, as it is called."""
    environment = {**os.environ, "PYSPARK_SUBMIT_ARGS": "--master local[2] --conf spark.ui.enabled=false pyspark-shell"}
    command = [sys.executable, "-m", "batchlint.spark", str(tmp_path / "none.jsonl")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert "No such file" in done.stderr
    assert "Traceback" not in done.stderr
