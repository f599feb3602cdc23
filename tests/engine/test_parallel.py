"""Checks that are shared out find what one process finds, to the byte, whatever the files are and whatever happens."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from batchlint.batch import Batch
from batchlint.cli.check import main
from batchlint.engine import Engine
from batchlint.engine.parallel import parts, sharing, workers
from batchlint.engine.parallel.parts import CheckedPart, FilePart
from batchlint.engine.parallel.sharing import SharedChecks, shares_of
from batchlint.engine.parallel.workers import Share, Workers
from batchlint.finding import LocatedFinding
from batchlint.reports.locate import Locator
from batchlint.rules import all_rules
from batchlint.sources import open_source
from batchlint.sources.progress import Progress
from tests.engine.ways import FIXTURES, OPTIONS, plain_lines, short_way
from tests.strategies.files import files

Answer = tuple[FilePart, CheckedPart | None]


class HereAndNow(Workers):
    """Workers that are no processes: each share is checked by an engine of its own, when it is asked for."""

    def __init__(self) -> None:
        self.lost = 0

    def checked(self, shares: Iterable[Share]) -> Iterator[Answer]:
        for share in shares:
            yield share.part, workers.check(share, Engine(OPTIONS, all_rules().values()))


def found(paths: list[str], shared: bool) -> tuple[list[LocatedFinding], list[Batch]]:
    """What is found in files, by one process or shared out."""
    engine = Engine(OPTIONS, all_rules().values())
    checks = SharedChecks(HereAndNow().checked(shares_of(paths, lambda path: 0)), Progress(wanted=False))
    all_found: list[LocatedFinding] = []
    batches: list[Batch] = []

    def take(batch: Batch) -> None:
        batches.append(batch._replace(options=OPTIONS))  # those of a platform are made by each engine

    for path in paths:
        with open_source(path) as source:
            locator = Locator(source)
            findings = checks.check(source, engine, take) if shared else engine.check(source, take)
            all_found += [locator.locate(finding, with_frame=False) for finding in findings]
    return all_found, batches


def assert_the_same(folder: Path, contents: list[bytes], piece: int = 300) -> None:
    paths = []
    for number, content in enumerate(contents):
        path = folder / f"{number}.jsonl"
        path.write_bytes(content)
        paths.append(str(path))
    expected = found(paths, shared=False)
    with (
        mock.patch.object(parts, "PART", piece),
        mock.patch.object(sharing, "LEAST_SHARED", 1),
    ):
        assert found(paths, shared=True) == expected
        with short_way():
            assert found(paths, shared=True) == expected


@settings(max_examples=50)
@given(st.lists(files(), min_size=1, max_size=3), st.sampled_from([40, 300, 2_000]))
def test_files_of_a_program(tmp_path_factory: pytest.TempPathFactory, contents: list[bytes], piece: int) -> None:
    assert_the_same(tmp_path_factory.mktemp("shared"), contents, piece)


LINES = plain_lines(24)


@pytest.mark.parametrize(
    "content",
    [
        b"\n".join(LINES),
        b"\n".join(LINES) + b"\n\n",
        b"\n\n" + b"\n".join(LINES),
        b"\n".join([*LINES[:12], b"", b" \t", *LINES[12:]]),
        b"\r\n".join(LINES),
        b"\n".join([*LINES[:12], b"{broken", *LINES[12:]]),
        b"\n".join([*LINES[:12], LINES[0] + b" " + LINES[1], *LINES[12:]]),
        b",\n".join(LINES),
        b"\n".join([*LINES[:12], json.dumps(json.loads(LINES[0]), indent=1).encode(), *LINES[12:]]),
        b"\xef\xbb\xbf" + b"\n".join(LINES),
        b"\n".join([*LINES[:12], b"\xef\xbb\xbf" + LINES[3], *LINES[12:]]),
        b"\n".join([*LINES, *LINES]),
        b"\n".join([LINES[0]] * 9),
        b"\n".join([*LINES, LINES[3].replace(b'"max_tokens": 10', b'"max_tokens": "10"'), LINES[3]]),
        b"[" + b",\n".join([*LINES, *LINES]) + b"]",
        b"",
        b"\n\n",
        b"\xff\xfe\x00",
    ],
    ids=map(str, range(18)),
)
def test_lines_of_all_kinds(tmp_path: Path, content: bytes) -> None:
    assert_the_same(tmp_path, [content])
    assert_the_same(tmp_path, [b"\n".join(LINES[:5]), content, b"\n".join(LINES[3:7])])


def test_the_fixtures_of_all_rules_as_one_run(tmp_path: Path) -> None:
    contents = [path.read_bytes() for path in FIXTURES if path.stat().st_size < 50_000]
    assert_the_same(tmp_path, contents, piece=2_000)


def written(folder: Path, count: int = 400) -> Path:
    """A file in which something is wrong with some requests, and some ids come twice."""
    lines = plain_lines(count)
    for number in range(0, count, 7):
        lines[number] = lines[number].replace(b'"max_tokens"', b'"max_token"')
    lines[count // 2] = lines[3]
    lines[-1] = lines[3]
    path = folder / "requests.jsonl"
    path.write_bytes(b"\n".join(lines))
    return path


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "PART", 2_000)
    monkeypatch.setattr(sharing, "LEAST_SHARED", 1)


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(["--no-config", "--as-of", "2026-11-23", *arguments])
    return status, *capsys.readouterr()


@pytest.mark.usefixtures("small_pieces")
@pytest.mark.parametrize("form", ["full", "json", "sarif", "github", "junit", "markdown"])
def test_the_output_is_the_same_for_any_number_of_processes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    path = str(written(tmp_path))
    expected = printed(capsys, "--format", form, "--jobs", "1", path)
    assert expected[0] == 1
    for jobs in ("2", "3"):
        assert printed(capsys, "--format", form, "--jobs", jobs, path) == expected


@pytest.mark.usefixtures("small_pieces")
def test_a_process_that_dies_costs_no_finding(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = str(written(tmp_path))
    status, out, _ = printed(capsys, "--jobs", "1", path)
    check = workers.check

    def deadly(share: Share, engine: Engine) -> CheckedPart | None:
        if share.part.start > 20_000:
            os._exit(9)
        return check(share, engine)

    monkeypatch.setattr(workers, "check", deadly)
    assert printed(capsys, "--jobs", "2", path) == (
        status,
        out,
        "batchlint: a process ended before its work was done; what it had was checked without it\n",
    )


@pytest.mark.usefixtures("small_pieces")
def test_a_bug_in_a_process_is_reported_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(share: Share, engine: Engine) -> CheckedPart | None:
        raise ZeroDivisionError

    monkeypatch.setattr(workers, "check", wrong)
    with pytest.raises(ZeroDivisionError):
        main(["--no-config", "--jobs", "2", str(written(tmp_path))])


@pytest.mark.parametrize("jobs", ["0", "-1", "two", "1000", "١"])
def test_a_wrong_number_of_processes(jobs: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "batchlint", "--jobs", jobs, "x.jsonl"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "is not a number of processes" in done.stderr


def test_standard_input_is_read_by_one_process(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    data = written(tmp_path).read_bytes()
    outputs = []
    for jobs in ("1", "2"):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
        outputs.append(printed(capsys, "--jobs", jobs, "-"))
    assert outputs[0] == outputs[1]


@pytest.mark.skipif(not Path("/proc").exists(), reason="looks at the processes of the system")
def test_an_interrupt_ends_all_processes(tmp_path: Path) -> None:
    path = tmp_path / "requests.jsonl"
    path.write_bytes(b"\n".join(plain_lines(20)) + b"\n")
    with path.open("ab") as file:
        file.writelines(
            line.replace(b'"a', b'"%d-' % number) + b"\n" for number in range(4000) for line in plain_lines(20)
        )
    # Where the tests run in the background, Ctrl-C is ignored, and what they start would inherit that.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(
        [sys.executable, "-m", "batchlint", "--no-config", "--jobs", "2", str(path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    signal.signal(signal.SIGINT, before)
    children = wait_for_children(process.pid)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (130, b"", b"")
    assert not any(Path(f"/proc/{child}").exists() for child in children)


def wait_for_children(pid: int) -> list[str]:
    """The ids of the processes that this one has started, once there are some."""
    place = Path(f"/proc/{pid}/task/{pid}/children")
    for _ in range(1000):
        children = place.read_text(encoding="ascii").split()
        if len(children) == 2:
            return children
        time.sleep(0.005)
    raise AssertionError("no processes were started")
