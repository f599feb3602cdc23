"""Ids become legal and unique, the same way each time; all else stays byte for byte, and the way back is exact."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from batchlint.cli import main
from batchlint.ids.naming import new_id
from batchlint.ids.renaming import Renaming, renamings
from batchlint.ids.rewriting import edit_of, rewritten
from batchlint.sources import Item, source_of_bytes

LEGAL = re.compile(r"[a-zA-Z0-9_-]{1,64}")
IDS = st.one_of(
    st.sampled_from(["a", "b", "a b", "a:b", "BRK.B", "BRK_B", "", "é", "x" * 65, "x" * 66, "\ud800", '"', "\\", "12"]),
    st.text(max_size=80),
    st.sampled_from([12, 1.5, None, True, ["a"], {"a": 1}]),
)
REQUESTS = st.lists(
    st.one_of(
        st.builds(lambda id_: {"custom_id": id_, "params": {"n": 1.0}}, IDS),
        st.builds(lambda id_: {"params": {"custom_id": "x"}, "custom_id": id_}, IDS),
        st.just({"params": {"é": [1]}}),
        st.just({}),
    ),
    min_size=1,
    max_size=8,
)


def line_json(requests: list[Any]) -> bytes:
    return b"".join(json.dumps(request).encode() + b" \r\n" for request in requests)


def array(requests: list[Any]) -> bytes:
    return json.dumps(requests, indent=1).encode()


def envelope(requests: list[Any]) -> bytes:
    return b'{"requests": ' + json.dumps(requests).encode() + b"}\n"


def fixed(data: bytes) -> tuple[bytes, list[Renaming]]:
    with source_of_bytes(data) as source:
        changes = list(renamings(source))
        return b"".join(rewritten(source, map(edit_of, changes))), changes


def values(data: bytes) -> list[Any]:
    with source_of_bytes(data) as source:
        return [item.value for item in source if isinstance(item, Item)]


def test_an_id_cut_at_a_dash_has_no_two_dashes_before_its_digest() -> None:
    assert re.fullmatch("x{50}-[0-9a-f]{12}", new_id("x" * 50 + ":" + "y" * 30, 1, (), 64))


@given(REQUESTS, st.sampled_from([line_json, array, envelope]))
def test_ids_are_legal_and_unique_and_nothing_else_changes(requests: list[Any], write: Any) -> None:
    data = write(requests)
    out, _ = fixed(data)
    before, after = values(data), values(out)
    ids = [request["custom_id"] for request in after]
    assert all(LEGAL.fullmatch(each) for each in ids)
    assert len(set(ids)) == len(ids) == len(before)
    for old, new in zip(before, after, strict=True):
        assert {**old, "custom_id": None} == {**new, "custom_id": None}
    assert fixed(out) == (out, [])
    assert fixed(data)[0] == out


@given(REQUESTS, st.sampled_from([line_json, array, envelope]))
def test_only_the_bytes_of_changed_ids_change(requests: list[Any], write: Any) -> None:
    data = write(requests)
    out, changes = fixed(data)
    for change in reversed(changes):  # undo each edit from the end
        edit = edit_of(change)
        moved = sum(
            len(edit_of(each).text) - edit_of(each).length for each in changes if each.item.index < change.item.index
        )
        at = edit.offset + moved
        assert out[at : at + len(edit.text)] == edit.text
        out = out[:at] + data[edit.offset : edit.offset + edit.length] + out[at + len(edit.text) :]
    assert out == data


def test_a_legal_id_is_kept_where_it_comes_first_and_keeps_a_new_one_away() -> None:
    _, changes = fixed(line_json([{"custom_id": "a b"}, {"custom_id": "a"}, {"custom_id": "a"}]))
    assert [change.old for change in changes] == ["a b", "a"]
    taken = changes[0].new
    again, _ = fixed(line_json([{"custom_id": "a b"}, {"custom_id": taken}]))
    first, second = (value["custom_id"] for value in values(again))
    assert second == taken
    assert first != taken
    assert first.startswith(taken)


def test_an_id_depends_on_the_old_one_and_not_on_its_neighbours() -> None:
    """So a second attempt, or a file with rows added, matches the first."""
    _, alone = fixed(line_json([{"custom_id": "a b"}]))
    _, among = fixed(line_json([{"custom_id": "c:d"}, {"custom_id": "e"}, {"custom_id": "a b"}]))
    assert alone[0].new == among[1].new


def test_ids_that_look_alike_when_cleaned_stay_apart() -> None:
    out, _ = fixed(line_json([{"custom_id": "BRK.B"}, {"custom_id": "BRK_B"}, {"custom_id": "BRK/B"}]))
    assert len({value["custom_id"] for value in values(out)}) == 3


@given(st.text(max_size=100), st.integers(1, 10**6))
def test_new_ids_keep_to_the_limit(original: str, occurrence: int) -> None:
    assert LEGAL.fullmatch(new_id(original, occurrence, set(), 64))


def run(*arguments: str | Path) -> int:
    return main(["ids", *map(str, arguments)])


def test_fix_and_restore_are_a_circle(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ids: list[Any] = ["a b", "ok", "ok", 12, "é\ud800", "z" * 70]
    source = tmp_path / "requests.jsonl"
    source.write_bytes(line_json([{"custom_id": each, "params": {}} for each in ids]))
    assert run(source) == 1
    assert "requests.jsonl:3:15" in capsys.readouterr().out
    out, id_map = tmp_path / "out.jsonl", tmp_path / "map.json"
    assert run(source, "--fix", "-o", out, "--map", id_map) == 0
    assert run(out) == 0
    rows = [{"custom_id": value["custom_id"], "result": {"type": "expired"}} for value in values(out.read_bytes())]
    results = tmp_path / "results.jsonl"
    results.write_bytes(line_json(rows[::-1]))
    back = tmp_path / "back.jsonl"
    assert run("--restore", results, "--map", id_map, "-o", back) == 0
    assert [json.loads(line)["custom_id"] for line in back.read_bytes().splitlines()] == ids[::-1]
    assert b'"result": {"type": "expired"}} \r\n' in back.read_bytes()


def test_what_was_written_stays_and_the_same_command_again_is_fine(tmp_path: Path) -> None:
    source, out, id_map = tmp_path / "r.jsonl", tmp_path / "o.jsonl", tmp_path / "m.json"
    source.write_bytes(line_json([{"custom_id": "a b"}]))
    assert run(source, "--fix", "-o", out, "--map", id_map) == 0
    written = out.read_bytes(), id_map.read_bytes()
    assert run(source, "--fix", "-o", out, "--map", id_map) == 0
    source.write_bytes(line_json([{"custom_id": "c d"}]))
    assert run(source, "--fix", "-o", out, "--map", id_map) == 2
    assert run(source, "--fix", "-o", source, "--map", tmp_path / "new.json") == 2
    assert (out.read_bytes(), id_map.read_bytes()) == written
    assert source.read_bytes() == line_json([{"custom_id": "c d"}])
    assert {path.name for path in tmp_path.iterdir()} <= {"r.jsonl", "o.jsonl", "m.json", "new.json"}


@pytest.mark.parametrize(
    "data", [b'{"custom_id": "a b"}\n{"cus', b'[{"custom_id": "a b"},', b"[1]", b'{"requests": 1}']
)
def test_a_file_in_which_ids_would_be_missed_is_refused(
    data: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, out = tmp_path / "r.jsonl", tmp_path / "o.jsonl"
    source.write_bytes(data)
    assert run(source, "--fix", "-o", out, "--map", tmp_path / "m.json") == 3
    assert "r.jsonl:" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["r.jsonl"]


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        ([], 2, "no file given"),
        (["missing.jsonl"], 3, "missing.jsonl: No such file"),
        (["x", "--fix"], 2, "--fix needs --output FILE and --map FILE"),
        (["--restore", "x", "--map", "m"], 2, "--restore needs --output FILE"),
        (["x", "--restore", "x", "--map", "m", "-o", "o"], 2, "cannot be combined"),
    ],
)
def test_wrong_calls_are_reported_in_a_line(
    arguments: list[str], status: int, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*arguments) == status
    assert says in capsys.readouterr().err


def test_a_file_that_is_not_a_map_is_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    results, id_map = tmp_path / "r.jsonl", tmp_path / "m.json"
    results.write_bytes(line_json([{"custom_id": "a", "result": {"type": "expired"}}]))
    for text in ('{"a": "b"}', "[", "[]"):
        id_map.write_text(text)
        assert run("--restore", results, "--map", id_map, "-o", tmp_path / "o.jsonl") == 3
        assert "m.json: this is no" in capsys.readouterr().err
