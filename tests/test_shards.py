"""Shards, joined in any order, give the report of one run over their files, byte for byte."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from batchlint.cli import main
from batchlint.library import check_file
from batchlint.options import Options
from batchlint.shards import Shard, ShardError, by_file, bytes_of, check_shard, joined, shard_of
from batchlint.shards.checking import in_order
from batchlint.shards.shard_file import BEGIN
from tests.engine.ways import FIXTURES, OPTIONS, plain_lines
from tests.strategies.files import files

HELD_TO = {"as-of": OPTIONS.as_of}
NAMES = ["b.jsonl", "a/c.jsonl", "a.jsonl", "a/b/a.jsonl"]


def report(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    status = main(arguments)
    return status, capsys.readouterr().out


def written(folder: Path, contents: list[bytes]) -> list[str]:
    """These contents as files, in the order in which a folder is read."""
    for name, content in zip(NAMES, contents, strict=False):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return [
        str(folder / name) for name in ["a.jsonl", "b.jsonl", "a/c.jsonl", "a/b/a.jsonl"] if (folder / name).exists()
    ]


@settings(max_examples=40)
@given(st.lists(files(), min_size=1, max_size=4), st.data())
def test_the_report_is_that_of_one_run(
    tmp_path_factory: pytest.TempPathFactory, contents: list[bytes], data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("shards")
    paths = written(folder, contents)
    shards: list[str] = []
    for path in paths:
        count = data.draw(st.integers(1, 6))
        shards += [str(folder / f"{len(shards)}-{number}.shard") for number in range(count)]
        for number in range(count):
            arguments = ["shard", path, "-o", shards[number - count], "--part", f"{number + 1}/{count}"]
            assert main([*arguments, "--no-config", "--as-of", "2026-11-23"]) == 0
    expected, found = str(folder / "expected.json"), str(folder / "found.json")
    status = main(["--no-config", "--as-of", "2026-11-23", "--jobs", "1", "--output", expected, "--quiet", *paths])
    shuffled = data.draw(st.permutations(shards))
    assert main(["join", "--output", found, "--quiet", *shuffled]) == status
    assert Path(found).read_bytes() == Path(expected).read_bytes()


@pytest.mark.parametrize("count", [1, 3])
def test_the_fixtures_of_all_rules(tmp_path: Path, count: int) -> None:
    for fixture in FIXTURES[::3]:
        path = tmp_path / fixture.parent.name / fixture.name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(fixture.read_bytes())
        shards = [check_shard(path, HELD_TO, number=number, count=count) for number in range(count, 0, -1)]
        expected = check_file(path, Options(as_of=OPTIONS.as_of))
        assert joined(shards) == expected
        assert joined(shard_of(bytes_of(shard)) for shard in shards) == expected


def test_ids_that_two_files_share_are_reported_with_both_places(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = plain_lines(6)
    paths = written(tmp_path, [b"\n".join(lines[2:]), b"[\n" + b",\n".join(lines[:4]) + b"]"])
    for number, path in enumerate(paths):
        main(["shard", path, "-o", str(tmp_path / f"{number}.shard"), "--no-config"])
    status, out = report(capsys, "join", "--format", "json", str(tmp_path / "1.shard"), str(tmp_path / "0.shard"))
    found = json.loads(out)["findings"]
    assert status == 0
    assert [(each["rule"], each["line"], each["related"][0]["line"]) for each in found] == [
        ("duplicate-custom-id", 4, 1),
        ("duplicate-custom-id", 5, 2),
    ]


def a_shard(folder: Path, **held_to: object) -> Shard:
    path = folder / "requests.jsonl"
    path.write_bytes(b"\n".join(plain_lines(30)))
    return check_shard(path, {**HELD_TO, **held_to})


def test_a_file_that_is_not_a_whole_shard_is_refused(tmp_path: Path) -> None:
    data = bytes_of(a_shard(tmp_path))
    for broken in (data[:-1], data[:100], data + b" ", data.replace(b"requests.jsonl", b"requests.jsonk")):
        with pytest.raises(ShardError, match="cut off or damaged"):
            shard_of(broken)
    for other in (b"", b"{}", b"PK"):
        with pytest.raises(ShardError, match="not a shard file"):
            shard_of(other)


@given(st.dictionaries(st.sampled_from(["part", "size", "first", "counts", "items", "forms", "ids"]), st.none()))
def test_a_shard_of_nonsense_is_refused(tmp_path_factory: pytest.TempPathFactory, nonsense: dict[str, None]) -> None:
    data = bytes_of(a_shard(tmp_path_factory.mktemp("shard")))
    head, _, columns = data.split(b"\n", 2)[2].partition(b"\n")
    body = json.dumps(json.loads(head) | nonsense).encode() + b"\n" + columns
    made = BEGIN + sha256(body).hexdigest().encode() + b"\n" + body
    if not nonsense:
        shard_of(made)
        return
    with pytest.raises(ShardError, match="holds no shard"):
        shard_of(made)


def test_shards_that_do_not_belong_together_are_refused(tmp_path: Path) -> None:
    one = a_shard(tmp_path)
    with pytest.raises(ShardError, match=r"of batchlint 0\.0\.1"):
        joined([one._replace(version="0.0.1")])
    data = bytes_of(one._replace(version="0.0.1"))
    with pytest.raises(ShardError, match=r"of batchlint 0\.0\.1"):
        shard_of(data)
    with pytest.raises(ShardError, match="other options: strict is"):
        joined([one, a_shard(tmp_path, strict=True)])
    with pytest.raises(ShardError, match="two shards have"):
        joined([one, one])
    parts = [check_shard(one.part.path, HELD_TO, number=number, count=3) for number in (1, 2, 3)]
    for left in ([0, 1], [1, 2], [0, 2]):
        with pytest.raises(ShardError, match="no shard has bytes"):
            joined(parts[each] for each in left)
    Path(one.part.path).write_bytes(b"{}\n")
    with pytest.raises(ShardError, match="has 3 bytes; when its shard was made"):
        joined([one])


@pytest.mark.parametrize("part", ["0/2", "3/2", "1", "a/b", "1/0", "1/-2"])
def test_a_part_that_is_none(part: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["shard", "x.jsonl", "-o", "x.shard", "--part", part]) == 2
    assert "is not a part like 2/5" in capsys.readouterr().err


def test_what_cannot_be_read_or_written_is_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    a_shard(tmp_path)
    path = str(tmp_path / "requests.jsonl")
    assert main(["shard", str(tmp_path / "none"), "-o", str(tmp_path / "x.shard")]) == 3
    assert main(["shard", path, "-o", str(tmp_path / "none" / "x.shard")]) == 3
    assert main(["shard", path, "-o", path]) == 2
    assert main(["join", path]) == 3
    assert main(["join"]) == 2
    assert "Traceback" not in capsys.readouterr().err


@settings(max_examples=60)
@given(st.lists(files(), min_size=1, max_size=4), st.integers(1, 4))
def test_joining_by_file_finds_what_one_run_finds(
    tmp_path_factory: pytest.TempPathFactory, contents: list[bytes], count: int
) -> None:
    paths = written(tmp_path_factory.mktemp("shards"), contents)
    shards = [
        check_shard(path, HELD_TO, number=number, count=count) for path in paths for number in range(1, count + 1)
    ]
    assert [finding for each in by_file_reports(shards) for finding in each.findings] == joined(shards)


def by_file_reports(shards: list[Shard]) -> list[by_file.FileReport]:
    """The reports as an engine with many machines makes them."""
    buckets: dict[int, list[bytes]] = {}
    for shard in shards:
        for bucket, digests in by_file.digests_by_bucket(shard):
            buckets.setdefault(bucket, []).append(digests)
    repeated = {digest for each in buckets.values() for digest in by_file.repeated(each)}
    thinned = [by_file.thinned(shard, repeated) for shard in in_order(shards)]
    outlines = [by_file.outline(shard) for shard in thinned]
    if not by_file.can_be_joined_by_file(outlines):
        return list(by_file.reports_in_one_place(in_order(shards)))
    paths = dict.fromkeys(shard.part.path for shard in thinned)
    of_path = {path: [shard for shard in thinned if shard.part.path == path] for path in paths}
    return [by_file.report_of_file(of_path[path], outlines) for path in paths]


@pytest.mark.parametrize("digest", [None, b"the same"])
def test_ids_of_three_files_are_joined_by_file(
    tmp_path: Path, digest: bytes | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With one digest for all ids as well: then their texts decide."""
    if digest is not None:
        for module in ("batchlint.engine.packed_ids", "batchlint.engine.parallel.joining"):
            monkeypatch.setattr(f"{module}.digest_of", lambda custom_id: digest)
    lines = plain_lines(12)
    contents = [b"\n".join(lines[first : first + 5]) for first in (0, 3, 1, 4)]
    paths = written(tmp_path, contents)
    shards = [check_shard(path, HELD_TO, number=number, count=2) for path in paths for number in (1, 2)]
    assert by_file.can_be_joined_by_file(in_order(shards))
    found = [finding for each in by_file_reports(shards) for finding in each.findings]
    assert found == joined(shards)
    assert sum(finding.rule.name == "duplicate-custom-id" for finding in found) == 11


def test_what_is_ignored_by_id_is_not_joined(tmp_path: Path) -> None:
    path = tmp_path / "requests.jsonl"
    path.write_bytes(b"\n".join([*plain_lines(3), plain_lines(1)[0]]))
    ignores = {"per-id-ignores": (("a-*", ("duplicate-custom-id",)),)}
    assert len(joined([check_shard(path, HELD_TO)])) == 1
    assert joined([check_shard(path, {**HELD_TO, **ignores})]) == []
