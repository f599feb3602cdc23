"""What `batchlint stats` says adds up, in text and in JSON, on every file that can be read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from batchlint.cli import main
from batchlint.facts import prices
from batchlint.tokens import estimate
from tests.unwrapped import unwrapped

Json = dict[str, Any]


def request(number: int, words: int, model: str = "claude-opus-4-8", **params: Any) -> Json:
    messages = [{"role": "user", "content": "tide " * words}]
    return {
        "custom_id": f"row-{number}",
        "params": {"model": model, "max_tokens": 100, "messages": messages, **params},
    }


REQUESTS = [
    request(0, 10),
    request(1, 3000),
    request(2, 50, "claude-haiku-4-5"),
    request(3, 20, "claude-unknown-9"),
    request(4, 20, system="You know the tides. " * 50),
    request(5, 20, system="You know the tides. " * 50),
]


@pytest.fixture
def path(tmp_path: Path) -> str:
    file = tmp_path / "requests.jsonl"
    file.write_text("".join(json.dumps(each) + "\n" for each in REQUESTS) + "no request\n", encoding="utf-8")
    return str(file)


def document(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> Json:
    assert main(["stats", "--format", "json", *arguments]) == 0
    parsed: Json = json.loads(capsys.readouterr().out)
    return parsed


def test_each_request_is_listed_as_it_is_estimated(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    listed = document(["--per-request", path], capsys)["requests"]
    assert [each["custom_id"] for each in listed] == [f"row-{number}" for number in range(6)]
    for number, each in enumerate(listed):
        params = REQUESTS[number]["params"]
        expected = estimate(params, params["model"])
        assert (each["tokens"], each["low"], each["high"]) == (expected.tokens, expected.low, expected.high)
        assert (each["index"], each["line"], each["model"]) == (number, number + 1, params["model"])
        assert each["bytes"] == len(json.dumps(REQUESTS[number]))


def test_the_sums_are_those_of_the_requests(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    whole = document(["--per-request", path], capsys)
    assert whole["unreadable"] == 1
    assert sum(model["requests"] for model in whole["models"]) == len(whole["requests"])
    for model in whole["models"]:
        tokens = [each["tokens"] for each in whole["requests"] if each["model"] == model["model"]]
        assert model["tokens"]["total"] == sum(tokens)
        assert model["tokens"]["max"] == max(tokens)
        assert min(tokens) <= model["tokens"]["median"] <= model["tokens"]["p95"] <= max(tokens)
    assert sum(bar["requests"] for bar in whole["histogram"]) == len(whole["requests"])
    assert whole["largest"][0]["custom_id"] == "row-1"


def test_cost_is_at_batch_prices_and_silent_where_none_is_known(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    models = {model["model"]: model for model in document([path], capsys)["models"]}
    price = prices().find("claude-opus-4-8")
    assert price is not None
    opus = models["claude-opus-4-8"]
    assert opus["cost_usd"]["input"] == pytest.approx(opus["tokens"]["total"] * price.input / 1e6)
    assert opus["cost_usd"]["output_ceiling"] == pytest.approx(4 * 100 * price.output / 1e6)
    assert models["claude-unknown-9"]["cost_usd"] is None


def test_a_prefix_that_requests_share_is_found(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    (prefix,) = document([path], capsys)["shared_prefixes"]
    assert (prefix["requests"], prefix["cached"]) == (2, False)
    assert prefix["tokens"] > 100


def test_without_the_list_the_document_is_the_same(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    listed, plain = document(["--per-request", path], capsys), document([path], capsys)
    assert plain.pop("requests") == []
    assert listed.pop("requests") != []
    assert plain == listed


def test_the_text_names_models_the_limit_and_the_largest(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["stats", path]) == 0
    text = unwrapped(capsys.readouterr().out)
    for part in (
        "claude-haiku-4-5",
        "none over 80,000",
        f'{path}:2 (request 2 of 7, "row-1")',
        "output is a ceiling",
        "1 item is no request",
        "< $0.01",
    ):
        assert part in text


def test_a_folder_is_searched(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    whole = document([path], capsys)
    assert document([str(Path(path).parent)], capsys) == whole


@pytest.mark.parametrize("container", ["jsonl", "array", "envelope"])
def test_more_processes_find_the_same(
    container: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("batchlint.engine.parallel.sharing.LEAST_SHARED", 1000)
    monkeypatch.setattr("batchlint.engine.parallel.parts.PART", 4000)
    requests = [request(number, 1 + 37 * number % 90, system=f"Tide {number % 3}") for number in range(200)]
    lines: list[Any] = [*requests[:70], {"custom_id": "none"}, *requests[70:]]
    joined = json.dumps(lines, indent=1) if container == "array" else json.dumps({"requests": lines}, indent=1)
    file = tmp_path / "requests.json"
    file.write_text(
        "\n".join(map(json.dumps, lines)) + "\n" if container == "jsonl" else joined + "\n", encoding="utf-8"
    )
    other = tmp_path / "small.jsonl"
    other.write_text(json.dumps(request(0, 5)) + "\n", encoding="utf-8")
    paths = [str(file), str(other), str(tmp_path / "absent")]
    shown = []
    for jobs in ("1", "2"):
        assert main(["stats", "--format", "json", "--per-request", "--jobs", jobs, *paths]) == 3
        shown.append(capsys.readouterr().out)
    assert shown[0] == shown[1]
    listed = json.loads(shown[0])["requests"]
    assert [each["custom_id"] for each in listed] == [f"row-{number}" for number in (*range(200), 0)]
    if container == "jsonl":
        assert [each["line"] for each in listed[68:72]] == [69, 70, 72, 73]


@pytest.mark.parametrize("content", [b"", b"\n\n", b"[]", b'{"requests": []}', b"{", b"[1, 2, null]", b"\xff\xfe\x00"])
def test_every_readable_file_exits_0(content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "odd.json"
    file.write_bytes(content)
    assert main(["stats", str(file)]) == 0
    capsys.readouterr()
    assert document([str(file)], capsys)["requests"] == []


def test_what_cannot_be_read_exits_3_and_a_wrong_call_2(tmp_path: Path, path: str) -> None:
    assert main(["stats", str(tmp_path / "absent"), path]) == 3
    assert main(["stats"]) == 2
    assert main(["stats", "--per-request", path]) == 2
