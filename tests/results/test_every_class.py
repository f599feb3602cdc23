"""A made pair of requests and results with every class in it, held line by line in every format.

`pytest --update` writes what the files should hold: read the difference, then commit it.
"""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from batchlint.cli import main
from batchlint.facts import outcomes
from batchlint.resources import schema_path
from tests.results.made import TODAY

FOLDER = Path(__file__).parent / "every-class"
CALL = ["results", "results.jsonl", "--source", "requests.jsonl", *TODAY]


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("report.txt", []),
        ("report.md", ["--format", "markdown"]),
        ("report.csv", ["--format", "csv"]),
        ("report.json", ["--format", "json"]),
    ],
)
def test_the_report_is_right_line_by_line(
    name: str, options: list[str], update: bool, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(FOLDER)
    assert main([*CALL, *options]) == 1
    out = capsys.readouterr().out
    if update:
        (FOLDER / name).write_text(out, encoding="utf-8")
    assert out == (FOLDER / name).read_text(encoding="utf-8")


def test_the_pair_has_every_class(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FOLDER)
    main([*CALL, "--format", "json"])
    document = json.loads(capsys.readouterr().out)
    assert set(document["summary"]["classes"]) == set(outcomes().classes)


def test_the_document_is_as_its_schema_describes(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(FOLDER)
    main([*CALL, "--format", "json"])
    document = json.loads(capsys.readouterr().out)
    schema = json.loads(schema_path("results-report.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(document, schema)
    assert schema["$defs"]["class"]["enum"] == list(outcomes().classes)


def test_each_request_is_in_one_class(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FOLDER)
    main([*CALL, "--format", "json"])
    document = json.loads(capsys.readouterr().out)
    sent = [json.loads(line)["custom_id"] for line in (FOLDER / "requests.jsonl").read_text().splitlines()]
    assert [each["custom_id"] for each in document["requests"]] == sent
    assert sum(document["summary"]["classes"].values()) == len(sent)


def test_the_places_lead_to_the_bytes(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FOLDER)
    main([*CALL, "--format", "json"])
    groups = json.loads(capsys.readouterr().out)["groups"]
    source = (FOLDER / "requests.jsonl").read_text(encoding="utf-8").splitlines()
    there = {
        example["custom_id"]: source[example["line"] - 1][example["column"] - 1 :]
        for group in groups
        for example in group["examples"]
    }
    assert there["fix-1"].startswith('"cache": 1')
    assert there["fix-2"].startswith('"cache": 1')
    assert there["stream"].startswith("true")
    assert there["model"].startswith('"claude-sonet-4-6"')
    assert there["temp"].startswith("0.5")
    assert there["expired"].startswith('{"custom_id": "expired"')
