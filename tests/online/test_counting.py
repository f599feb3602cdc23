"""`check --count-tokens api`: the API is asked only where the estimate does not decide, and its count does then."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from batchlint.cli import main
from batchlint.tokens import over_limit
from batchlint.tokens.exact import digest
from tests.online.conftest import requests, write
from tests.online.server import Fault, LocalApi

TEXT = "The quick brown fox jumps over the lazy dog. " * 40


def check(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[Any], str]:
    status = main(["check", "--count-tokens", "api", "--format", "json", "--no-config", *arguments])
    captured = capsys.readouterr()
    findings = json.loads(captured.out)["findings"] if captured.out else []
    return status, [each for each in findings if each["rule"] == "token-limit"], captured.err


@pytest.fixture
def limit(folder: Path) -> str:
    """Three requests: surely within the limit, surely over it, and one that it lies within the interval of."""
    value = requests("small") + requests("open", text=TEXT) + requests("large", text=TEXT * 9)
    write(folder / "r.jsonl", value)
    params = value[1]["params"]
    found = over_limit(params, 10**6, params["model"], 1)
    assert found is not None
    whole = over_limit(params, 10**6, params["model"], found.tokens)
    assert whole is not None
    assert whole.low <= found.tokens < whole.high
    return str(whole.tokens)


def test_only_what_is_open_is_counted_and_the_count_decides(
    folder: Path, api: LocalApi, capsys: pytest.CaptureFixture[str], limit: str
) -> None:
    api.tokens = lambda params: int(limit) + 1
    status, findings, told = check(capsys, "--max-tokens-per-request", limit, "r.jsonl")
    assert status == 1
    assert api.calls["count"] == 1
    assert "1 requests counted by the API" in told
    assert [each["custom_id"] for each in findings] == ["open", "large"]
    assert f"tokens: {int(limit) + 1:,}, as the API counts; estimated about" in findings[0]["message"]
    assert "as the API counts" not in findings[1]["message"]


def test_what_the_api_counts_as_within_the_limit_is_not_a_finding(
    folder: Path, api: LocalApi, capsys: pytest.CaptureFixture[str], limit: str
) -> None:
    api.tokens = lambda params: int(limit)
    for strict in ([], ["--strict"]):
        _, findings, _ = check(capsys, "--max-tokens-per-request", limit, *strict, "r.jsonl")
        assert [each["custom_id"] for each in findings] == ["large"]


def test_what_cannot_be_counted_stays_estimated(
    folder: Path, api: LocalApi, capsys: pytest.CaptureFixture[str], limit: str
) -> None:
    api.faults = [Fault("count", status=400)]
    _, findings, told = check(capsys, "--max-tokens-per-request", limit, "--strict", "r.jsonl")
    assert "1 could not be counted, and stay estimated; the first: r.jsonl:2: 400" in told
    assert "possibly over" in findings[0]["message"]


def test_counting_is_bounded_repeated_where_busy_and_done_once_for_the_same(
    folder: Path, api: LocalApi, capsys: pytest.CaptureFixture[str], limit: str
) -> None:
    same = requests(*(f"same{number}" for number in range(9)), text=TEXT)
    others = [requests(f"other{number}", text=TEXT + f"{number:03}")[0] for number in range(30)]
    write(folder / "many.jsonl", same + others)
    api.faults = [Fault("count", status=529), Fault("count", status=429), Fault("count", drop="before")]
    _, _, told = check(capsys, "--max-tokens-per-request", limit, "many.jsonl")
    assert "31 requests counted by the API" in told
    assert api.calls["count"] == 31 + 3
    assert 1 < api.most_counting <= 4


def test_without_a_good_key_there_is_one_clear_line(
    folder: Path, api: LocalApi, capsys: pytest.CaptureFixture[str], limit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", "wrong")
    status, _, told = check(capsys, "--max-tokens-per-request", limit, "r.jsonl")
    assert status == 2
    assert told.startswith("batchlint: error: the key is refused")


def test_standard_input_cannot_be_read_twice(folder: Path, api: LocalApi, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(capsys, "-")[0] == 2


def test_a_digest_does_not_depend_on_the_order_of_fields() -> None:
    assert digest({"a": 1, "b": [2]}) == digest({"b": [2], "a": 1}) != digest({"a": 1, "b": 2})
