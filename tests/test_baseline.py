"""Today's findings accepted: new ones fail, lines may move, what is there no more is said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from batchlint.cli import main

TODAY = ["--as-of", "2026-11-23", "--format", "concise"]
MESSAGES = [{"role": "user", "content": "hi"}]


def bad(custom_id: object, **params: object) -> dict[str, object]:
    return {
        "custom_id": custom_id,
        "params": {"model": "claude-opus-4-8", "messages": MESSAGES, "max_token": 1} | params,
    }


def put(*requests: object, path: str = "requests.jsonl") -> str:
    Path(path).write_text("".join(json.dumps(each) + "\n" for each in requests), encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_what_was_accepted_does_not_fail_and_what_is_new_does(capsys: pytest.CaptureFixture[str]) -> None:
    path = put(bad("a"), bad("b"))
    assert main(["baseline", "write", *TODAY, path]) == 0
    assert "accepted: 2 findings" in capsys.readouterr().err
    assert main(["baseline", "check", *TODAY, path]) == 0
    put(bad("new"), bad("b"), bad("a"))  # lines have moved
    assert main(["--baseline", ".batchlint-baseline.json", *TODAY, path]) == 1
    out, err = capsys.readouterr()
    assert out.splitlines() == [
        "requests.jsonl:1:110: error[unknown-member] unknown field `max_token`; did you mean `max_tokens`?"
    ]
    assert "accepted by the baseline: 2 findings" in err


def test_another_place_in_an_accepted_request_is_new() -> None:
    path = put(bad("a"))
    main(["baseline", "write", *TODAY, path])
    put(bad("a", stream=True))
    assert main(["baseline", "check", *TODAY, path]) == 1


def test_as_many_as_were_accepted_and_no_more() -> None:
    path = put(bad(None), bad(None))
    main(["baseline", "write", *TODAY, path])
    assert main(["baseline", "check", *TODAY, path]) == 0
    put(bad(None), bad(None), bad(None))
    assert main(["baseline", "check", *TODAY, path]) == 1


def test_stale_entries_are_said_for_the_files_that_were_linted(capsys: pytest.CaptureFixture[str]) -> None:
    one, two = put(bad("a"), bad("b"), path="one.jsonl"), put(bad("c"), path="two.jsonl")
    main(["baseline", "write", *TODAY, one, two])
    put(bad("a"), path="one.jsonl")
    capsys.readouterr()
    assert main(["baseline", "check", *TODAY, one]) == 0
    err = capsys.readouterr().err
    assert "1 stale baseline entry (" in err
    assert "one.jsonl: unknown-member b /params/max_token" in err
    assert "two.jsonl" not in err


def test_writing_for_one_file_keeps_what_was_accepted_in_others(capsys: pytest.CaptureFixture[str]) -> None:
    one, two = put(bad("a"), path="one.jsonl"), put(bad("c"), path="two.jsonl")
    gone = put(bad("d"), path="gone.jsonl")
    main(["baseline", "write", *TODAY, one, two, gone])
    Path(gone).unlink()
    put(bad("x"), path="one.jsonl")
    main(["baseline", "write", *TODAY, one])
    assert "kept: 1 of other files" in capsys.readouterr().err
    accepted = json.loads(Path(".batchlint-baseline.json").read_text())["accepted"]
    assert accepted == {
        "one.jsonl": {"unknown-member": [["x", "/params/max_token"]]},
        "two.jsonl": {"unknown-member": [["c", "/params/max_token"]]},
    }


def test_the_file_is_the_same_whatever_the_order(capsys: pytest.CaptureFixture[str]) -> None:
    main(["baseline", "write", *TODAY, put(bad("a"), bad("b"), bad("c"))])
    first = Path(".batchlint-baseline.json").read_bytes()
    main(["baseline", "write", *TODAY, put(bad("c"), bad("a"), bad("b"))])
    assert Path(".batchlint-baseline.json").read_bytes() == first
    assert first.count(b"\n") == 6  # one accepted finding a line: a change of it is read in a pull request


def test_ids_of_any_length_and_content_are_distinguished() -> None:
    path = put(bad("x" * 300 + "1"), bad("x" * 300 + "2"), bad("a\n\ud800"))
    main(["baseline", "write", *TODAY, path])
    assert main(["baseline", "check", *TODAY, path]) == 0
    put(bad("x" * 300 + "3"))
    assert main(["baseline", "check", *TODAY, path]) == 1


def test_the_configuration_names_it_next_to_itself() -> None:
    Path("inner").mkdir()
    path = put(bad("a"), path="inner/requests.jsonl")
    Path(".batchlint.yaml").write_text("baseline: lint/accepted.json", encoding="utf-8")
    Path("lint").mkdir()
    assert main(["baseline", "write", *TODAY, path]) == 0
    assert list(json.loads(Path("lint/accepted.json").read_text())["accepted"]) == ["../inner/requests.jsonl"]
    assert main([*TODAY, path]) == 0
    assert main([*TODAY, "--no-config", path]) == 1


@pytest.mark.parametrize(
    "content", ["", "[]", '{"accepted": {"a": 1}}', '{"accepted": {"a": {"b": [[]]}}}', "{", "\xff"]
)
def test_what_is_not_a_baseline_is_reported(content: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("base.json").write_bytes(content.encode("latin-1"))
    assert main([*TODAY, "--baseline", "base.json", put(bad("a"))]) == 2
    assert "base.json: is not a baseline" in capsys.readouterr().err


def test_it_never_replaces_a_batch(capsys: pytest.CaptureFixture[str]) -> None:
    path = put(bad("a"))
    assert main(["baseline", "write", *TODAY, "--baseline", path, path]) == 2
    assert main(["--baseline", ".b.json", *TODAY, path]) == 2
    assert main(["baseline", "write", *TODAY, "absent.jsonl"]) == 3
    assert not Path(".batchlint-baseline.json").exists()
    assert main(["baseline"]) == 2
    assert "write or check?" in capsys.readouterr().err
