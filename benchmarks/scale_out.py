"""What many files cost by each way to share the work, and whether all of them find the same."""

from __future__ import annotations

import importlib.util
import json
import logging
import os
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.costs import Cost, lint, measured_with_children
from benchmarks.sharded import DUPLICATES, FINDINGS, ids, shards

AS_OF = ("--as-of", "2026-11-23")
SPARK = {"PYSPARK_SUBMIT_ARGS": "--master local[2] --conf spark.ui.enabled=false pyspark-shell"}
BUCKET = "batches"


def ways_rows(folder: Path, rounds: int, scale: float) -> Iterator[str]:
    """About 500 MB with 500 planted findings, 150 of them ids that are used in two files; each way once."""
    made = shards(folder, scale)
    reports = folder / f"reports-{scale:g}"
    reports.mkdir(exist_ok=True)
    expected = reports / "one.json"
    cost = run(lint(made, "--output", f"json={expected}", "--quiet"))
    rules = Counter(each["rule"] for each in findings_of(expected))
    if rules.total() != FINDINGS or rules["duplicate-custom-id"] != DUPLICATES:
        raise SystemExit(f"{FINDINGS} findings were planted, {DUPLICATES} of them duplicates; found were {rules}")
    size = sum(path.stat().st_size for path in made.iterdir())
    yield f"{size / 1e6:.0f} MB, {rules.total()} findings: {', '.join(f'{n} {rule}' for rule, n in rules.items())}\n"
    yield "| way | wall, s | CPU, s | peak memory of all processes, MB | against one process |"
    yield "| --- | --- | --- | --- | --- |"
    yield row("one process", cost, "")
    found = reports / "found.json"
    cost = run(lint(made, "--jobs", "2", "--output", f"json={found}", "--quiet"))
    yield row("`--jobs 2`", cost, compared(expected, found))
    yield from by_shards(made, expected, found)
    yield from by_spark(made, expected, found)


def by_shards(made: Path, expected: Path, found: Path) -> Iterator[str]:
    """A process for each file, one after the other, and one that joins."""
    batchlint = [sys.executable, "-m", "batchlint"]
    written = [(path, found.with_name(f"{path.stem}.shard")) for path in sorted(made.iterdir())]
    costs = [run([*batchlint, "shard", str(a), "-o", str(b), "--no-config", *AS_OF]) for a, b in written]
    total = Cost(sum(c.cpu for c in costs), sum(c.wall for c in costs), max(c.memory for c in costs))
    yield row(f"{len(costs)} times `batchlint shard`, in turn", total, "")
    shard_files = [str(path) for _, path in written]
    cost = run([*batchlint, "join", *shard_files, "--output", f"json={found}", "--quiet"])
    yield row("`batchlint join`", cost, compared(expected, found))


def by_spark(made: Path, expected: Path, found: Path) -> Iterator[str]:
    """Spark with two workers: on the folder, and on a store in a server of this process."""
    lacking = "" if shutil.which("java") or os.environ.get("JAVA_HOME") else "Java "
    lacking += " ".join(name for name in ("pyspark", "moto", "s3fs") if importlib.util.find_spec(name) is None)
    if "Java" in lacking or "pyspark" in lacking:
        yield f"| Spark | not measured: there is no {lacking} | | | |"
        return
    command = [sys.executable, "-m", "batchlint.spark", *AS_OF, "--format", "json", "-o", str(found)]
    environment = {**SPARK, "PYSPARK_PYTHON": sys.executable}
    cost = run([*command, str(made)], environment)
    yield row("Spark, local[2]", cost, compared(expected, found))
    if lacking:
        yield f"| Spark, local[2], from S3 | not measured: there is no {lacking} | | | |"
        return
    with store(made) as where:
        cost = run([*command, f"s3://{BUCKET}/"], {**environment, **where})
    yield row("Spark, local[2], from S3 on 127.0.0.1", cost, compared(expected, found, (f"s3://{BUCKET}", str(made))))


def ids_rows(folder: Path, rounds: int, scale: float) -> Iterator[str]:
    """10 million short requests in 100 files, all ids of which are compared; the last is that of the first. Once."""
    made, count = ids(folder, scale)
    report = folder / f"ids-{scale:g}.json"
    cost = run(lint(made, "--output", f"json={report}", "--quiet"))
    if [each["rule"] for each in findings_of(report)] != ["duplicate-custom-id"]:
        raise SystemExit(f"a single id is used twice, and the report is {report}")
    yield "| ids | wall, s | CPU, s | peak memory, MB |"
    yield "| --- | --- | --- | --- |"
    yield f"| {count:,} | {cost.wall:.1f} | {cost.cpu:.1f} | {cost.memory:.0f} |"


def run(command: list[str], environment: dict[str, str] | None = None) -> Cost:
    """Runs it once."""
    return measured_with_children(command, environment or {})


def row(way: str, cost: Cost, comparison: str) -> str:
    """A row of the table."""
    return f"| {way} | {cost.wall:.1f} | {cost.cpu:.1f} | {cost.memory:.0f} | {comparison} |"


def compared(expected: Path, found: Path, renamed: tuple[str, str] = ("", "")) -> str:
    """How a report differs from that of one process, which is read with other paths; the report is removed."""
    texts = [path.read_text(encoding="utf-8") for path in (expected, found)]
    texts[1] = texts[1].replace(*renamed) if renamed[0] else texts[1]
    found.unlink()
    if texts[0] == texts[1]:
        return "the same bytes"
    one, other = (json.loads(each)["findings"] for each in texts)
    differing = sum(a != b for a, b in zip(one, other, strict=False)) + abs(len(one) - len(other))
    return f"{differing} rows differ" if differing else f"the same {len(one)} rows, another document"


def findings_of(report: Path) -> list[Any]:
    """The rows of a report."""
    findings: list[Any] = json.loads(report.read_text(encoding="utf-8"))["findings"]
    return findings


@contextmanager
def store(made: Path) -> Iterator[dict[str, str]]:
    """A local S3 with these files in a bucket; gives the environment in which it is found."""
    import fsspec
    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # a line for each request otherwise
    server: Any = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    environment = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1"}
    environment["AWS_ENDPOINT_URL"] = f"http://{host}:{port}"
    os.environ.update(environment)
    try:
        system = fsspec.filesystem("s3")
        system.mkdir(BUCKET)
        for path in sorted(made.iterdir()):
            system.pipe_file(f"{BUCKET}/{path.name}", path.read_bytes())
        yield environment
    finally:
        server.stop()
