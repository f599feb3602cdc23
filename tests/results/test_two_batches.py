"""Several batches: a fixed request takes the place of the first, two batches are never blended."""

from __future__ import annotations

import json
from array import array
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from batchlint.cli import main
from batchlint.results.versions import RequestPlace, Versions, senders
from tests.results.made import TODAY, Json, answer, ended, error, refusal, request, written
from tests.unwrapped import unwrapped

COMMANDS = ["results", "retry", "merge"]


class Case:
    """A folder of sources and results, and calls in it."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capsys = capsys

    def sent(self, name: str, *values: Json) -> None:
        written(self.folder, name, *values)

    def run(self, command: str, results: str, sources: str, *options: str) -> tuple[int, str, str]:
        """The status of a command over files of this folder, and what it wrote to both streams."""
        given = [str(self.folder / name) for name in results.split()]
        sent = [str(self.folder / name) for name in sources.split()]
        day = [] if command == "merge" else TODAY
        out = [] if command == "results" else ["-o", str(self.folder / f"{command}.jsonl")]
        status = main([command, *given, "--source", *sent, *out, *day, *options])
        return status, *self._capsys.readouterr()

    def document(self, results: str, sources: str) -> Json:
        _, out, err = self.run("results", results, sources, "--format", "json")
        assert err == ""
        document: Json = json.loads(out)
        return document

    def classes(self, results: str, sources: str) -> dict[str, str]:
        return {each["custom_id"]: each["class"] for each in self.document(results, sources)["requests"]}

    def names(self) -> set[str]:
        return {path.name for path in self.folder.iterdir()}


@pytest.fixture
def case(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Case:
    return Case(tmp_path, capsys)


def overloaded(custom_id: str) -> Json:
    return error(custom_id, "overloaded_error", "Overloaded")


def two_batches(case: Case) -> None:
    """Two batches with the row numbers as ids: the first was answered, of the second two requests failed."""
    case.sent("1", *(request(each, f"batch 1, question {each}") for each in "0123"))
    case.sent("2", *(request(each, f"batch 2, question {each}") for each in "0123"))
    case.sent("1.results", *(answer(each, id=f"msg_1{each}") for each in "0123"))
    case.sent("2.results", answer("0", id="msg_20"), overloaded("1"), ended("2", "expired"), answer("3", id="msg_23"))


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("results", "sources"),
    [
        ("1.results 2.results", "1 2"),
        ("2.results 1.results", "1 2"),
        ("2.results 1.results", "2 1"),
        ("1.results 2.results", "2 1"),
        ("1.results", "1 2"),
        ("1.results 1.results 2.results", "1 2"),
    ],
)
def test_two_batches_that_number_their_requests_alike_are_kept_apart(
    case: Case, command: str, results: str, sources: str
) -> None:
    two_batches(case)
    before = case.names()
    status, out, err = case.run(command, results, sources)
    assert status == 2
    assert out == ""
    assert "the same id for another request" in err
    assert "'0'" in err
    assert "each batch by a call of its own" in err
    assert case.names() == before


@pytest.mark.parametrize("command", COMMANDS)
def test_a_batch_that_was_answered_before_one_that_was_not(case: Case, command: str) -> None:
    two_batches(case)
    case.sent("2.results", *(ended(each, "expired") for each in "0123"))
    assert case.run(command, "1.results 2.results", "1 2")[0] == 2


@pytest.mark.parametrize("command", COMMANDS)
def test_one_id_in_common_is_enough(case: Case, command: str) -> None:
    case.sent("1", request("a"), request("b"))
    case.sent("2", request("b", "Other"), request("c"))
    case.sent("1.results", answer("a"), answer("b"))
    case.sent("2.results", ended("b", "expired"), answer("c"))
    status, _, err = case.run(command, "1.results 2.results", "1 2")
    assert status == 2
    assert "('b')" in err


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("second", [request("a", "Other"), request("a")])
def test_one_source_with_an_id_twice_is_two_batches(case: Case, command: str, second: Json) -> None:
    case.sent("1", request("a"), request("b"), second)
    case.sent("1.results", answer("a"), answer("b"))
    before = case.names()
    status, out, err = case.run(command, "1.results", "1")
    assert (status, out) == (2, "")
    assert "1 id twice ('a')" in err
    assert "a file for each batch" in err
    assert case.names() == before


def test_each_by_itself_is_right(case: Case) -> None:
    two_batches(case)
    assert case.classes("1.results", "1") == dict.fromkeys("0123", "ok")
    assert case.classes("2.results", "2") == {"0": "ok", "1": "retry", "2": "expired", "3": "ok"}


FIXED: list[tuple[str, list[Json], str]] = [
    ("refused", [refusal("a")], "ok"),
    ("expired", [ended("a", "expired")], "ok"),
    ("cut off", [answer("a", "max_tokens", id="msg_short")], "ok"),
    ("paused", [answer("a", "pause_turn", id="msg_paused")], "ok"),
    ("declined", [answer("a", "refusal", id="msg_declined")], "ok"),
    ("not in the results", [], "ok"),
]


@pytest.mark.parametrize(("why", "first", "expected"), FIXED)
def test_a_request_that_was_not_answered_is_fixed_under_its_id(
    case: Case, why: str, first: list[Json], expected: str
) -> None:
    case.sent("sent", request("a", stream=True), request("b"))
    case.sent("fixed", request("a"))
    case.sent("1.results", *first, answer("b"))
    case.sent("2.results", answer("a", id="msg_second"))
    assert case.classes("1.results 2.results", "sent fixed") == {"a": expected, "b": "ok"}, why
    for results in ("1.results 2.results", "2.results 1.results"):
        assert case.run("merge", results, "sent fixed")[0] == 0
        rows = [json.loads(line) for line in (case.folder / "merge.jsonl").read_bytes().splitlines()]
        assert rows == [answer("a", id="msg_second"), answer("b")]
        for path in case.folder.glob("merge*"):
            path.unlink()


def test_a_whole_batch_that_was_fixed(case: Case) -> None:
    """All failed alike, all were fixed: the order of the results says which came first."""
    case.sent("sent", *(request(each, max_token=5) for each in "abc"))
    case.sent("fixed", *map(request, "abc"))
    case.sent("1.results", *map(refusal, "abc"))
    case.sent("2.results", *map(answer, "abc"))
    assert case.classes("1.results 2.results", "sent fixed") == dict.fromkeys("abc", "ok")
    assert case.run("merge", "1.results 2.results", "sent fixed")[0] == 0
    status, _, err = case.run("results", "2.results", "sent fixed")
    assert status == 2
    assert "in the order in which the sources were sent" in err


def test_a_request_that_was_fixed_twice(case: Case) -> None:
    case.sent("sent", request("a", stream=True), request("b"))
    case.sent("fixed", request("a", max_token=5))
    case.sent("again", request("a"))
    case.sent("1.results", refusal("a"), answer("b"))
    case.sent("2.results", refusal("a", "max_token: Extra inputs are not permitted"))
    case.sent("3.results", answer("a"))
    assert case.classes("1.results 2.results 3.results", "sent fixed again") == dict.fromkeys("ab", "ok")
    assert case.classes("1.results 2.results", "sent fixed again") == {"a": "fix", "b": "ok"}


def test_attempts_in_one_results_file(case: Case) -> None:
    """Results that were appended to each other."""
    case.sent("sent", request("a", stream=True), request("b"))
    case.sent("fixed", request("a"))
    case.sent("results", refusal("a"), answer("b"), answer("a"))
    assert case.classes("results", "sent fixed") == dict.fromkeys("ab", "ok")
    case.sent("results", answer("a"), answer("b"), refusal("a"))
    assert case.run("results", "results", "sent fixed")[0] == 2


def test_the_rows_of_the_fixed_request_count(case: Case) -> None:
    """A partial answer to the first does not hide that the second failed."""
    case.sent("sent", request("a"), request("b"))
    case.sent("fixed", request("a", max_tokens=5000))
    case.sent("1.results", answer("a", "max_tokens"), answer("b"))
    case.sent("2.results", overloaded("a"))
    assert case.classes("1.results 2.results", "sent fixed") == {"a": "retry", "b": "ok"}
    assert case.run("retry", "1.results 2.results", "sent fixed")[0] == 0
    assert (case.folder / "retry.jsonl").read_bytes() == (case.folder / "fixed").read_bytes()


def test_a_request_that_is_in_two_sources_is_one(case: Case) -> None:
    """A retry is made of the same bytes, but for line breaks."""
    (case.folder / "sent").write_text(json.dumps([request("a"), request("b")], indent=1))
    case.sent("1.results", ended("a", "expired"), answer("b"))
    assert case.run("retry", "1.results", "sent", "--as", "jsonl")[0] == 0
    case.sent("2.results", answer("a"))
    assert case.classes("1.results 2.results", "sent retry.jsonl") == dict.fromkeys("ab", "ok")
    case.sent("3.results", answer("a", id="msg_other"))  # sent once more by mistake: both answers are of one request
    document = case.document("1.results 2.results 3.results", "sent retry.jsonl")
    assert document["summary"]["answered_twice"] == 1


def test_every_row_is_accounted_for(case: Case) -> None:
    case.sent("sent", request("a", stream=True), request("b"), request("c"))
    case.sent("fixed", request("a"))
    case.sent("1.results", refusal("a"), answer("b"), answer("zz"), ended("b", "expired"))
    case.sent("2.results", answer("a"), answer("zz"), answer("yy"))
    document = case.document("1.results 2.results", "sent fixed")
    rows = {Path(each["path"]).name: each for each in document["results"]}
    names = ("rows", "counted", "superseded", "not_in_source")
    assert [[rows[file][name] for name in names] for file in ("1.results", "2.results")] == [[4, 1, 2, 1], [3, 1, 0, 2]]
    assert document["summary"]["rows"] == {"read": 7, "counted": 2, "superseded": 2, "not_in_source": 3}
    for options in ([], ["--format", "markdown"]):
        _, out, _ = case.run("results", "1.results 2.results", "sent fixed", *options)
        assert (
            "7 rows of results: 2 count, 2 give way to another row of the same request, 3 belong to no source"
            in unwrapped(out)
        )
    status, _, err = case.run("merge", "1.results 2.results", "sent fixed", "--drop-unknown")
    assert status == 1
    assert "7 rows of results: 2 count, 2 give way" in err
    manifest: Any = json.loads((case.folder / "merge.jsonl.manifest.json").read_bytes())
    assert manifest["rows"] == document["summary"]["rows"]
    assert case.run("retry", "1.results 2.results", "sent fixed", "--include", "missing")[0] == 0
    manifest = json.loads((case.folder / "retry.jsonl.manifest.json").read_bytes())
    assert manifest["rows"] == document["summary"]["rows"]


@given(st.lists(st.integers(0, 3), min_size=1, max_size=6))
def test_versions_are_those_of_their_sources(held: list[int]) -> None:
    """Sources 0, 2, 4, ... hold these requests under one id."""
    first, *rest = (RequestPlace(2 * nth, 0, 1, 1, 0, 0) for nth in range(len(held)))
    versions, known = Versions(first), [held[0]]
    for place, request_held in zip(rest, held[1:], strict=True):
        if request_held in known:
            versions.repeat(known.index(request_held), place.source)
        else:
            versions.add(place)
            known.append(request_held)
    assert len(versions) == len(list(versions)) == len(known)
    assert [versions.of_source(2 * nth) for nth in range(len(held))] == [known.index(each) for each in held]


@pytest.mark.parametrize(
    ("rows", "sources", "expected"),
    [
        (["ab"], ["ab"], [0]),
        (["a"], ["ab", "a"], [1]),
        (["ab", "a"], ["ab", "a"], [0, 1]),
        (["a", "ab"], ["ab", "a"], [1, 0]),
        (["ab", "ab"], ["ab", "ab"], [0, 1]),
        (["a", "b", "ab"], ["ab", "ab"], [0, 1, 1]),
        (["abc"], ["ab", "c"], [None]),
        (["", "a"], ["ab", "a"], [1, 1]),
    ],
)
def test_results_belong_to_the_smallest_source_that_has_all_of_them(
    rows: list[str], sources: list[str], expected: list[int | None]
) -> None:
    flags = [bytearray(each in row for each in "abc") for row in rows]
    assert senders(flags, [array("i", map("abc".index, source)) for source in sources]) == expected
