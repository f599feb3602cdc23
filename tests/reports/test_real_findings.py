"""Each format on real findings: what all rules find in all their fixtures, broken files among them."""

from __future__ import annotations

import json
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import jsonschema
import pytest

from batchlint.cli import main
from batchlint.reports import FORMATS
from batchlint.resources import schema_path
from tests.reports.commands import commands
from tests.reports.sarif_schema import sarif_schema

FIXTURES = Path(__file__).parent.parent / "rules"
BAD = sorted(str(path) for path in FIXTURES.glob("*/bad*.json*"))
TODAY = ["--as-of", "2026-11-23", "--no-config", "--max-findings", "0"]


def reported(format_name: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert main([*TODAY, "--format", format_name, *BAD]) == 1
    out, err = capsys.readouterr()
    assert not err or "left out" in err or "not shown" in err
    return out


def findings(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in reported("jsonl", capsys).splitlines()]


def test_the_fixtures_are_of_nearly_every_rule(capsys: pytest.CaptureFixture[str]) -> None:
    found = {finding["rule"] for finding in findings(capsys)}
    # A few need an option, or are megabytes that are there in short.
    assert len(found) > len(list(FIXTURES.iterdir())) - 10


def test_json_is_of_its_schema_and_has_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    document = json.loads(reported("json", capsys))
    jsonschema.validate(document, json.loads(schema_path("findings.schema.json").read_text(encoding="utf-8")))
    assert document["findings"] == findings(capsys)


def test_sarif_is_of_its_schema_and_has_all(capsys: pytest.CaptureFixture[str]) -> None:
    document = json.loads(reported("sarif", capsys))
    jsonschema.Draft7Validator(sarif_schema()).validate(document)
    assert len(document["runs"][0]["results"]) == len(findings(capsys))


def test_gitlab_has_a_fingerprint_for_each(capsys: pytest.CaptureFixture[str]) -> None:
    issues = json.loads(reported("gitlab", capsys))
    assert len({issue["fingerprint"] for issue in issues}) == len(issues) == len(findings(capsys))


def test_junit_has_a_failure_for_each_error(capsys: pytest.CaptureFixture[str]) -> None:
    root = ElementTree.fromstring(reported("junit", capsys).encode())
    errors = [finding for finding in findings(capsys) if finding["severity"] == "error"]
    assert len(list(root.iter("failure"))) == len(errors)
    assert len(root) == len(BAD)
    for suite in root:
        names = [case.get("name") for case in suite]
        assert len(set(names)) == len(names)


def test_github_has_ten_of_each_level(capsys: pytest.CaptureFixture[str]) -> None:
    told = commands(reported("github", capsys))
    assert [command.name for command in told] == ["error"] * 10 + ["warning"] * 10


def test_concise_has_a_line_for_each(capsys: pytest.CaptureFixture[str]) -> None:
    assert len(reported("concise", capsys).splitlines()) == len(findings(capsys))


@pytest.mark.parametrize("format_name", FORMATS)
def test_no_finding_is_a_report_too(format_name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "requests.jsonl"
    message = {"role": "user", "content": "hi"}
    params = {"model": "claude-opus-4-8", "max_tokens": 10, "messages": [message]}
    path.write_text(json.dumps({"custom_id": "a", "params": params}), encoding="utf-8")
    assert main([*TODAY, "--format", format_name, str(path)]) == 0
    out, _ = capsys.readouterr()
    if format_name in ("json", "sarif", "gitlab", "rdjson"):
        json.loads(out)
    elif format_name == "html":
        assert "No findings." in out
    elif format_name == "junit":
        ElementTree.fromstring(out.encode())
    else:
        assert out == ("## batchlint: no findings in 1 request\n" if format_name == "markdown" else "")


@pytest.mark.parametrize("format_name", FORMATS)
def test_a_closed_pipe_ends_quietly(format_name: str) -> None:
    command = [sys.executable, "-m", "batchlint", *TODAY, "--quiet", "--format", format_name, *BAD]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0
