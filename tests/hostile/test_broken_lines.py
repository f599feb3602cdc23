"""Lines that are no JSON: of a million the first are told, and the rest is counted as if each had been."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from batchlint import reports
from batchlint.cli import main
from batchlint.engine import Engine
from batchlint.options import Options
from batchlint.reports import ENOUGH, Look, enough_for, make_report
from batchlint.rules import all_rules
from batchlint.run import Run
from batchlint.sources import source_of_bytes
from tests.hostile import line, request

BROKEN = [
    *(
        b"x",
        b"word and word",
        b"\xff",
        b"x\xff",
        b"\xe9t\xe9",
        b"caf\xc3\xa9",
        b"}",
        b"]",
        b",",
        b"x,",
        b"'a'",
        b"# a",
        b"\\",
    ),
    *(
        b"\x00",
        b"\x0b",
        b"x \t",
        b"x\r",
        b'{"a":',
        b'{"a":\r',
        b"[",
        b'"abc',
        b'a "b',
        b"{'a': 1}",
        b"tru",
        b"nul",
        b"-",
        b"+1",
    ),
    *(
        b"2026-11-20 10:00:00 INFO x",
        b"1 2",
        b"{} {}",
        b"{},",
        b'{"a": 1, "a": 1',
        b'{"\\ud800": x',
        b"\xef\xbb\xbfx",
        b"NaN",
    ),
]
OTHER = [b"", b" ", b"\t\r", b"  x", b"\t}", b"1", b"{}", b"null", line(request("a")), line(request("b", stream=True))]
FEW = 25
"""More than any report for people names of a kind."""
FOR_PEOPLE = ("full", "github", "markdown")


def ran(
    data: bytes, enough: int | None, formats: tuple[str, ...] = FOR_PEOPLE
) -> tuple[dict[str, str], dict[str, Any]]:
    """What each format says of the file, and what is counted."""
    streams = {name: io.StringIO() for name in formats}
    made = [make_report(name, stream, Look(max_findings=5), None) for name, stream in streams.items()]
    engine = Engine(Options(), list(all_rules().values()))
    run = Run(lambda path: None, made)  # type: ignore[arg-type, return-value]
    with source_of_bytes(data) as source:
        from batchlint.reports.locate import Locator

        source.enough = enough
        locator = Locator(source)
        for finding in engine.check(source, run._at_end):
            run.tally.add(finding)
            run._report(finding, locator)
    run.close()
    return {name: stream.getvalue() for name, stream in streams.items()}, vars(run.tally)


runs = st.tuples(st.sampled_from(BROKEN), st.integers(1, 40)).map(lambda run: [run[0]] * run[1])
mixed = st.lists(st.sampled_from(BROKEN), min_size=20, max_size=60)
files = st.lists(runs | mixed | st.lists(st.sampled_from(OTHER), max_size=3), max_size=6)


@settings(max_examples=150)
@given(files, st.sampled_from([b"\n", b"\r\n"]), st.booleans())
@example([[b"x"] * 60, [b"\xff"] * 60, [b'{"a":'] * 60], b"\n", True)
@example([[b'{"a": 1, "a": 1'] * 29], b"\n", False)
@example([[b"x"] * 60, [b"  x"], [b"x"] * 3], b"\n", False)
@example([[b'"abc'] * 61, [b'"'], [b'"abc'] * 2], b"\n", False)
def test_what_is_counted_is_what_would_be_told(pieces: list[list[bytes]], end: bytes, last: bool) -> None:
    data = end.join(each for piece in pieces for each in piece) + (end if last else b"")
    told, all_counts = ran(data, None)
    counted, counts = ran(data, FEW)
    for each in (all_counts, counts):
        del each["_last_failing"]
    assert counts == all_counts
    for name in FOR_PEOPLE:
        assert counted[name] == told[name]


@pytest.mark.parametrize("name", ["sarif", "junit"])
def test_what_has_no_place_is_counted(name: str) -> None:
    data = b"x\n" * 27_000 + b"\xff\n"
    (told, _), (counted, _) = (ran(data, enough, (name,)) for enough in (None, ENOUGH[name]))
    assert counted[name] == told[name]
    assert "7,00" in told[name]


@pytest.mark.parametrize("name", reports.FORMATS)
def test_formats_that_name_every_finding_get_every_one(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (enough_for([name]) is None) == (name not in ENOUGH)
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"x\n" * 1_500)
    assert main(["--no-config", "--no-progress", "--format", name, str(path)]) == 1
    said = capsys.readouterr().out
    if name not in (*ENOUGH, "html"):  # the page groups them, at their places in the file
        assert said.count("invalid-json") >= 1_500


def test_of_several_formats_the_one_that_names_most_decides() -> None:
    assert enough_for(["full", "json"]) is None
    assert enough_for(["full", "sarif"]) == ENOUGH["sarif"]


def test_processes_side_by_side_count_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"".join(b"x%d y\n\n" % number for number in range(200_000)) + line(request()) + b"\n\xff\n")
    said = []
    for jobs in ("1", "2"):
        with mock.patch("batchlint.engine.parallel.parts.PART", 500_000):
            assert main(["--no-config", "--no-progress", "--jobs", jobs, str(path)]) == 1
        said.append(capsys.readouterr())
    assert said[0] == said[1]
    assert "200,003 errors" in said[0].out


def test_a_baseline_counts_each(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, baseline = tmp_path / "a.jsonl", tmp_path / "baseline.json"
    path.write_bytes(b"x\n" * 2_000)
    arguments = ["--no-config", "--baseline", str(baseline), str(path)]
    assert main(["baseline", "write", *arguments]) == 0
    path.write_bytes(b"x\n" * 2_500)
    assert main(["--no-progress", *arguments]) == 1
    assert "500 errors" in capsys.readouterr().out


@pytest.mark.parametrize("count", [1, 2, 3, 1_000])
@pytest.mark.parametrize("blank", [b"\n", b" \n", b"\t\r\n"])
def test_blank_lines_are_one_run(count: int, blank: bytes) -> None:
    first, second = line(request("a")), line(request("b", stream=True))
    with source_of_bytes(first + b"\n" + blank * count + second) as source:
        found = list(Engine(Options(), list(all_rules().values())).check(source))
    (blanks,) = [each.irregularity for each in found if each.rule.name == "blank-line"]
    assert blanks is not None
    assert blanks.detail == ("a blank line" if count == 1 else f"{count:,} blank lines")
    (stream,) = [each.item for each in found if each.rule.name == "stream-in-batch"]
    assert stream is not None
    assert stream.line == count + 2
