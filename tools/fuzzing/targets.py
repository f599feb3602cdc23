"""What is fuzzed: each target takes bytes, and raises where something does not hold."""

from __future__ import annotations

import contextlib
import datetime
import io
import json
import os
import re
import shutil
import tempfile
import zlib
from base64 import b64encode
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from batchlint.cli import main
from batchlint.engine import Engine
from batchlint.fixing.passes import MOST_PASSES, fixed
from batchlint.json_schema.example_check import ExampleCheck
from batchlint.json_schema.metaschema import metaschema_violations
from batchlint.json_schema.stepwise import TooComplexError
from batchlint.media.base64_flaws import flaw_of, standard_base64
from batchlint.media.headers import sniff
from batchlint.media.pdf import pdf_pages, pdf_text
from batchlint.options import Options
from batchlint.reports import FORMATS, Look, make_report
from batchlint.reports.tally import Tally
from batchlint.rules import all_rules
from batchlint.sources import Source, source_of_bytes
from batchlint.sources.decode import decode
from batchlint.sources.item import UNREADABLE, Item
from fuzzing import oracles
from fuzzing.oracles import Broken

OPTIONS: Final = Options(as_of=datetime.date(2026, 11, 23))
"""A fixed day, so that what was found once is found again."""
SEPARATOR: Final = b"\n\x00\n"
"""Stands between two files in one input."""
PIECES: Final = (40, 300, 2_000)
"""Bytes of a part, where parts of a file are checked apart."""
MOST_PAGES: Final = 10_000
REQUEST: Final = (
    b'{"custom_id":"a","params":{"model":"claude-opus-4-8","max_tokens":5,"messages":[{"role":"user","content":"hi"}]}}'
)
_custom_id = re.compile(rb'("custom_id"\s*:\s*"[A-Za-z0-9_-]{1,50})"')


def sources(data: bytes) -> None:
    """Files of requests: reading, judging, places, every container, and parts that are checked apart."""
    found = oracles.check(data, OPTIONS)
    located = [each for _, each in found]
    oracles.places_name_their_values(data, found)
    oracles.json_is_taken(data, located)
    oracles.containers_agree(data, OPTIONS)
    oracles.jobs_agree(data, OPTIONS, PIECES[zlib.crc32(data) % len(PIECES)])
    if not zlib.crc32(data) % 8:
        _every_format(data)


def scanner(data: bytes) -> None:
    """Large files: requests that are like others, by the usual schema and by the compiled scanner."""
    oracles.short_ways_agree(data, OPTIONS)
    copies = [_custom_id.sub(rb'\1-%d"' % number, data) for number in range(3)]
    oracles.short_ways_agree(b"\n".join(copies), OPTIONS)


def media(data: bytes) -> None:
    """Images and PDFs, by their bytes; and base64 that is none."""
    text = b64encode(data).decode("ascii")
    sniff(text)
    pages = pdf_pages(text)
    if pages is not None and not 0 <= pages.number <= MOST_PAGES:
        raise Broken(f"{pages.number} pages")
    if pdf_text(text).characters < 0:
        raise Broken("less than no text")
    loose = data.decode("latin-1")
    flaw = flaw_of(loose)
    if flaw is not None:
        standard_base64(loose, flaw)
    for read in (sniff, pdf_pages, pdf_text):
        read(loose)


def schemas(data: bytes) -> None:
    """JSON Schemas of tools, and examples for them."""
    schema, _, example = data.partition(SEPARATOR)
    value, instance = decode(schema).value, decode(example or b"null").value
    if value is UNREADABLE or instance is UNREADABLE:
        return
    problems = list(metaschema_violations(value))
    if isinstance(value, (dict, bool)) and not problems:
        with contextlib.suppress(TooComplexError):
            ExampleCheck(value).first_mismatch(instance)
    params = {"model": "claude-opus-4-8", "max_tokens": 5, "messages": [{"role": "user", "content": "hi"}]}
    tool = {"name": "f", "input_schema": value, "input_examples": [instance]}
    answer = {"format": {"type": "json_schema", "schema": value}}
    for more in ({"tools": [tool]}, {"output_config": answer}):
        line = json.dumps({"custom_id": "a", "params": {**params, **more}}).encode()
        oracles.places_name_their_values(line, oracles.check(line, OPTIONS))


def results(data: bytes) -> None:
    """Rows that came back, for the requests that were sent: every format, and what is made of them."""
    rows, _, sent = data.partition(SEPARATOR)
    with _folder() as folder:
        came, source = folder / "came.jsonl", folder / "sent.jsonl"
        came.write_bytes(rows)
        source.write_bytes(sent or REQUEST)
        for name in ("full", "json", "csv", "markdown"):
            printed = _ran("results", "--no-config", "--format", name, str(came), "--source", str(source))
            if name == "json" and printed:
                json.loads(printed)
        for command in ("retry", "merge"):
            extra = ["--no-config"] if command == "retry" else []
            output = folder / f"{command}.jsonl"
            _ran(command, str(came), "--source", str(source), "-o", str(output), *extra)
            if command == "retry" and output.exists():
                _only_lines_of(output, source)


def configuration(data: bytes) -> None:
    """Configurations, baselines, and the files that batchlint writes for itself and reads again."""
    kind, body = data[:1], data[1:]
    with _folder() as folder:
        batch = folder / "batch.jsonl"
        batch.write_bytes(REQUEST)
        name, arguments = _FILES[kind[0] % len(_FILES) if kind else 0]
        path = folder / name
        path.write_bytes(body)
        places = {"FILE": str(path), "BATCH": str(batch), "OUT": str(folder / "out.jsonl")}
        _ran(*(places.get(each, each) for each in arguments))


_FILES: Final = (
    (".batchlint.yaml", ("check", "--config", "FILE", "BATCH")),
    ("pyproject.toml", ("check", "--config", "FILE", "BATCH")),
    ("baseline.json", ("check", "--no-config", "--baseline", "FILE", "BATCH")),
    ("baseline.json", ("baseline", "check", "--no-config", "--baseline", "FILE", "BATCH")),
    ("map.jsonl", ("ids", "restore", "BATCH", "--map", "FILE", "-o", "OUT")),
    ("ledger.jsonl", ("log", "--ledger", "FILE")),
    ("one.shard", ("join", "FILE")),
    ("batch.json", ("results", "BATCH", "--source", "BATCH", "--no-config", "--batch", "FILE")),
)
"""The files by the first byte of an input, each with the command that reads it."""


def fix(data: bytes) -> None:
    """What is mended: nothing is lost, no error is added, and a second time there is nothing more to do."""
    for unsafe in (False, True):
        with source_of_bytes(data) as source:
            done = fixed(source, _Linter(), unsafe=unsafe)
            try:
                after = done.source.read(0, done.source.size)
            finally:
                if done.source is not source:
                    done.source.close()
        if after == data:
            continue
        is_taken_apart = "batch-in-a-line" in done.rules  # what stands in it is judged only then
        if sum(done.left_errors.values()) > sum(done.first_errors.values()) and not is_taken_apart:
            raise Broken(f"more errors than before: {done.first_errors} -> {done.left_errors}")
        had, has = _requests(data), _requests(after)
        if had is not None and (has is None or has < had):
            raise Broken(f"{has} requests where there were {had}")
        with source_of_bytes(after) as source:
            again = fixed(source, _Linter(), unsafe=unsafe)
            changed = again.source is not source
            if changed:
                again.source.close()
        if changed and sum(done.rules.values()) < MOST_PASSES:
            raise Broken(f"fixed once more: {again.rules}")


class _Linter:
    """Finds all that the rules find."""

    def of_file(self, source: Source) -> Iterator[Any]:
        return Engine(OPTIONS, all_rules().values()).check(source)

    def of_item(self, raw: bytes) -> Iterator[Any]:
        rules = [rule for rule in all_rules().values() if "repeated-id" not in rule.triggers]
        with source_of_bytes(raw) as source:
            yield from Engine(OPTIONS, rules).check(source)


TARGETS: Final[dict[str, Callable[[bytes], None]]] = {
    each.__name__: each for each in (sources, scanner, media, schemas, results, configuration, fix)
}


def _requests(data: bytes) -> int | None:
    """Objects among the items of a file; None where one is broken: what is around it is read in different ways then."""
    with source_of_bytes(data) as source:
        values = [each.value for each in source if isinstance(each, Item)]
    return None if UNREADABLE in values else sum(isinstance(value, dict) for value in values)


def _every_format(data: bytes) -> None:
    """Every report takes what is found, and what is to be read by a program is JSON."""
    for name in FORMATS:
        stream, tally = io.StringIO(), Tally()
        report = make_report(name, stream, Look(), None)
        for finding, located in oracles.check(data, OPTIONS):
            tally.add(finding)
            if report.wants(finding):
                report.finding(located)
            else:
                report.more(finding)
        report.close(tally)
        if name in ("json", "sarif", "gitlab", "rdjson"):
            json.loads(stream.getvalue())
        if "\x1b" in stream.getvalue() or "##[" in stream.getvalue():
            raise Broken(f"{name} holds a command for a terminal or a log")


def _only_lines_of(output: Path, source: Path) -> None:
    """Each line that is sent again is the very bytes of one that was sent."""
    with source_of_bytes(source.read_bytes()) as sent, source_of_bytes(output.read_bytes()) as again:
        known = {item.raw for item in sent if isinstance(item, Item)}
        if any(item.raw not in known for item in again if isinstance(item, Item)):
            raise Broken("a request is sent again that was not sent")


def _ran(*arguments: str) -> str:
    """Standard output of a command, run in this process; a bug raises."""
    out, error = io.TextIOWrapper(io.BytesIO(), encoding="utf-8"), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(error):
        status = main(arguments)
        out.flush()
    if status not in range(4):
        raise Broken(f"{arguments[0]}: exit code {status}")
    return out.buffer.getvalue().decode("utf-8")


@contextlib.contextmanager
def _folder() -> Iterator[Path]:
    """A folder for one input that nobody else reads, in memory where there is such a place; the working folder too."""
    memory = Path("/dev/shm")  # nosec B108
    place = tempfile.mkdtemp(prefix="fuzz-", dir=memory if memory.is_dir() else None)
    before = Path.cwd()
    os.chdir(place)
    try:
        yield Path(place)
    finally:
        os.chdir(before)
        shutil.rmtree(place)
