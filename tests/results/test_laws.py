"""What holds for every batch: nothing is changed on the way, nothing lost, nothing counted twice."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from batchlint.cli import main
from batchlint.library import check_file
from batchlint.options import Options
from batchlint.results.framing import CONTAINERS
from batchlint.sources import Item, open_source
from tests.results.made import TODAY, Json, answer, ended, error, lines, refusal, request

IDS = st.lists(st.text("abcXYZ019_-", min_size=1, max_size=4), min_size=1, max_size=7, unique=True)
BROKEN: list[Json] = [
    {},
    {"stream": True},
    {"max_token": 5},
    {"model": "claude-sonet-4-6"},
    {"messages": []},
    {"temperature": 9},
]
SPACES = st.sampled_from(["", " ", "  ", "\t"])


@pytest.fixture(autouse=True, scope="module")
def do_not_wait_for_the_disk() -> Iterator[None]:
    """What is written here need not outlast a power cut."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("os.fsync", lambda descriptor: None)
        yield


few = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@contextmanager
def folder() -> Iterator[Path]:
    """A folder of its own for every example."""
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


@st.composite
def item_texts(draw: st.DrawFn, on_one_line: bool) -> list[str]:
    """Requests as text: some broken, spaced and escaped in any way, numbers that a round trip would change."""
    texts = []
    for custom_id in draw(IDS):
        content = draw(st.sampled_from(["Hello", "é🍜", "\u2028", "a" * 50, '\\n"quoted"']))
        value = request(custom_id, content, **draw(st.sampled_from(BROKEN)))
        indent = None if on_one_line else draw(st.sampled_from([None, 1, "\t"]))
        text = json.dumps(value, indent=indent, ensure_ascii=draw(st.booleans()))
        texts.append(text.replace('"max_tokens": 100', '"max_tokens": 1.00e2'))
    return texts


@st.composite
def line_files(draw: st.DrawFn) -> bytes:
    """JSONL as it comes: line ends of both kinds, blank lines, blanks, with or without a last line end."""
    texts = draw(item_texts(on_one_line=True))
    end = draw(st.sampled_from(["\n", "\r\n"]))
    parts = [
        draw(SPACES) + text + draw(SPACES) + end + draw(st.sampled_from(["", "", end, f" {end}{end}"]))
        for text in texts
    ]
    whole = "".join(parts)
    whole = whole if draw(st.booleans()) else whole.rstrip("\r\n")
    return (b"\xef\xbb\xbf" if draw(st.booleans()) else b"") + whole.encode()


@st.composite
def list_files(draw: st.DrawFn) -> bytes:
    """A list or an envelope, with blanks anywhere."""
    texts = draw(item_texts(on_one_line=False))
    space = draw(st.sampled_from(["", " ", "\n", "\r\n  "]))
    listed = "[" + space + f",{space}".join(texts) + space + "]"
    return (listed if draw(st.booleans()) else f'{space}{{"requests":{space}{listed}}}{space}').encode()


batch_files = st.one_of(line_files(), list_files())


def raw_items(path: Path) -> list[bytes]:
    with open_source(str(path)) as source:
        return [item.raw for item in source if isinstance(item, Item)]


def ids_of(path: Path) -> list[str]:
    return [json.loads(raw)["custom_id"] for raw in raw_items(path)]


def unbroken(raw: bytes) -> bytes:
    """The item with blanks for line breaks, as JSONL has to hold it."""
    return raw.replace(b"\r", b" ").replace(b"\n", b" ")


@st.composite
def split_options(draw: st.DrawFn) -> list[str]:
    limit = draw(st.sampled_from(["--max-requests", "--max-bytes", "--parts"]))
    number = draw(st.integers(1, 4)) if limit != "--max-bytes" else draw(st.integers(300, 900))
    return [limit, str(number)]


def split(path: Path, *options: str) -> tuple[int, list[Path]]:
    status = main(["split", str(path), *options])
    return status, sorted(path.parent.glob("requests-0*"))


@few
@given(line_files(), split_options())
def test_line_json_split_and_joined_is_itself(data: bytes, options: list[str]) -> None:
    with folder() as here:
        path = here / "requests.jsonl"
        path.write_bytes(data)
        status, parts = split(path, *options)
        assert bool(parts) == (status == 0)
        if parts:
            assert b"".join(part.read_bytes() for part in parts) == data
        assert path.read_bytes() == data


@few
@given(batch_files, split_options(), st.sampled_from([None, *CONTAINERS]))
def test_the_bytes_of_each_item_survive_a_split(data: bytes, options: list[str], container: str | None) -> None:
    with folder() as here:
        path = here / "requests.x"
        path.write_bytes(data)
        status, parts = split(path, *options, *(["--as", container] if container else []))
        if status:
            assert parts == []
            return
        sent = raw_items(path)
        came = [raw for part in parts for raw in raw_items(part)]
        with open_source(str(parts[0])) as part:
            assert container in (None, part.container)
            flattened = part.container == "jsonl"
        assert came == (list(map(unbroken, sent)) if flattened else sent)


@few
@given(batch_files, split_options(), st.sampled_from(CONTAINERS))
def test_parts_keep_to_the_limits_and_the_manifest_tells_them(data: bytes, options: list[str], container: str) -> None:
    with folder() as here:
        path = here / "requests.x"
        path.write_bytes(data)
        status, parts = split(path, *options, "--as", container)
        if status:
            return
        manifest = json.loads((here / "requests.manifest.json").read_bytes())
        number = {part["path"]: nth for nth, part in enumerate(manifest["parts"], 1)}
        assert [part.name for part in parts] == list(number)
        for part, told in zip(parts, manifest["parts"], strict=True):
            items = raw_items(part)
            sent = sum(map(len, items)) + max(len(items) - 1, 0) + len(b'{"requests":[]}')
            assert told["sent_bytes"] == (part.stat().st_size if container == "envelope" else sent)
            assert told["requests"] == len(items) > 0
            assert told["bytes"] == part.stat().st_size
            if options[0] == "--max-requests":
                assert len(items) <= int(options[1])
            if options[0] == "--max-bytes":
                assert told["sent_bytes"] <= int(options[1])
        if options[0] == "--parts":
            assert len(parts) == int(options[1])
        there = {custom_id: number[part.name] for part in parts for custom_id in ids_of(part)}
        assert {each["custom_id"]: each["part"] for each in manifest["requests"]} == there


@few
@given(batch_files, split_options())
def test_lint_of_a_part_finds_a_subset_of_lint_of_the_whole(data: bytes, options: list[str]) -> None:
    def found(path: Path) -> set[Any]:
        findings = check_file(path, Options())
        return {(each.rule.name, each.custom_id, each.pointer, each.severity) for each in findings}

    with folder() as here:
        path = here / "requests.x"
        path.write_bytes(data)
        _, parts = split(path, *options)
        whole = found(path)
        for part in parts:
            assert found(part) <= whole


def results_for(custom_id: str) -> st.SearchStrategy[Json]:
    """What may come back of a request."""
    return st.sampled_from(
        [
            answer(custom_id),
            answer(custom_id, id="msg_other"),
            answer(custom_id, "max_tokens"),
            answer(custom_id, "refusal"),
            answer(custom_id, "pause_turn"),
            answer(custom_id, "end_turn", []),
            refusal(custom_id),
            refusal(custom_id, "messages: at least one message is required"),
            refusal(custom_id, "Unable to download the file. Please verify the URL and try again."),
            refusal(custom_id, "Your credit balance is too low to access the Anthropic API."),
            error(custom_id, "overloaded_error", "Overloaded", flat=True),
            ended(custom_id, "expired"),
            ended(custom_id, "canceled"),
            ended(custom_id, "unheard"),
            answer(custom_id, "unheard"),
        ]
    )


@st.composite
def attempts(draw: st.DrawFn, ids: list[str], strangers: bool = True) -> list[bytes]:
    """One to three results files, in any order and with gaps; at least one id in each is known."""
    files = []
    for _ in range(draw(st.integers(1, 3))):
        there = draw(st.lists(st.sampled_from(ids), min_size=1, max_size=len(ids) + 1))
        others = draw(st.lists(st.sampled_from(["zz1", "zz2"]), max_size=2)) if strangers else []
        files.append(lines([draw(results_for(custom_id)) for custom_id in (*there, *others)]))
    return files


@st.composite
def batches(draw: st.DrawFn, strangers: bool = True) -> tuple[bytes, list[bytes]]:
    """A source and what came back of it."""
    data = draw(batch_files)
    with folder() as here:
        (here / "x").write_bytes(data)
        ids = ids_of(here / "x")
    return data, draw(attempts(ids, strangers))


def laid_out(here: Path, data: bytes, files: list[bytes]) -> tuple[Path, list[str]]:
    source = here / "requests.x"
    source.write_bytes(data)
    paths = [here / f"results-{number}.jsonl" for number in range(len(files))]
    for path, content in zip(paths, files, strict=True):
        path.write_bytes(content)
    return source, list(map(str, paths))


@few
@given(batch=batches())
def test_every_id_is_in_exactly_one_class(batch: tuple[bytes, list[bytes]], capsys: pytest.CaptureFixture[str]) -> None:
    with folder() as here:
        source, paths = laid_out(here, *batch)
        main(["results", *paths, "--source", str(source), "--format", "json", *TODAY])
        document = json.loads(capsys.readouterr().out)
        ids = ids_of(source)
        assert [each["custom_id"] for each in document["requests"]] == ids
        classes = document["summary"]["classes"]
        assert sum(classes.values()) == document["summary"]["requests"] == len(ids)
        told = [each["class"] for each in document["requests"]]
        assert {name: told.count(name) for name in set(told)} == classes
        assert set(document["summary"]["not_in_source"]).isdisjoint(ids)
        in_groups = sum(group["count"] for group in document["groups"])
        assert in_groups == len(ids) - classes.get("ok", 0)


@few
@given(batch=batches(), included=st.sets(st.sampled_from(["missing", "maybe", "truncated", "fix"])))
def test_what_is_retried_is_a_subset_of_the_source_byte_for_byte(
    batch: tuple[bytes, list[bytes]], included: set[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with folder() as here:
        source, paths = laid_out(here, *batch)
        files = [source, *map(Path, paths)]
        before = [path.read_bytes() for path in files]
        output = here / "retry.x"
        wanted = ["--include", ",".join(sorted(included))] if included else []
        status = main(["retry", *paths, "--source", str(source), "-o", str(output), *wanted, *TODAY])
        capsys.readouterr()
        main(["results", *paths, "--source", str(source), "--format", "json", *TODAY])
        told = {each["custom_id"]: each["class"] for each in json.loads(capsys.readouterr().out)["requests"]}
        assert [path.read_bytes() for path in files] == before
        made = {path.name for path in here.iterdir()} - {path.name for path in files}
        assert not any(".tmp" in name for name in made)
        if status == 1:  # some of what is to be retried is broken
            assert made == set()
            assert any(finding.severity == "error" for finding in check_file(source, Options()))
            return
        assert status == 0
        again = {"retry", "account", "expired", "canceled", *included}
        fix = here / "retry.needs-fix.x"
        sent = raw_items(source)
        with open_source(str(source)) as opened:
            flat = opened.container == "jsonl"
        for path, classes in ((output, again), (fix, {"fix", "maybe"} - included)):
            expected = [raw for raw in sent if told[json.loads(raw)["custom_id"]] in classes]
            assert path.exists() == bool(expected)
            if expected:
                assert raw_items(path) == (list(map(unbroken, expected)) if flat else expected)
        if output.exists():
            assert not any(finding.severity == "error" for finding in check_file(output, Options()))
            manifest = json.loads((here / "retry.x.manifest.json").read_bytes())
            assert [each["custom_id"] for each in manifest["requests"]] == ids_of(output)


@few
@given(batch=batches(strangers=False), order=st.randoms(use_true_random=False))
def test_merged_in_any_order_is_the_same(batch: tuple[bytes, list[bytes]], order: Any) -> None:
    with folder() as here:
        source, paths = laid_out(here, *batch)
        shuffled = order.sample(paths, len(paths))
        one, other = here / "one" / "merged.jsonl", here / "other" / "merged.jsonl"
        statuses = []
        for output, names in ((one, paths), (other, shuffled)):
            output.parent.mkdir()
            statuses.append(main(["merge", *names, "--source", str(source), "-o", str(output)]))
        assert statuses[0] == statuses[1]
        assert one.read_bytes() == other.read_bytes()
        manifests = [path.with_name("merged.jsonl.manifest.json").read_bytes() for path in (one, other)]
        assert manifests[0] == manifests[1]


@few
@given(batch=batches(strangers=False))
def test_merged_results_are_rows_that_came_back_in_the_order_of_the_source(batch: tuple[bytes, list[bytes]]) -> None:
    with folder() as here:
        source, paths = laid_out(here, *batch)
        output = here / "merged.jsonl"
        status = main(["merge", *paths, "--source", str(source), "-o", str(output)])
        rows = output.read_bytes().splitlines()
        assert set(rows) <= {row for content in batch[1] for row in content.splitlines()}
        there = [json.loads(row)["custom_id"] for row in rows]
        assert there == [custom_id for custom_id in ids_of(source) if custom_id in there]
        came_back = {json.loads(row)["custom_id"] for content in batch[1] for row in content.splitlines()}
        assert set(there) == came_back
        assert status == (0 if there == ids_of(source) else 1)
        answered = {
            custom_id
            for content in batch[1]
            for row in map(json.loads, content.splitlines())
            for custom_id in [row["custom_id"]]
            if row["result"]["type"] == "succeeded"
        }
        assert answered == {row["custom_id"] for row in map(json.loads, rows) if row["result"]["type"] == "succeeded"}


@few
@given(batch=batches(strangers=False))
def test_parts_of_results_merge_to_what_the_whole_does(batch: tuple[bytes, list[bytes]]) -> None:
    """A file of results cut anywhere between its rows merges to the same as the file."""
    with folder() as here:
        source, paths = laid_out(
            here, batch[0], [b"".join(batch[1]), *(row + b"\n" for row in b"".join(batch[1]).splitlines())]
        )
        whole, parts = here / "whole.jsonl", here / "parts.jsonl"
        main(["merge", paths[0], "--source", str(source), "-o", str(whole)])
        main(["merge", *paths[1:], "--source", str(source), "-o", str(parts)])
        assert whole.read_bytes() == parts.read_bytes()


@st.composite
def several_batches(draw: st.DrawFn) -> tuple[list[bytes], list[bytes]]:
    """Sources that may share ids, with the same or other requests, and results of any of them, in any order."""
    ids = draw(IDS)
    sources = []
    for _ in range(draw(st.integers(1, 3))):
        there = draw(st.lists(st.sampled_from(ids), min_size=1, unique=True))
        sources.append(lines(request(each, draw(st.sampled_from(["Hello", "Other", "Third"]))) for each in there))
    files = []
    for _ in range(draw(st.integers(1, 4))):
        there = draw(st.lists(st.sampled_from([*ids, "zz1", "zz2"]), min_size=1, max_size=6))
        files.append(lines(draw(results_for(each)) for each in there))
    return sources, files


@few
@given(batches=several_batches())
def test_every_row_is_in_one_place_of_the_answer(
    batches: tuple[list[bytes], list[bytes]], capsys: pytest.CaptureFixture[str]
) -> None:
    """Rows in are rows accounted for, and no answer is given for a request that it does not belong to."""
    with folder() as here:
        sources, files = ([here / f"{kind}{n}" for n in range(len(of))] for kind, of in zip("sr", batches, strict=True))
        for path, content in zip([*sources, *files], [*batches[0], *batches[1]], strict=True):
            path.write_bytes(content)
        call = [*map(str, files), "--source", *map(str, sources)]
        status = main(["results", *call, "--format", "json", *TODAY])
        out, err = capsys.readouterr()
        rows = [json.loads(row) for content in batches[1] for row in content.splitlines()]
        known = {json.loads(line)["custom_id"] for content in batches[0] for line in content.splitlines()}
        if status == 2:
            assert out == ""
            assert "the same id for another request" in err or "none of its" in err
            return
        document = json.loads(out)
        summary = document["summary"]["rows"]
        assert summary["read"] == len(rows)
        assert summary["not_in_source"] == sum(row["custom_id"] not in known for row in rows)
        assert summary["read"] == summary["counted"] + summary["superseded"] + summary["not_in_source"]
        for name in ("counted", "superseded", "not_in_source"):
            assert summary[name] == sum(file[name] for file in document["results"])
        classes = document["summary"]["classes"]
        assert len(known) == sum(classes.values()) == summary["counted"] + classes.get("missing", 0)
        counts = [each["results"] for each in document["requests"]]
        for file in document["results"]:
            assert file["counted"] == counts.count(file["path"])
            assert file["rows"] == file["counted"] + file["superseded"] + file["not_in_source"]
        assert_no_whole_answer_is_lost(batches, document)


def assert_no_whole_answer_is_lost(batches: tuple[list[bytes], list[bytes]], document: Json) -> None:
    """Where a request was answered whole, and no source holds another under its id, its class says so."""
    versions: dict[str, set[str]] = {}
    for content in batches[0]:
        for line in content.splitlines():
            value = json.loads(line)
            versions.setdefault(value["custom_id"], set()).add(json.dumps(value))
    told = {each["custom_id"]: each["class"] for each in document["requests"]}
    for content in batches[1]:
        for row in map(json.loads, content.splitlines()):
            message = row["result"].get("message", {})
            whole = message.get("stop_reason") == "end_turn" and message["content"]
            if whole and row["custom_id"] in versions:
                assert told[row["custom_id"]] == "ok"
