"""What each format promises its readers, with findings and without."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from io import StringIO

import jsonschema
import junitparser
import pytest

from batchlint.reports import FORMATS
from batchlint.reports.github import LIMIT
from batchlint.reports.junit import LONGEST_NAME
from tests.reports.commands import commands
from tests.reports.made import Made, written
from tests.reports.sarif_schema import sarif_schema

ERROR = Made()
WARNING = Made(rule="deprecated-model", severity="warning", pointer=("params", "model"))
WHOLE_FILE = Made(rule="batch-size", impact="batch", pointer=None, index=None, custom_id=None)
SEVERAL = [
    [],
    [ERROR],
    [WARNING],
    [WARNING, ERROR, WHOLE_FILE],
    [WARNING, ERROR._replace(path="other/batch.jsonl"), ERROR, ERROR],
]


@pytest.mark.parametrize("found", SEVERAL, ids=len)
def test_jsonl_is_one_object_a_line(found: list[Made]) -> None:
    lines = written("jsonl", found).text.splitlines()
    objects = [json.loads(line) for line in lines]
    assert len(objects) == len(found)
    assert {each["rule"] for each in objects} == {each.rule for each in found}


@pytest.mark.parametrize("found", SEVERAL, ids=len)
def test_sarif_is_of_the_official_schema(found: list[Made]) -> None:
    document = json.loads(written("sarif", found).text)
    jsonschema.Draft7Validator(sarif_schema()).validate(document)
    (run,) = document["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    levels = [result["level"] for result in run["results"]]
    assert levels == sorted(levels)  # errors first
    assert len(levels) == len(found)
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    prints = [result["partialFingerprints"]["primaryLocationLineHash"] for result in run["results"]]
    assert len(set(prints)) == len(prints)


def test_sarif_describes_the_rules_that_found_something() -> None:
    (run,) = json.loads(written("sarif", [ERROR]).text)["runs"]
    (rule,) = run["tool"]["driver"]["rules"]
    assert "Instead" in rule["help"]["text"]
    (result,) = run["results"]
    assert result["properties"]["impact"] == "request"
    assert result["properties"]["pointer"] == "/params/max_token"
    assert result["locations"][0]["physicalLocation"]["region"] == {
        "startLine": 2,
        "startColumn": 3,
        "endLine": 2,
        "endColumn": 9,
    }


def test_sarif_keeps_within_what_github_takes_and_says_what_it_left_out() -> None:
    many = [WARNING._replace(custom_id=f"w{number}") for number in range(6_000)]
    many += [ERROR._replace(custom_id=f"e{number}") for number in range(20_500)]
    report = written("sarif", many)
    (run,) = json.loads(report.text)["runs"]
    assert [result["level"] for result in run["results"]] == ["error"] * 20_000 + ["warning"] * 5_000
    assert report.note == "1,500 left out: GitHub takes no more findings in an upload"
    (notification,) = run["invocations"][0]["toolExecutionNotifications"]
    assert notification["message"]["text"] == report.note


@pytest.mark.parametrize("format_name", ["sarif", "gitlab"])
def test_fingerprints_survive_moved_lines(format_name: str) -> None:
    found = [ERROR, ERROR._replace(custom_id="other"), ERROR, ERROR._replace(custom_id=None)]
    moved = [each._replace(line=each.line + 7, index=8) for each in found]
    assert fingerprints(format_name, found) == fingerprints(format_name, moved)
    assert len(set(fingerprints(format_name, found))) == len(found)


def fingerprints(format_name: str, found: list[Made]) -> list[str]:
    document = json.loads(written(format_name, found).text)
    if format_name == "gitlab":
        return [issue["fingerprint"] for issue in document]
    return [result["partialFingerprints"]["batchlintFinding/v1"] for result in document["runs"][0]["results"]]


GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^(?!\\./)"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}
"""The shape that GitLab's documentation gives for Code Quality reports; GitLab publishes no schema of it."""


@pytest.mark.parametrize("found", SEVERAL, ids=len)
def test_gitlab_has_the_documented_shape(found: list[Made]) -> None:
    issues = json.loads(written("gitlab", found).text)
    jsonschema.validate(issues, GITLAB)
    assert len({issue["fingerprint"] for issue in issues}) == len(found)


def test_gitlab_knows_what_refuses_the_whole_batch() -> None:
    issues = json.loads(written("gitlab", [WARNING, ERROR, WHOLE_FILE]).text)
    assert [issue["severity"] for issue in issues] == ["minor", "critical", "blocker"]


@pytest.mark.parametrize("found", SEVERAL, ids=len)
def test_junit_is_read_by_a_consumer(found: list[Made]) -> None:
    text = written("junit", found).text
    suites = list(junitparser.JUnitXml.fromstring(text.encode()))
    assert [suite.name for suite in suites] == list(dict.fromkeys(each.path for each in found)) or ["requests.jsonl"]
    cases = [case for suite in suites for case in suite]
    failed = [case for case in cases if not case.is_passed]
    assert len(failed) == sum(each.severity == "error" for each in found)
    for suite in suites:
        assert suite.tests == len(list(suite)) > 0
        assert suite.failures == sum(not case.is_passed for case in suite)
        names = [case.name for case in suite]
        assert len(set(names)) == len(names)  # GitLab drops a second one of the same name


def test_junit_keeps_within_what_gitlab_reads_and_says_what_it_left_out() -> None:
    many = [ERROR._replace(custom_id=f"e{number}", message="x" * 3_000) for number in range(20_500)]
    report = written("junit", many)
    assert len(report.text) < 30_000_000
    assert report.note is not None
    root = ElementTree.parse(StringIO(report.text)).getroot()
    *_, last = root.iter("skipped")
    assert last.get("message") == report.note


@pytest.mark.parametrize("found", SEVERAL, ids=len)
def test_github_gives_a_command_for_each_file_and_shape_errors_first(found: list[Made]) -> None:
    told = commands(written("github", found).text)
    kinds = {(each.severity, each.path, each.rule) for each in found}
    assert [each.name for each in told] == sorted(severity for severity, *_ in kinds)
    assert all(each.properties["file"] for each in told)


def test_github_says_how_many_more_there_are_like_the_one_shown() -> None:
    repeated = [ERROR._replace(custom_id=f"e{number}") for number in range(300)]
    elsewhere = ERROR._replace(path="other.jsonl")
    first, second = commands(written("github", [*repeated, elsewhere]).text)
    assert first.message.endswith("\n... and 299 more like this in the file.")
    assert "more like this" not in second.message


def test_github_shows_as_many_as_github_does_and_says_how_many_are_left_out() -> None:
    kinds = [ERROR._replace(pointer=("params", f"p{number}")) for number in range(LIMIT + 5)]
    told = commands(written("github", [*kinds, *kinds, WARNING]).text)
    assert [each.name for each in told] == ["error"] * LIMIT + ["warning"]
    assert "10 errors of other kinds or files are not shown here." in told[LIMIT - 1].message
    assert not any("not shown" in each.message for each in told[: LIMIT - 1] + told[LIMIT:])


def test_github_places_a_finding() -> None:
    (told,) = commands(written("github", [ERROR]).text)
    assert told.properties == {
        "file": "requests.jsonl",
        "line": "2",
        "endLine": "2",
        "col": "3",
        "endColumn": "9",
        "title": "batchlint unknown-member",
    }
    assert told.message.startswith("requests.jsonl:2:3: unknown field")


def test_paths_are_relative_to_the_top_of_the_repository() -> None:
    absolute = [ERROR._replace(path="/repository/data/my batch.jsonl")]
    (result,) = json.loads(written("sarif", absolute, root="/repository").text)["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": "data/my%20batch.jsonl"}
    (issue,) = json.loads(written("gitlab", absolute, root="/repository").text)
    assert issue["location"]["path"] == "data/my batch.jsonl"
    (told,) = commands(written("github", absolute, root="/repository").text)
    assert told.properties["file"] == "data/my batch.jsonl"


@pytest.mark.parametrize("format_name", FORMATS)
def test_every_format_takes_a_finding_about_a_whole_file(format_name: str) -> None:
    assert "batch-size" in written(format_name, [WHOLE_FILE]).text


@pytest.mark.parametrize("more", [0, 1])
def test_a_name_is_cut_only_where_it_is_too_long(more: int) -> None:
    made = Made(custom_id="", pointer=None)
    without_id = f'{made.rule} ""'
    made = made._replace(custom_id="x" * (LONGEST_NAME - len(without_id) + more))
    (suite,) = list(junitparser.JUnitXml.fromstring(written("junit", [made]).text.encode()))
    (name,) = [case.name for case in suite]
    assert (name == f'{made.rule} "{made.custom_id}"') is (more == 0)
