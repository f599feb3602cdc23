"""One mistake at a time in an otherwise plain line of each platform, found at its exact place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from batchlint import check_file
from batchlint.facts import platforms
from batchlint.options import Options

Json = dict[str, Any]
ASKED = {"role": "user", "content": "Hello"}
URL_IMAGE = {"type": "image", "source": {"type": "url", "url": "https://example.com/a.png"}}
TOO_LARGE = {
    "type": "image",
    "source": {"type": "base64", "media_type": "image/png", "data": "iVBORw0KGgo" + "A" * 5_250_005},
}
ORPHAN = {"type": "tool_result", "tool_use_id": "toolu_1", "content": "42"}
OF_FILES = {"too-few-records"}


def body(key: str, **changed: Any) -> Json:
    """A plain body for a platform, with other fields; one that is None is left out."""
    platform = platforms().by_key[key]
    fields = {platform.version_field: platform.version_value, "max_tokens": 100, "messages": [ASKED]}
    return {name: value for name, value in (fields | changed).items() if value is not None}


BEDROCK = {
    "no version": (body("bedrock", anthropic_version=None), "missing-member", "/modelInput", None),
    "wrong version": (
        body("bedrock", anthropic_version="2023-06-01"),
        "unknown-value",
        "/modelInput/anthropic_version",
        '"2023-06-01"',
    ),
    "model": (body("bedrock", model="claude-opus-5"), "unknown-member", "/modelInput/model", '"model"'),
    "modelId": (body("bedrock", modelId="x"), "unknown-member", "/modelInput/modelId", '"modelId"'),
    "stream": (body("bedrock", stream=False), "unknown-member", "/modelInput/stream", '"stream"'),
    "betas of the client": (body("bedrock", betas=["a"]), "unknown-member", "/modelInput/betas", '"betas"'),
    "betas as a text": (
        body("bedrock", anthropic_beta="a"),
        "wrong-type",
        "/modelInput/anthropic_beta",
        '"a"',
    ),
    "image by URL": (
        body("bedrock", messages=[{"role": "user", "content": [URL_IMAGE]}]),
        "unsupported-on-platform",
        "/modelInput/messages/0/content/0/source/type",
        '"url"',
    ),
    "image of 5.25 MB": (
        body("bedrock", messages=[{"role": "user", "content": [TOO_LARGE]}]),
        "large-image",
        "/modelInput/messages/0/content/0/source/data",
        None,
    ),
    "web search": (
        body("bedrock", tools=[{"type": "web_search_20250305", "name": "web_search"}]),
        "unsupported-on-platform",
        "/modelInput/tools/0/type",
        '"web_search_20250305"',
    ),
    "automatic caching": (
        body("bedrock", cache_control={"type": "ephemeral"}),
        "unsupported-on-platform",
        "/modelInput/cache_control",
        '"cache_control"',
    ),
    "no max_tokens": (body("bedrock", max_tokens=None), "missing-member", "/modelInput", None),
    "an answer to no tool use": (
        body("bedrock", messages=[{"role": "user", "content": [ORPHAN]}]),
        "orphaned-tool-result",
        "/modelInput/messages/0/content/0",
        None,
    ),
    "fallbacks": (
        body("bedrock", fallbacks=[{"model": "claude-opus-5"}]),
        "unsupported-in-batch",
        "/modelInput/fallbacks",
        None,
    ),
    "a string": ('{"max_tokens": 1}', "wrong-type", "/modelInput", None),
}
VERTEX = {
    "version of Bedrock": (
        body("vertex", anthropic_version="bedrock-2023-05-31"),
        "unknown-value",
        "/request/anthropic_version",
        '"bedrock-2023-05-31"',
    ),
    "no version": (body("vertex", anthropic_version=None), "missing-member", "/request", None),
    "model": (body("vertex", model="claude-opus-5"), "unknown-member", "/request/model", '"model"'),
    "a string": (json.dumps(body("vertex")), "wrong-type", "/request", None),
    "code execution": (
        body("vertex", tools=[{"type": "code_execution_20250825", "name": "code_execution"}]),
        "unsupported-on-platform",
        "/request/tools/0/type",
        '"code_execution_20250825"',
    ),
    "empty text": (
        body("vertex", messages=[{"role": "user", "content": [{"type": "text", "text": ""}]}]),
        "empty-text",
        "/request/messages/0/content/0/text",
        '""',
    ),
}
CASES = [("bedrock", *case) for case in BEDROCK.items()] + [("vertex", *case) for case in VERTEX.items()]


@pytest.mark.parametrize(("key", "name", "case"), CASES, ids=[f"{key}: {name}" for key, name, _ in CASES])
def test_a_mistake_is_found_at_its_place(key: str, name: str, case: tuple[Any, ...], tmp_path: Path) -> None:
    planted, rule, pointer, text = case
    platform = platforms().by_key[key]
    lines = [
        json.dumps({platform.id: f"row-{number}", platform.body: each})
        for number, each in enumerate([body(key), planted])
    ]
    path = tmp_path / "records.jsonl"
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    found = [each for each in check_file(path, Options(max_tokens_per_request=0)) if each.rule.name not in OF_FILES]
    assert [(each.rule.name, each.severity) for each in found] == [(rule, "error")]
    (finding,) = found
    assert finding.range is not None
    assert finding.pointer is not None
    assert (finding.range.line, "".join(f"/{part}" for part in finding.pointer)) == (2, pointer)
    if text is not None:
        assert lines[1][finding.range.column - 1 : finding.range.end_column - 1] == text


@pytest.mark.parametrize("column", ["response", "status"])
@pytest.mark.parametrize("first", [True, False])
def test_a_reserved_column_is_found(column: str, first: bool, tmp_path: Path) -> None:
    plain = json.dumps({"custom_id": "a", "request": body("vertex"), "note": "is ignored"})
    wrong = json.dumps({"custom_id": "b", "request": body("vertex"), column: "new"})
    path = tmp_path / "rows.jsonl"
    path.write_text(f"{wrong}\n{plain}\n" if first else f"{plain}\n{wrong}\n", encoding="utf-8")
    (finding,) = check_file(path)
    assert (finding.rule.name, finding.pointer) == ("unknown-member", (column,))
    assert finding.range is not None
    assert finding.range.line == (1 if first else 2)


def test_a_whole_job_is_counted_over_its_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from batchlint.cli.check import main

    paths = []
    for number in range(2):
        path = tmp_path / f"{number}.jsonl"
        rows = [{"recordId": f"{number}-{row}", "modelInput": body("bedrock")} for row in range(60)]
        path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
        paths.append(str(path))
    options = ["--no-config", "--format", "concise", "--no-progress"]
    assert main([*paths, *options, "--whole-job"]) == 0
    assert capsys.readouterr().out == ""
    assert main([paths[0], *options, "--whole-job"]) == 1
    assert "error[too-few-records] the job has 60 records" in capsys.readouterr().out
    assert main([paths[0], *options]) == 0
    assert "warning[too-few-records] the file has 60 records" in capsys.readouterr().out


def test_a_body_of_converse_is_named_once(tmp_path: Path) -> None:
    row = {"recordId": "a", "modelInput": {"messages": [{"role": "user", "content": [{"text": "Hello"}]}]}}
    path = tmp_path / "records.jsonl"
    path.write_text(
        "".join(f"{json.dumps(row | {'recordId': str(number)})}\n" for number in range(300)), encoding="utf-8"
    )
    assert [(each.rule.name, each.severity) for each in check_file(path)] == [("converse-body", "warning")]


@pytest.mark.parametrize("form", ["object", "lines"])
def test_a_batch_of_a_gateway_is_named_once(form: str, tmp_path: Path) -> None:
    requests = [{"custom_id": f"t-{number}", "body": {"max_tokens": 10, "messages": [ASKED]}} for number in range(5)]
    batch = {"endpoint": "/v1/messages", "model": "anthropic/claude-opus-5:batch", "requests": requests}
    path = tmp_path / "batch.json"
    text = json.dumps(batch) if form == "object" else "\n".join(map(json.dumps, requests))
    path.write_text(text, encoding="utf-8")
    (finding,) = check_file(path)
    assert finding.rule.name == "wrong-dialect"
    assert "gateway" in finding.message
