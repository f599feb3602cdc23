"""`batchlint split` and `batchlint merge`: names, limits, and what is not done."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from batchlint.cli import main
from batchlint.cli.split import size
from batchlint.facts import limits
from tests.results.made import TODAY, Json, answer, ended, refusal, request, written


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_parts_have_stable_names_next_to_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = written(tmp_path, "requests.jsonl", *(request(f"id-{number}") for number in range(60)))
    assert main(["split", source, "--max-requests", "25"]) == 0
    parts = [f"requests-0000{number}-of-00003.jsonl" for number in (1, 2, 3)]
    assert names(tmp_path) == [*parts, "requests.jsonl", "requests.manifest.json"]
    assert [len((tmp_path / part).read_bytes().splitlines()) for part in parts] == [25, 25, 10]
    assert "3 parts" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "options", "part"),
    [
        ("requests.jsonl", ["--as", "envelope"], "requests-00001-of-00001.json"),
        ("requests.ndjson", [], "requests-00001-of-00001.ndjson"),
        ("my.batch.jsonl", [], "my.batch-00001-of-00001.jsonl"),
        ("requests", [], "requests-00001-of-00001.jsonl"),
        ("requests.jsonl.gz", [], "requests-00001-of-00001.jsonl"),
    ],
)
def test_parts_are_called_as_the_file_and_what_they_are(
    name: str, options: list[str], part: str, tmp_path: Path
) -> None:
    source = Path(written(tmp_path, name, request("a")))
    if name.endswith(".gz"):
        source.write_bytes(gzip.compress(source.read_bytes()))
    (tmp_path / "parts").mkdir()
    assert main(["split", str(source), "--output-dir", str(tmp_path / "parts"), *options]) == 0
    assert part in names(tmp_path / "parts")


def test_an_envelope_is_a_body_ready_to_be_sent(tmp_path: Path) -> None:
    source = written(tmp_path, "requests.jsonl", request("a"), request("b"), request("c"))
    assert main(["split", source, "--as", "envelope", "--max-requests", "2"]) == 0
    bodies = [json.loads((tmp_path / f"requests-0000{number}-of-00002.json").read_bytes()) for number in (1, 2)]
    assert bodies == [{"requests": [request("a"), request("b")]}, {"requests": [request("c")]}]


def test_run_again_it_finds_its_own_parts(tmp_path: Path) -> None:
    source = written(tmp_path, "requests.jsonl", request("a"), request("b"))
    assert main(["split", source, "--parts", "2"]) == 0
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    (tmp_path / "requests.manifest.json").unlink()  # as if it had been killed before the end
    (tmp_path / "requests-00002-of-00002.jsonl").unlink()
    assert main(["split", source, "--parts", "2"]) == 0
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_other_files_of_that_name_are_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = written(tmp_path, "requests.jsonl", request("a"), request("b"))
    (tmp_path / "requests-00002-of-00002.jsonl").write_text("mine")
    assert main(["split", source, "--parts", "2"]) == 2
    assert "requests-00002-of-00002.jsonl: exists already" in capsys.readouterr().err
    assert names(tmp_path) == ["requests-00002-of-00002.jsonl", "requests.jsonl"]
    assert (tmp_path / "requests-00002-of-00002.jsonl").read_text() == "mine"


@pytest.mark.parametrize(
    ("requests", "says"),
    [
        ([request("a"), request("b"), request("a")], "requests.jsonl:3: the custom_id 'a' was used before, at line 1"),
        ([request("a"), {"params": {}}], "requests.jsonl:2: a request without a custom_id"),
        ([request("a"), request("b c")], "requests.jsonl:2: the API does not take the custom_id 'b c'"),
        ([request("a"), request("b" * 65)], "the API does not take the custom_id"),
        ([request("a"), {"custom_id": 5, "params": {}}], "requests.jsonl:2: a request without a custom_id"),
        ([answer("a")], "this is a line of a results file, not a batch of requests"),
        ([], "this is an empty file, not a batch of requests"),
    ],
)
def test_what_could_not_be_sent_is_not_split(
    requests: list[Json], says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = written(tmp_path, "requests.jsonl", *requests)
    assert main(["split", source]) in (1, 2)
    assert says in capsys.readouterr().err
    assert names(tmp_path) == ["requests.jsonl"]


@pytest.mark.parametrize(
    "tail", [b'{"custom_id": "b", "par', b"no json\n", b'{"custom_id": "b", "params": {"x": NaN,}}\n']
)
def test_a_broken_file_is_not_split(tail: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = Path(written(tmp_path, "requests.jsonl", request("a")))
    source.write_bytes(source.read_bytes() + tail)
    assert main(["split", str(source)]) == 1
    assert f"{source}:2:" in capsys.readouterr().err
    cut = tmp_path / "requests.json"
    cut.write_text('{"requests": [' + json.dumps(request("a")) + ",")
    assert main(["split", str(cut)]) == 1
    assert names(tmp_path) == ["requests.json", "requests.jsonl"]


def test_an_oversized_request_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = written(tmp_path, "requests.jsonl", request("a"), request("large", "x" * 2_000), request("c"))
    assert main(["split", source, "--max-bytes", "1kB"]) == 1
    assert "requests.jsonl:2: request 1 (custom_id 'large') has" in capsys.readouterr().err
    assert names(tmp_path) == ["requests.jsonl"]


def test_parts_that_cannot_be(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = written(tmp_path, "requests.jsonl", request("a"), request("b"), request("c"))
    assert main(["split", source, "--parts", "4"]) == 1
    assert "3 requests cannot be 4 parts" in capsys.readouterr().err
    assert main(["split", source, "--parts", "2", "--max-requests", "1"]) == 1
    assert "the limits need 3 at least" in capsys.readouterr().err
    assert names(tmp_path) == ["requests.jsonl"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("256MB", 256_000_000),
        ("200MiB", 209_715_200),
        ("1_000_000", 1_000_000),
        ("1,000", 1_000),
        ("1.5 GB", 1_500_000_000),
        ("0.5KiB", 512),
        ("7b", 7),
    ],
)
def test_sizes(text: str, number: int) -> None:
    assert size(text) == number


@pytest.mark.parametrize("text", ["", "MB", "-5", "5 XB", "1.5", "1e3", "\uff15"])
def test_what_is_not_a_size_is_reported(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = written(tmp_path, "requests.jsonl", request("a"))
    assert main(["split", source, f"--max-bytes={text}"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--parts", "0"], "count from 1"),
        (["--output-dir", "absent"], "there is no folder absent"),
        (["--as", "yaml"], "invalid choice"),
    ],
)
def test_a_wrong_call_is_reported(
    options: list[str], says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = written(tmp_path, "requests.jsonl", request("a"))
    assert main(["split", source, *options]) == 2
    assert says in capsys.readouterr().err


def test_more_than_the_api_takes_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = written(tmp_path, "requests.jsonl", request("a"))
    assert main(["split", source, "--max-bytes", str(limits().batch.bytes_binary + 1)]) == 0
    assert "268,435,456 bytes at the most" in capsys.readouterr().err


def test_results_merge_in_the_order_of_the_sources(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = written(tmp_path, "1.jsonl", request("b"), request("a"))
    two = written(tmp_path, "2.jsonl", request("d"), request("c"))
    first = written(tmp_path, "r1.jsonl", refusal("a"), answer("c"), ended("d", "expired"))
    second = written(tmp_path, "r2.jsonl", answer("d"), answer("a"))
    output = tmp_path / "merged.jsonl"
    assert main(["merge", first, second, "--source", one, two, "-o", str(output)]) == 1
    assert [json.loads(line) for line in output.read_text().splitlines()] == [answer("a"), answer("d"), answer("c")]
    manifest = json.loads((tmp_path / "merged.jsonl.manifest.json").read_bytes())
    assert {each["custom_id"]: each["class"] for each in manifest["requests"]} == {
        "b": "missing",
        "a": "ok",
        "d": "ok",
        "c": "ok",
    }
    assert "3 results of 4 requests" in capsys.readouterr().err


def test_results_of_no_source_are_not_lost_silently(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = written(tmp_path, "requests.jsonl", request("a"))
    results = written(tmp_path, "results.jsonl", answer("a"), answer("x"))
    output = tmp_path / "merged.jsonl"
    assert main(["merge", results, "--source", source, "-o", str(output)]) == 1
    assert "1 id of the results in no source: 'x'" in capsys.readouterr().err
    assert not output.exists()
    assert main(["merge", results, "--source", source, "-o", str(output), "--drop-unknown"]) == 0
    assert [json.loads(line) for line in output.read_text().splitlines()] == [answer("a")]


def test_nothing_to_merge_is_not_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, results = written(tmp_path, "requests.jsonl", request("a")), written(tmp_path, "results.jsonl")
    assert main(["merge", results, "--source", source, "-o", str(tmp_path / "merged.jsonl")]) == 1
    assert "nothing was written" in capsys.readouterr().err
    assert names(tmp_path) == ["requests.jsonl", "results.jsonl"]


def test_a_merged_file_reports_as_its_attempts_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = written(tmp_path, "requests.jsonl", request("a"), request("b"), request("c"))
    attempts = [
        written(tmp_path, "1.jsonl", answer("a"), refusal("b"), ended("c", "expired")),
        written(tmp_path, "2.jsonl", answer("b")),
    ]
    output = str(tmp_path / "merged.jsonl")
    assert main(["merge", *attempts, "--source", source, "-o", output]) == 0
    capsys.readouterr()
    classes = []
    for files in (attempts, [output]):
        main(["results", *files, "--source", source, "--format", "json", *TODAY])
        classes.append([each["class"] for each in json.loads(capsys.readouterr().out)["requests"]])
    assert classes[0] == classes[1] == ["ok", "ok", "expired"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (answer("a"), answer("a", id="msg_other")),
        (refusal("a"), refusal("a", "messages: at least one message is required")),
        (answer("a", "max_tokens"), answer("a", "max_tokens", content=[{"type": "text", "text": "More"}])),
        (answer("a"), refusal("a")),
        (ended("a", "expired"), refusal("a")),
    ],
)
def test_the_order_of_the_results_makes_no_difference(one: Json, other: Json, tmp_path: Path) -> None:
    source = written(tmp_path, "requests.jsonl", request("a"))
    files = [written(tmp_path, "1.jsonl", one), written(tmp_path, "2.jsonl", other)]
    merged = []
    for number, names_ in enumerate((files, files[::-1], [*files, *files])):
        output = tmp_path / f"merged-{number}.jsonl"
        assert main(["merge", *names_, "--source", source, "-o", str(output)]) == 0
        merged.append(output.read_bytes())
    assert merged[0] == merged[1] == merged[2]
