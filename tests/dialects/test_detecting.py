"""How it is decided what a file is for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from batchlint import check_file
from batchlint.cli import UsageError
from batchlint.cli.check import main
from batchlint.dialects.detecting import DIALECTS, dialect_of
from batchlint.dialects.job_model import claude_id
from batchlint.facts import platforms
from batchlint.options import Options
from batchlint.sources import source_of_bytes
from tests.dialects.lines import PLATFORMS, line_for, lines_for, request

BEDROCK = '{"recordId": "a", "modelInput": {}}'
VERTEX = '{"custom_id": "a", "request": {}}'
OWN = '{"custom_id": "a", "params": {}}'


def test_the_dialects_are_those_of_the_facts() -> None:
    assert sorted(DIALECTS) == sorted(["auto", "anthropic", *platforms().by_key])


@pytest.mark.parametrize(
    ("text", "dialect"),
    [
        (OWN, "anthropic"),
        (BEDROCK, "bedrock"),
        ('{"modelInput": {"inferenceConfig": {}}}', "bedrock"),
        (VERTEX, "vertex"),
        (f"\n{{broken\n17\n{BEDROCK}\n{OWN}", "bedrock"),
        (f"{OWN}\n{BEDROCK}", "anthropic"),
        (f"[{VERTEX}, {OWN}]", "vertex"),
        (f'{{"requests": [{BEDROCK}]}}', "bedrock"),
        ('{"recordId": "a", "modelInput": {}, "modelOutput": {}}', "anthropic"),
        ('{"recordId": "a", "modelInput": {}, "error": {}}', "anthropic"),
        ('{"custom_id": "a", "request": {"contents": []}}', "anthropic"),
        ('{"custom_id": "a", "request": {}, "response": {"type": "message"}, "status": ""}', "anthropic"),
        ('{"custom_id": "a", "request": {}, "status": "Bad Request: {}"}', "anthropic"),
        ('{"custom_id": "a", "request": {}, "status": "new"}', "vertex"),
        ('{"custom_id": "a", "body": {}, "url": "/v1/messages"}', "anthropic"),
        ("", "anthropic"),
        ("[]", "anthropic"),
        ("nothing of this\nis JSON", "anthropic"),
    ],
)
def test_the_first_object_decides(text: str, dialect: str) -> None:
    with source_of_bytes(text.encode()) as source:
        assert dialect_of(source, "auto") == dialect


def test_what_is_said_decides_before_the_first_item() -> None:
    with source_of_bytes(BEDROCK.encode()) as source:
        assert dialect_of(source, "vertex") == "vertex"
        assert dialect_of(source, "anthropic") == "anthropic"


@pytest.mark.parametrize("key", PLATFORMS)
def test_lines_of_another_dialect_are_reported_one_by_one(key: str, tmp_path: Path) -> None:
    others = [other for other in ("anthropic", *PLATFORMS) if other != key]
    path = tmp_path / "mixed.jsonl"
    lines = [line_for(each, request(f"row-{number}")) for number, each in enumerate([key, *others, *others, key])]
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    found = [each for each in check_file(path) if each.severity == "error"]
    assert [(each.rule.name, each.index, each.pointer) for each in found] == [
        ("wrong-dialect", index, ()) for index in range(1, 1 + 2 * len(others))
    ]
    platform = platforms().by_key[key]
    assert f"a request here has {platform.id} and {platform.body}" in found[0].message
    assert all(each.help and platform.batch in each.help and each.api_error is None for each in found)


def test_a_line_of_a_platform_in_a_batch_is_reported_as_before(tmp_path: Path) -> None:
    path = tmp_path / "mixed.jsonl"
    path.write_bytes(lines_for("anthropic", [request("a")]) + lines_for("bedrock", [request("b")]))
    (finding,) = check_file(path)
    assert (finding.rule.name, finding.index, finding.api_error) == (
        "wrong-dialect",
        1,
        "requests.1.custom_id: Field required",
    )


def test_each_file_of_a_run_is_recognised_by_itself(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keys = ["anthropic", *PLATFORMS, "anthropic"]
    paths = [str(tmp_path / f"{number}.jsonl") for number in range(len(keys))]
    for key, path in zip(keys, paths, strict=True):
        Path(path).write_bytes(lines_for(key, [request(key, max_tokens=0)]))
    assert main([*paths, "--no-config", "--format", "json", "--select", "out-of-range"]) == 1
    pointers = [each["pointer"] for each in json.loads(capsys.readouterr().out)["findings"]]
    assert pointers == [
        "/params/max_tokens",
        "/modelInput/max_tokens",
        "/request/max_tokens",
        "/params/max_tokens",
    ]


def test_the_configuration_may_say_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / ".batchlint.yaml").write_text(
        "dialect: bedrock\nmodel: eu.anthropic.claude-opus-4-8\n", encoding="utf-8"
    )
    path = tmp_path / "a.jsonl"
    path.write_bytes(lines_for("bedrock", [request(thinking={"type": "enabled", "budget_tokens": 8000})]))
    main([str(path), "--format", "concise"])
    assert "error[unsupported-thinking-type] claude-opus-4-8 does not take" in capsys.readouterr().out
    for wrong in ("dialect: azure", "model: claude-opsu-4-8", "whole-job: 3"):
        (tmp_path / ".batchlint.yaml").write_text(f"{wrong}\n", encoding="utf-8")
        with pytest.raises(UsageError, match=wrong.partition(":")[0]):
            main([str(path)])


@pytest.mark.parametrize(
    ("text", "model"),
    [
        ("claude-opus-4-8", "claude-opus-4-8"),
        ("anthropic.claude-haiku-4-5-20251001-v1:0", "claude-haiku-4-5-20251001"),
        ("us.anthropic.claude-haiku-4-5-20251001-v1:0", "claude-haiku-4-5-20251001"),
        ("global.anthropic.claude-opus-5", "claude-opus-5"),
        ("apac.anthropic.claude-3-haiku-20240307-v1:0", "claude-3-haiku-20240307"),
        ("claude-sonnet-4-5@20250929", "claude-sonnet-4-5-20250929"),
        ("publishers/anthropic/models/claude-opus-4-8", "claude-opus-4-8"),
        ("arn:aws:bedrock:us-east-1:1:application-inference-profile/x", None),
        ("claude-opus-9", None),
    ],
)
def test_a_models_id_is_found_in_that_of_a_platform(text: str, model: str | None) -> None:
    assert claude_id(text) == (model or text)


@pytest.mark.parametrize(
    "text", ["claude-opsu-4-8", "meta.llama3-8b-instruct-v1:0", "gpt-5", "us.amazon.nova-lite-v1:0"]
)
def test_what_is_not_a_model_of_claude_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="model"):
        claude_id(text)


@pytest.mark.parametrize("key", PLATFORMS)
def test_without_the_jobs_model_rules_about_models_are_silent(key: str, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(lines_for(key, [request(thinking={"type": "enabled", "budget_tokens": 8000}, max_tokens=9000)]))
    errors = [each.rule.name for each in check_file(path) if each.severity == "error"]
    assert errors == []
    known = [each.rule.name for each in check_file(path, Options(job_model="claude-opus-4-8"))]
    assert "unsupported-thinking-type" in known
    retired = check_file(path, Options(job_model="claude-3-opus-20240229"))
    assert not [each for each in retired if each.rule.name == "retired-model"]
