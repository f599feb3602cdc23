"""`batchlint fix`: what it writes, what it refuses, and what it leaves alone."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from batchlint.cli import main

MESSAGES = b'"messages": [{"role": "user", "content": "Hello \\u00e9 1.0e+2"}]'
BROKEN = b'{"custom_id":  "a", "params": {"model": "claude-opus-4-8", "max_token": 1.024e3, ' + MESSAGES + b"}}\r\n"
FIXED = BROKEN.replace(b'"max_token"', b'"max_tokens"')
GOOD = b'{"custom_id": "b", "params": {"model": "claude-opus-4-8", "max_tokens": 10, ' + MESSAGES + b"}}\n"
UNFIXABLE = GOOD.replace(b'"b"', b'"c/d"')
DAY = ["--as-of", "2026-11-23"]

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("requests.jsonl").write_bytes(BROKEN + GOOD)


def names() -> list[str]:
    return sorted(path.name for path in Path().iterdir())


def test_without_more_a_diff_is_shown_and_nothing_written(capsys: Captured) -> None:
    assert main(["fix", *DAY, "requests.jsonl"]) == 1
    out, err = capsys.readouterr()
    assert out.splitlines()[:3] == ["--- requests.jsonl", "+++ requests.jsonl", "@@ -1 +1 @@ unknown-member"]
    assert '"max_token":' in out.splitlines()[3]
    assert '"max_tokens":' in out.splitlines()[4]
    assert "1 problem to fix" in err
    assert Path("requests.jsonl").read_bytes() == BROKEN + GOOD
    assert names() == ["requests.jsonl"]


def test_nothing_to_fix_is_exit_0(capsys: Captured) -> None:
    Path("requests.jsonl").write_bytes(UNFIXABLE)
    assert main(["fix", *DAY, "requests.jsonl"]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert "batchlint ids --fix" in err


def test_a_new_file_has_every_other_byte_as_it_was() -> None:
    assert main(["fix", *DAY, "requests.jsonl", "-o", "fixed.jsonl"]) == 0
    assert Path("fixed.jsonl").read_bytes() == FIXED + GOOD
    assert Path("requests.jsonl").read_bytes() == BROKEN + GOOD


def test_errors_that_are_left_are_exit_1() -> None:
    Path("requests.jsonl").write_bytes(BROKEN + UNFIXABLE)
    assert main(["fix", *DAY, "requests.jsonl", "-o", "fixed.jsonl"]) == 1
    assert Path("fixed.jsonl").read_bytes() == FIXED + UNFIXABLE


@pytest.mark.parametrize("separator", [b",", b",\n ", b" , \r\n"])
@pytest.mark.parametrize("around", [(b"[", b"]"), (b'{"requests": [', b"]}\n")])
def test_lists_and_bodies_are_fixed_alike(separator: bytes, around: tuple[bytes, bytes]) -> None:
    before, behind = around
    data = before + BROKEN.strip() + separator + GOOD.strip() + behind
    Path("requests.json").write_bytes(data)
    assert main(["fix", *DAY, "requests.json", "-o", "fixed.json"]) == 0
    assert Path("fixed.json").read_bytes() == data.replace(b'"max_token"', b'"max_tokens"')


def test_from_standard_input_to_standard_output() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "batchlint", "fix", *DAY, "-", "-o", "-"], input=BROKEN + GOOD, capture_output=True
    )
    assert done.returncode == 0
    assert done.stdout == FIXED + GOOD


def test_an_output_that_is_the_input_is_refused(capsys: Captured) -> None:
    Path("link.jsonl").symlink_to("requests.jsonl")
    os.link("requests.jsonl", "other.jsonl")
    for name in ("requests.jsonl", "./requests.jsonl", "link.jsonl", "other.jsonl"):
        assert main(["fix", *DAY, "requests.jsonl", "-o", name]) == 2
        assert "is the file that is read" in capsys.readouterr().err
    assert Path("requests.jsonl").read_bytes() == BROKEN + GOOD


def test_another_file_is_never_overwritten(capsys: Captured) -> None:
    Path("other.jsonl").write_bytes(b"mine")
    assert main(["fix", *DAY, "requests.jsonl", "-o", "other.jsonl"]) == 2
    assert "exists already" in capsys.readouterr().err
    assert Path("other.jsonl").read_bytes() == b"mine"
    assert names() == ["other.jsonl", "requests.jsonl"]


def test_in_place_replaces_many_and_keeps_their_modes() -> None:
    Path("good.jsonl").write_bytes(GOOD)
    Path("second.jsonl").write_bytes(BROKEN)
    for name, mode in (("requests.jsonl", 0o640), ("second.jsonl", 0o755)):
        os.chmod(name, mode)  # noqa: PTH101
    untouched = Path("good.jsonl").stat()
    assert main(["fix", *DAY, "--in-place", "requests.jsonl", "good.jsonl", "second.jsonl"]) == 0
    assert Path("requests.jsonl").read_bytes() == FIXED + GOOD
    assert Path("second.jsonl").read_bytes() == FIXED
    assert [stat.S_IMODE(Path(name).stat().st_mode) for name in ("requests.jsonl", "second.jsonl")] == [0o640, 0o755]
    assert Path("good.jsonl").stat() == untouched
    assert names() == ["good.jsonl", "requests.jsonl", "second.jsonl"]


def test_a_link_is_not_replaced_by_a_file(capsys: Captured) -> None:
    Path("link.jsonl").symlink_to("requests.jsonl")
    assert main(["fix", *DAY, "--in-place", "link.jsonl"]) == 3
    assert "is a symbolic link to requests.jsonl" in capsys.readouterr().err
    assert Path("link.jsonl").is_symlink()
    os.link("requests.jsonl", "hard.jsonl")
    assert main(["fix", *DAY, "--in-place", "hard.jsonl"]) == 3
    assert "hard links" in capsys.readouterr().err
    assert Path("requests.jsonl").read_bytes() == BROKEN + GOOD


@pytest.mark.parametrize("target", [["--in-place"], ["-o", "fixed.jsonl"], []])
def test_a_file_that_changes_while_it_is_read_is_left_alone(
    target: list[str], monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    from batchlint.fixing import linting

    lint = linting.RulebookLinter.of_file

    def changing(*arguments: object) -> object:
        with Path("requests.jsonl").open("ab") as file:
            file.write(GOOD)
        return lint(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(linting.RulebookLinter, "of_file", changing)
    assert main(["fix", *DAY, "requests.jsonl", *target]) == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert "changed while it was read" in err
    assert Path("requests.jsonl").read_bytes().startswith(BROKEN + GOOD + GOOD)
    assert names() == ["requests.jsonl"]


def test_only_what_is_selected_is_fixed() -> None:
    both = BROKEN.replace(b'"model"', b'"stream": true, "model"')
    Path("requests.jsonl").write_bytes(both)
    assert main(["fix", *DAY, "--ignore", "stream-in-batch", "requests.jsonl", "-o", "one.jsonl"]) == 0
    assert Path("one.jsonl").read_bytes() == both.replace(b'"max_token"', b'"max_tokens"')
    assert main(["fix", *DAY, "--select", "stream-in-batch", "requests.jsonl", "-o", "other.jsonl"]) == 0
    assert Path("other.jsonl").read_bytes() == BROKEN


def test_what_the_configuration_silences_is_left_alone() -> None:
    Path(".batchlint.yaml").write_text("per-id-ignores: {a: [unknown-member]}", encoding="utf-8")
    assert main(["fix", *DAY, "requests.jsonl", "-o", "fixed.jsonl"]) == 0
    assert Path("fixed.jsonl").read_bytes() == BROKEN + GOOD


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["-", "--in-place"], "standard input cannot be replaced"),
        (["requests.jsonl", "other.jsonl", "-o", "fixed.jsonl"], "-o takes one file"),
        (["requests.jsonl", "-o", "fixed.jsonl", "--in-place"], "not allowed with"),
        ([], "no file given"),
    ],
)
def test_a_wrong_call_is_reported(words: list[str], said: str, capsys: Captured) -> None:
    assert main(["fix", *DAY, *words]) == 2
    assert said in capsys.readouterr().err


def test_many_mistakes_in_one_object_are_mended_in_several_passes() -> None:
    members = ("timeout", "max_retries", "num_retries", "drop_params", "stream_options", "api_key", "base_url")
    odd = b"".join(b', "%s": 1' % name.encode() for name in members)
    Path("requests.jsonl").write_bytes(GOOD.replace(b"}}\n", odd + b"}}\n"))
    assert main(["fix", *DAY, "requests.jsonl", "-o", "fixed.jsonl"]) == 0
    assert Path("fixed.jsonl").read_bytes() == GOOD


def test_the_json_document_holds_edits_that_mend(capsys: Captured) -> None:
    assert main([*DAY, "--format", "json", "requests.jsonl"]) == 1
    (finding,) = json.loads(capsys.readouterr().out)["findings"]
    content = Path("requests.jsonl").read_bytes()
    for edit in reversed(finding["fix"]["edits"]):
        content = content[: edit["offset"]] + edit["text"].encode() + content[edit["end_offset"] :]
    assert finding["fix"]["safety"] == "safe"
    assert content == FIXED + GOOD


def test_reviewdog_gets_columns_in_bytes(capsys: Captured) -> None:
    Path("requests.jsonl").write_bytes(BROKEN.replace(b'"a"', '"é"'.encode()))
    main([*DAY, "--select", "unknown-member", "--format", "rdjson", "requests.jsonl"])
    (diagnostic,) = json.loads(capsys.readouterr().out)["diagnostics"]
    (suggestion,) = diagnostic["suggestions"]
    line = Path("requests.jsonl").read_bytes()
    start, end = (suggestion["range"][side]["column"] - 1 for side in ("start", "end"))
    assert line[start:end] == b'"max_token"'
    assert suggestion["text"] == '"max_tokens"'


def test_sarif_has_fixes(capsys: Captured) -> None:
    main([*DAY, "--format", "sarif", "requests.jsonl"])
    (run,) = json.loads(capsys.readouterr().out)["runs"]
    (fix,) = run["results"][0]["fixes"]
    (replacement,) = fix["artifactChanges"][0]["replacements"]
    assert replacement["insertedContent"] == {"text": '"max_tokens"'}
    column = replacement["deletedRegion"]["startColumn"]
    assert BROKEN[column - 1 :].startswith(b'"max_token"')


def test_a_fix_that_brings_an_error_to_light_is_left_out() -> None:
    hidden = GOOD.replace(b"claude-opus-4-8", b"claude-opus-4.8")
    answer = b'"content": "Hello"}, {"role": "assistant", "content": "Answer: "}]'
    prefilled = hidden.replace(b'"b"', b'"p"').replace(b'"content": "Hello \\u00e9 1.0e+2"}]', answer)
    Path("requests.jsonl").write_bytes(hidden + prefilled)
    assert main(["fix", *DAY, "requests.jsonl", "-o", "fixed.jsonl"]) == 1
    assert Path("fixed.jsonl").read_bytes() == GOOD + prefilled
