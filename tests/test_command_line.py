"""The contract at the command line: exit codes, which stream holds what, and a wrong call told in one line."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from batchlint.cli import COMMANDS, guarded_main, main
from batchlint.cli.help import option_groups
from batchlint.resources import schema_path

GOOD = {
    "custom_id": "a",
    "params": {"model": "claude-opus-4-8", "max_tokens": 10, "messages": [{"role": "user", "content": "hi"}]},
}
BAD = {
    "custom_id": "b",
    "params": {"model": "claude-opus-4-8", "max_token": 10, "messages": [{"role": "user", "content": "hi"}]},
}
WARNED = {**GOOD, "params": {**GOOD["params"], "model": "claude-sonnet-4-5"}}  # type: ignore[dict-item]
TODAY = ["--as-of", "2026-11-23", "--no-config"]


def written(tmp_path: Path, *requests: object, name: str = "requests.jsonl") -> str:
    path = tmp_path / name
    path.write_text("".join(json.dumps(request) + "\n" for request in requests), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("requests", "options", "status"),
    [
        ([GOOD], [], 0),
        ([BAD], [], 1),
        ([GOOD, BAD], ["--exit-zero"], 0),
        ([WARNED], [], 0),
        ([WARNED], ["--strict"], 1),
        ([WARNED], ["--ignore", "deprecated-model"], 0),
        ([BAD], ["--ignore", "unknown-member"], 0),
        ([BAD], ["--warn", "unknown-member"], 0),
        ([BAD], ["--select", "deprecated-model"], 0),
        ([BAD], ["--select", "deprecated-model", "--extend-select", "unknown-member"], 1),
    ],
)
def test_exit_codes(tmp_path: Path, requests: list[object], options: list[str], status: int) -> None:
    assert main([*TODAY, *options, written(tmp_path, *requests)]) == status


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--quiet"], "no file given"),
        (["chek"], "did you mean 'check'?"),
        (["reslts", "a.jsonl"], "did you mean 'results'?"),
        (["help", "modls"], "did you mean 'models'?"),
        (["rules", "stream-in-bach"], "did you mean 'stream-in-batch'?"),
        (["models", "claude-opus-4-9x"], "did you mean"),
        (["--statistics", "--format", "json", "x"], "--statistics is for people"),
        (["--formt", "json", "x"], "did you mean --format?"),
        (["--format", "jsn", "x"], "did you mean json?"),
        (["--select", "unknown-membr", "x"], "did you mean 'unknown-member'?"),
        (["--as-of", "tomorrow", "x"], "YYYY-MM-DD"),
        (["--max-findings", "-1", "x"], "not a whole number"),
        (["--api-version", "2020-01-01", "x"], "2026-10-21"),
        (["--beta", "none", "--beta", "x", "x"], "cannot be combined"),
        (["rule", "strem-in-batch"], "did you mean 'stream-in-batch'?"),
    ],
)
def test_a_wrong_call_is_reported_in_one_line(
    arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert says in err


def test_nothing_at_all_is_answered_with_the_first_screen(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "batchlint fix requests.jsonl" in err


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["help"], ["help", "help"], ["help", "--help"]])
def test_the_first_screen_names_every_command_and_every_option_of_check(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 0
    out = capsys.readouterr().out
    lines = [line.strip() for line in out.splitlines()]
    assert all(f"{name:{max(map(len, COMMANDS))}}  {what}" in lines for name, what in COMMANDS.items())
    shown = [option for _, names in option_groups() for option in names]
    assert {"--format", "--select", "--beta"} <= set(shown)
    assert set(shown) <= set(re.findall(r"--[a-z-]+", out))


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_a_command_is_its_own(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["help", name]) == 0
    asked = capsys.readouterr().out
    assert main([name, "--help"]) == 0
    assert capsys.readouterr().out == asked


def test_a_file_of_a_commands_name_is_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "chek").write_text(json.dumps(GOOD) + "\n", encoding="utf-8")
    assert main(["chek", *TODAY]) == 0
    assert "no findings in 1 request" in capsys.readouterr().err


def test_statistics_count_by_rule_in_place_of_the_findings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, *({**BAD, "custom_id": f"id-{number // 2}"} for number in range(12)))
    report = tmp_path / "report.json"
    assert main([*TODAY, "--statistics", "--output", str(report), path]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].split()[:3] == ["12", "unknown-member", "error"]
    assert [line.split()[:3] for line in lines if "duplicate-custom-id" in line] == [
        ["6", "duplicate-custom-id", "error"]
    ]
    assert "18 errors and 0 warnings of 2 rules in 12 requests." in lines
    assert json.loads(report.read_text(encoding="utf-8"))["summary"]["rules"] == {
        "duplicate-custom-id": 6,
        "unknown-member": 12,
    }
    assert main([*TODAY, "--statistics", written(tmp_path, GOOD)]) == 0
    assert capsys.readouterr().out == ""


def test_rules_and_models_are_found_by_a_word(capsys: pytest.CaptureFixture[str]) -> None:
    main(["rules", "CACHE", "--format", "json"])
    found = json.loads(capsys.readouterr().out)
    assert 3 < len(found) < 30
    assert all("cache" in f"{each['name']} {each['summary']}".lower() for each in found)
    main(["models", "haiku", "--format", "json"])
    assert {"haiku" in each["id"] for each in json.loads(capsys.readouterr().out)} == {True}
    main(["models", "claude-haiku-4-5"])
    assert "aliases      claude-haiku-4-5\n" in capsys.readouterr().out
    main(["rule", "stream-in-batch", "--format", "json"])
    rule = json.loads(capsys.readouterr().out)
    assert rule["name"] == "stream-in-batch"
    assert rule["page"].startswith(rule["summary"])


def test_what_cannot_be_read_is_reported_and_the_others_are_still_linted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*TODAY, "--format", "concise", str(tmp_path / "absent.jsonl"), written(tmp_path, BAD)]) == 3
    out, err = capsys.readouterr()
    assert "unknown-member" in out
    assert "absent.jsonl: cannot be read" in err


def test_findings_go_to_stdout_and_all_else_to_stderr(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*TODAY, written(tmp_path, GOOD)]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert "no findings in 1 request of 1 file" in err
    assert main([*TODAY, "--quiet", written(tmp_path, GOOD)]) == 0
    assert capsys.readouterr() == ("", "")


def test_a_beta_header_that_nobody_knows_is_reported_with_the_near_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, GOOD)
    assert main([*TODAY, "--beta", "compact-2026-09-05", path]) == 0
    told = capsys.readouterr().err
    assert "did you mean compact-2026-09-04?" in told
    assert "Unexpected value(s) `compact-2026-09-05` for the `anthropic-beta` header" in told
    assert main([*TODAY, "--beta", "quantum-2027-01-01", path]) == 0
    assert 'note: "quantum-2027-01-01" is not a beta header' in capsys.readouterr().err
    for known in (["compact-2026-09-04"], ["none"], ["claude-code-20250219"]):
        assert main([*TODAY, "--beta", *known, path]) == 0
        assert "beta header" not in capsys.readouterr().err
    assert main([*TODAY, "--quiet", "--beta", "quantum-2027-01-01", path]) == 0
    assert capsys.readouterr() == ("", "")


def test_a_beta_header_of_the_configuration_is_looked_at_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = '[tool.batchlint]\nbetas = ["compact-2026-09-05"]\n'
    (tmp_path / "batchlint.toml").write_text(text, encoding="utf-8")
    assert main(["--as-of", "2026-11-23", "--config", str(tmp_path / "batchlint.toml"), written(tmp_path, GOOD)]) == 0
    assert "did you mean compact-2026-09-04?" in capsys.readouterr().err


@pytest.mark.parametrize("requests", [[], [GOOD], [BAD, WARNED, GOOD]])
def test_json_is_one_document_of_the_published_schema(
    tmp_path: Path, requests: list[object], capsys: pytest.CaptureFixture[str]
) -> None:
    main([*TODAY, "--format", "json", written(tmp_path, *requests)])
    document = json.loads(capsys.readouterr().out)
    schema = json.loads(schema_path("findings.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(document, schema)
    assert document["summary"]["requests"] == len(requests)
    assert len(document["findings"]) == document["summary"]["errors"] + document["summary"]["warnings"]


def test_the_places_in_the_document_lead_to_the_bytes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, GOOD, BAD)
    main([*TODAY, "--format", "json", path])
    data = Path(path).read_bytes()
    (finding,) = json.loads(capsys.readouterr().out)["findings"]
    assert data[finding["offset"] : finding["end_offset"]] == b'"max_token"'
    assert finding["pointer"] == "/params/max_token"
    assert (finding["line"], finding["index"], finding["custom_id"]) == (2, 1, "b")
    line = data.decode().splitlines()[finding["line"] - 1]
    assert line[finding["column"] - 1 : finding["end_column"] - 1] == '"max_token"'


def test_people_see_at_most_so_many_groups_and_how_many_more_there_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    params: Any = GOOD["params"]
    members = ({**params, f"unknown_{number}": 1} for number in range(6))
    path = written(tmp_path, *({"custom_id": f"id-{number}", "params": each} for number, each in enumerate(members)))
    main([*TODAY, "--max-findings", "2", path])
    out = capsys.readouterr().out
    assert out.count("error[unknown-member]") == 2
    assert "... 4 more findings of other kinds (--max-findings 0 shows all)" in out
    main([*TODAY, "--max-findings", "0", path])
    assert capsys.readouterr().out.count("error[unknown-member]") == 6


def test_programs_that_count_lines_get_all_findings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, *({**BAD, "custom_id": f"id-{number}"} for number in range(80)))
    main([*TODAY, "--format", "concise", "--max-findings", "3", path])
    assert capsys.readouterr().out.count("\n") == 80


def test_a_mistake_of_a_generator_is_one_group(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main([*TODAY, written(tmp_path, *({**BAD, "custom_id": f"id-{number}"} for number in range(1000)))])
    out = capsys.readouterr().out
    assert out.count("error[unknown-member]") == 1
    assert "x 1,000 requests, first at" in out
    assert "1,000 errors would fail only their own requests, hours later" in out


def test_a_shared_id_across_files_is_a_warning_that_names_the_other_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = written(tmp_path, GOOD, name="one.jsonl"), written(tmp_path, GOOD, GOOD, name="two.jsonl")
    assert main([*TODAY, "--format", "json", first, second]) == 1
    across, within = json.loads(capsys.readouterr().out)["findings"]
    assert (across["severity"], across["related"][0]["path"], across["line"]) == ("warning", first, 1)
    assert (within["severity"], within["related"][0]["path"], within["line"]) == ("error", second, 2)
    assert within["related"][0]["line"] == 1


def run(*arguments: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "batchlint", *arguments], capture_output=True, check=False, **options)  # type: ignore[call-overload, no-any-return]


def test_standard_input_is_read_and_named(tmp_path: Path) -> None:
    data = Path(written(tmp_path, BAD)).read_bytes()
    done = run(*TODAY, "--format", "concise", "--stdin-filename", "made.jsonl", "-", input=data)
    assert done.returncode == 1
    assert done.stdout.startswith(b"made.jsonl:1:")


def test_a_closed_pipe_ends_quietly(tmp_path: Path) -> None:
    path = written(tmp_path, *({**BAD, "custom_id": f"id-{number}"} for number in range(5000)))
    with subprocess.Popen(
        [sys.executable, "-m", "batchlint", *TODAY, "--format", "concise", "--max-findings", "0", path],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""


def test_colour_is_for_terminals_and_for_those_who_ask(tmp_path: Path) -> None:
    path = written(tmp_path, BAD)
    environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    assert b"\x1b[" not in run(*TODAY, path, env=environment).stdout
    assert b"\x1b[" in run(*TODAY, "--color", "always", path, env=environment).stdout
    assert b"\x1b[" not in run(*TODAY, "--color", "never", path, env=environment).stdout


def test_a_bug_is_reported_as_a_bug_without_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*arguments: object) -> None:
        raise RuntimeError("secret prompt")

    monkeypatch.setattr("batchlint.engine.Engine.check", fail)
    assert guarded_main([*TODAY, written(tmp_path, GOOD)]) == 70
    err = capsys.readouterr().err
    assert "this is a bug in batchlint" in err
    assert "secret prompt" not in err


def test_the_version_says_which_way_runs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1
    for value in ("0", "1"):
        command = [sys.executable, "-m", "batchlint", "--version", "--verbose"]
        environment = {**os.environ, "BATCHLINT_NATIVE": value}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        version, python, scanner, *_ = done.stdout.splitlines()
        assert version.startswith("batchlint ")
        assert python.startswith("Python 3.")
        assert scanner.startswith("native scanner: ")
        assert (scanner == "native scanner: not used (BATCHLINT_NATIVE=0)") == (value == "0")
