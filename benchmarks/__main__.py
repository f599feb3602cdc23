"""`python -m benchmarks`: what batchlint costs beside a bare parse loop and other checkers, in one run.

Each command runs as a process of its own, in turn with the others, several rounds; the numbers are medians of CPU time
(user and system) and of peak memory. The corpora are seeded and written to a folder of your choice.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.corpora import CORPORA, written
from benchmarks.costs import lint, medians
from benchmarks.habits import HABITS
from benchmarks.scale_out import ids_rows, ways_rows

LOOP = "import sys, orjson\nfor line in open(sys.argv[1], 'rb'): orjson.loads(line)"
JSONSCHEMA_LOOP = (
    "import sys, json, jsonschema\n"
    "validator = jsonschema.Draft202012Validator(json.load(open(sys.argv[2])))\n"
    "for line in open(sys.argv[1], 'rb'): list(validator.iter_errors(json.loads(line)))"
)
SLOW_SCALE = 0.05
"""What needs half a minute on a whole file is measured on a part, and the loop beside it on the same part."""
TOKENISED_SCALE = 0.2
STATISTICS_SCALE = 0.24
TOKENISING = """
import sys, orjson
from batchlint.tokens.ranks import encoding
def tokenise(value, encode=encoding().encode_ordinary):
    if isinstance(value, str):
        encode(value)
    elif isinstance(value, dict):
        tokenise(list(value.values()))
    elif isinstance(value, list):
        for each in value:
            tokenise(each)
for line in open(sys.argv[1], "rb"):
    params = orjson.loads(line)["params"]
    tokenise([params.get(name) for name in ("tools", "system", "messages")])
"""


def loop(path: Path) -> list[str]:
    """The command that parses each line of a file, and does nothing else."""
    return [sys.executable, "-c", LOOP, str(path)]


def ways() -> dict[str, dict[str, str]]:
    """The ways that batchlint has here, each with the environment that chooses it."""
    from batchlint.engine.native import state

    without = {"without the scanner": {"BATCHLINT_NATIVE": "0"}}
    return {"with the scanner": {}, **without} if state().library is not None else without


def habits_rows(folder: Path, rounds: int, scale: float) -> Iterator[str]:
    """Batches as different programs write them, against a bare orjson loop over the same lines."""
    yield from ratio_rows(folder, rounds, scale, [*HABITS, "mixed-ASCII"])


def corpora_rows(folder: Path, rounds: int, scale: float) -> Iterator[str]:
    """Batches with long texts, files, and many turns, and the same requests again and again but for their texts."""
    yield from ratio_rows(
        folder, rounds, scale, [name for name in CORPORA if name not in HABITS and "mixed" not in name]
    )


def recorded_rows(folder: Path, rounds: int, recorded: Path) -> Iterator[str]:
    """Recorded requests: every file of a folder."""
    yield "| file | way | orjson loop, s | batchlint, s | ratio | peak memory, MB |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for path in sorted(recorded.glob("*.jsonl")):
        yield from ratios(path.stem, path, path, rounds)


def ratio_rows(folder: Path, rounds: int, scale: float, names: list[str]) -> Iterator[str]:
    """Corpora in both containers, by each way."""
    yield "| corpus | container, way | orjson loop, s | batchlint, s | ratio | peak memory, MB |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for name in names:
        lines = written(folder, name, "jsonl", scale)
        for container in ("jsonl", "envelope"):
            yield from ratios(name, lines, written(folder, name, container, scale), rounds, f"{container}, ")


def ratios(name: str, lines: Path, path: Path, rounds: int, container: str = "") -> Iterator[str]:
    """A row for each way in which a file is linted."""
    options = ["--max-tokens-per-request", "200000"] if name == "long" else []
    commands = {way: lint(path, *options) for way in ways()}
    costs = medians({"loop": loop(lines), **commands}, rounds, ways())
    for way in commands:
        ours, theirs = costs[way], costs["loop"]
        numbers = f"{theirs.cpu:.2f} | {ours.cpu:.2f} | {ours.cpu / theirs.cpu:.2f} | {ours.memory:.0f}"
        yield f"| {name} | {container}{way} | {numbers} |"


def broken_rows(folder: Path, rounds: int, scale: float) -> Iterator[str]:
    """Requests with a mistake against the same requests without."""
    yield "| corpus | batchlint, s | to the clean one | peak memory, MB |"
    yield "| --- | --- | --- | --- |"
    names = ("mixed", "mixed-1-percent-broken", "mixed-all-broken")
    costs = medians({name: lint(written(folder, name, "jsonl", scale)) for name in names}, rounds)
    for name, cost in costs.items():
        yield f"| {name} | {cost.cpu:.2f} | {cost.cpu / costs['mixed'].cpu:.2f} | {cost.memory:.0f} |"


def jobs_rows(folder: Path, rounds: int, scale: float) -> Iterator[str]:
    """One process against two, by the clock."""
    yield "| container | processes | wall, s | CPU, s | peak memory of one, MB |"
    yield "| --- | --- | --- | --- | --- |"
    paths = {container: written(folder, "mixed", container, scale) for container in ("jsonl", "envelope")}
    commands = {f"{name} | {jobs}": lint(path, "--jobs", jobs) for name, path in paths.items() for jobs in ("1", "2")}
    costs = medians(commands, rounds)
    for jobs, cost in costs.items():
        yield f"| {jobs} | {cost.wall:.2f} | {cost.cpu:.2f} | {cost.memory:.0f} |"


def tokenised_rows(folder: Path, rounds: int, scale: float) -> Iterator[str]:
    """Long documents whose tokens must be counted, since neither bytes nor characters settle the limit."""
    yield "| corpus | MB | batchlint, s | MB/s | peak memory, MB |"
    yield "| --- | --- | --- | --- | --- |"
    path = written(folder, "long", "jsonl", scale * TOKENISED_SCALE)
    cost = medians({"lint": lint(path)}, rounds)["lint"]
    size = path.stat().st_size / 1e6
    yield f"| long | {size:.0f} | {cost.cpu:.2f} | {size / cost.cpu:.0f} | {cost.memory:.0f} |"


def statistics_rows(folder: Path, rounds: int, scale: float) -> Iterator[str]:
    """`batchlint stats` on a quarter of a full batch, beside tokenising all of its strings, and nothing else."""
    yield "| what | MB | wall, s | CPU, s | CPU to tokenising | peak memory, MB |"
    yield "| --- | --- | --- | --- | --- | --- |"
    path = written(folder, "mixed", "jsonl", scale * STATISTICS_SCALE)
    stats = [sys.executable, "-m", "batchlint", "stats", "--no-progress"]
    costs = medians(
        {
            "tokenising": [sys.executable, "-c", TOKENISING, str(path)],
            "stats --jobs 1": [*stats, "--jobs", "1", str(path)],
            "stats --jobs 2": [*stats, "--jobs", "2", str(path)],
            "check": lint(path),
        },
        rounds,
    )
    size, least = path.stat().st_size / 1e6, costs["tokenising"].cpu
    for name, cost in costs.items():
        numbers = f"{size:.0f} | {cost.wall:.2f} | {cost.cpu:.2f} | {cost.cpu / least:.1f} | {cost.memory:.0f}"
        yield f"| {name} | {numbers} |"


def shards_rows(folder: Path, rounds: int, scale: float) -> Iterator[str]:
    """A folder of many files against one file with all their lines."""
    one = written(folder, "medium", "jsonl", scale * SLOW_SCALE)
    shards = folder / f"shards-{scale:g}"
    shards.mkdir(exist_ok=True)
    with one.open("rb") as file:
        for count, line in enumerate(file, 1):
            (shards / f"requests-{count:05}.jsonl").write_bytes(line)
    costs = medians({f"{count:,} files": lint(shards), "one file": lint(one)}, rounds)
    yield "| input | wall, s | CPU, s | peak memory, MB |"
    yield "| --- | --- | --- | --- |"
    for name, cost in costs.items():
        yield f"| {name} | {cost.wall:.2f} | {cost.cpu:.2f} | {cost.memory:.0f} |"


def rivals_rows(folder: Path, rounds: int, scale: float) -> Iterator[str]:
    """Other tools on a part of the medium corpus."""
    yield from rivals(folder, rounds, scale * SLOW_SCALE)


def whole_rivals_rows(folder: Path, rounds: int, scale: float) -> Iterator[str]:
    """The same on the whole of it, each once."""
    yield from rivals(folder, 1, scale)


def rivals(folder: Path, rounds: int, scale: float) -> Iterator[str]:
    """Other tools on the medium corpus."""
    yield "| tool | CPU, s | ratio to batchlint | peak memory, MB |"
    yield "| --- | --- | --- | --- |"
    lines = written(folder, "medium", "jsonl", scale)
    envelope = written(folder, "medium", "envelope", scale)
    schema = Path(__file__).parent.parent / "schemas" / "batch-request-2023-06-01.schema.json"
    of_list = folder / "envelope.schema.json"
    of_list.write_text(envelope_schema(schema.read_text(encoding="utf-8")), encoding="utf-8")
    commands = {
        "batchlint, envelope": lint(envelope),
        "batchlint, line-JSON": lint(lines),
        "jsonschema in a loop, line-JSON": [sys.executable, "-c", JSONSCHEMA_LOOP, str(lines), str(schema)],
    }
    beside_python = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
    if check_jsonschema := shutil.which("check-jsonschema", path=beside_python):
        commands["check-jsonschema, envelope"] = [check_jsonschema, "--schemafile", str(of_list), str(envelope)]
    if shutil.which("jq"):
        commands["jq -c ., line-JSON (syntax only)"] = ["jq", "-c", ".", str(lines)]
    costs = medians(commands, rounds)
    ours = costs["batchlint, envelope"].cpu
    for name, cost in costs.items():
        yield f"| {name} | {cost.cpu:.2f} | {cost.cpu / ours:.1f} | {cost.memory:.0f} |"


def envelope_schema(item: str) -> str:
    """The bundled schema of an item as the schema of a whole body."""
    import json

    schema = json.loads(item)
    definitions = schema.pop("$defs")
    items = {key: value for key, value in schema.items() if key not in ("$schema", "$id")}
    body = {"type": "object", "required": ["requests"], "properties": {"requests": {"type": "array", "items": items}}}
    return json.dumps({"$schema": schema["$schema"], **body, "$defs": definitions})


def start_up_rows(folder: Path, rounds: int, scale: float) -> Iterator[str]:
    """A file of two requests, and one with a mistake, against an interpreter that does nothing."""
    path = written(folder, "medium", "jsonl", 0.00002)
    broken = written(folder, "all-broken", "jsonl", 0.00002)
    plain = [sys.executable, "-m", "batchlint"]
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "batchlint FILE": [*plain, str(path)],
        "batchlint with options": lint(path),
        "batchlint, mistakes": [*plain, str(broken)],
    }
    costs = medians(commands, rounds * 5)
    yield "| command | wall, ms | ratio |"
    yield "| --- | --- | --- |"
    for name, cost in costs.items():
        yield f"| {name} | {cost.wall * 1000:.0f} | {cost.wall / costs['python -c pass'].wall:.1f} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir(), "batchlint-corpora"))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--rivals", action="store_true", help="measure other tools on a whole batch too, which takes long"
    )
    parser.add_argument("--recorded", type=Path, help="a folder of JSONL files with recorded requests")
    parser.add_argument("--scale", type=float, default=1, help="part of each corpus that is made (default: all of it)")
    parser.add_argument(
        "--scale-out", action="store_true", help="40 files on many processes instead: shards, Spark, S3"
    )
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    tables: list[tuple[str, Callable[[Path, int, float], Iterator[str]]]] = [
        ("By the habits of programs", habits_rows),
        ("Long texts, files, many turns", corpora_rows),
        ("With mistakes", broken_rows),
        ("Two processes", jobs_rows),
        ("Counting tokens", tokenised_rows),
        ("Statistics", statistics_rows),
        ("Many files", shards_rows),
        ("Beside other tools", rivals_rows),
        ("A small file", start_up_rows),
    ]
    if options.rivals:
        tables.append(("Beside other tools, the whole batch", whole_rivals_rows))
    if options.recorded:
        recorded = options.recorded
        tables.append(("Recorded requests", lambda folder, rounds, scale: recorded_rows(folder, rounds, recorded)))
    if options.scale_out:
        tables = [("40 files, 500 findings", ways_rows), ("Memory for ids", ids_rows)]
    for title, rows in tables:
        print(f"\n## {title}\n\n{rows.__doc__ or ''}\n", flush=True)
        for row in rows(options.folder, options.rounds, options.scale):
            print(row, flush=True)


if __name__ == "__main__":
    main()
