"""`batchlint results`: every id in one class, whatever the results look like, and odd files distinguished."""

from __future__ import annotations

import datetime
import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from batchlint.cli import main
from tests.results.made import TODAY, Json, answer, ended, error, lines, refusal, request, written
from tests.unwrapped import unwrapped


def packed(data: bytes) -> bytes:
    """The same in gzip, always the same bytes: they name the cases."""
    return gzip.compress(data, mtime=0)


def report_of(capsys: pytest.CaptureFixture[str], *arguments: str) -> Json:
    """The JSON document of a run; what it says on standard error must be nothing."""
    status = main(["results", *arguments, *TODAY, "--format", "json"])
    out, err = capsys.readouterr()
    assert err == ""
    document: Json = json.loads(out)
    assert (status == 0) == (set(document["summary"]["classes"]) == {"ok"} and not document["summary"]["not_in_source"])
    return document


def classes_by_id(document: Json) -> dict[str, str]:
    return {each["custom_id"]: each["class"] for each in document["requests"]}


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (answer("a"), "ok"),
        (answer("a", "stop_sequence"), "ok"),
        (answer("a", "max_tokens"), "truncated"),
        (answer("a", "max_tokens", []), "truncated"),
        (answer("a", "model_context_window_exceeded"), "truncated"),
        (answer("a", "refusal"), "refused"),
        (answer("a", "pause_turn"), "continue"),
        (answer("a", "compaction"), "continue"),
        (answer("a", "end_turn", []), "empty"),
        (answer("a", "end_turn", [{"type": "text", "text": " \n"}]), "empty"),
        (answer("a", "end_turn", [{"type": "thinking", "thinking": "so", "signature": "x"}]), "empty"),
        (answer("a", "from_the_future"), "unknown"),
        (ended("a", "expired"), "expired"),
        (ended("a", "canceled"), "canceled"),
        (ended("a", "from_the_future"), "unknown"),
        (refusal("a"), "fix"),
        (error("a", "not_found_error", "model: claude-x"), "fix"),
        (error("a", "request_too_large", "too large"), "fix"),
        (error("a", "from_the_future", "what"), "fix"),
        (refusal("a", "Unable to download the file. Please verify the URL and try again."), "maybe"),
        (refusal("a", "Output blocked by content filtering policy"), "maybe"),
        (refusal("a", "Could not process PDF"), "maybe"),
        (refusal("a", "Error while communicating with MCP server. Check the server's logs."), "maybe"),
        (refusal("a", "Your credit balance is too low to access the Anthropic API."), "account"),
        (refusal("a", "You have reached your specified workspace API usage limits."), "account"),
        (error("a", "rate_limit_error", "You have reached your API usage limits: ..."), "account"),
        (error("a", "billing_error", "pay"), "account"),
        (error("a", "permission_error", "no"), "account"),
        (error("a", "authentication_error", "no"), "account"),
        (error("a", "rate_limit_error", "This request would exceed your rate limit."), "retry"),
        (error("a", "api_error", "Internal server error"), "retry"),
        (error("a", "overloaded_error", "Overloaded"), "retry"),
        (error("a", "timeout_error", "x"), "retry"),
        (error("a", "conflict_error", "x"), "retry"),
        (refusal("b"), "missing"),
    ],
)
def test_the_class_of_a_result(result: Json, expected: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = written(tmp_path, "requests.jsonl", request("a"), request("b"))
    results = written(tmp_path, "results.jsonl", result, answer("b"))
    assert classes_by_id(report_of(capsys, results, "--source", source))["a"] == expected


USE = {"type": "tool_use", "id": "toolu_1", "name": "bash", "input": {}}
OWN = {"name": "bash", "input_schema": {"type": "object"}}
SEARCH = {"type": "web_search_20250305", "name": "web_search"}
SERVER = {"type": "url", "url": "https://example.org", "name": "x"}
ADDITION = {
    "role": "system",
    "content": [{"type": "tool_addition", "tool": {"type": "tool_reference", "name": "bash"}}],
}


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({"tools": [OWN]}, "ok"),
        ({"tools": [{"type": "bash_20250124", "name": "bash"}]}, "ok"),
        ({"tools": [SEARCH, OWN]}, "ok"),
        ({"tools": [{"type": "of_tomorrow"}]}, "ok"),
        ({"tools": [{"type": "mcp_toolset", "mcp_server_name": "x"}], "mcp_servers": [SERVER]}, "ok"),
        ({"messages": [{"role": "user", "content": "Hello"}, ADDITION]}, "ok"),
        ({"tools": "bash"}, "ok"),
        ({"tools": [5]}, "ok"),
        ({}, "continue"),
        ({"tools": None}, "continue"),
        ({"tools": [SEARCH]}, "continue"),
        ({"tools": [{"type": "code_execution_20250825", "name": "code_execution"}]}, "continue"),
        ({"tools": [{**OWN, "name": "shell"}]}, "continue"),
        ({"tools": [{"type": "computer_toolset_20260801"}]}, "continue"),
    ],
)
def test_a_call_of_a_tool_that_was_never_offered_is_not_a_answer(
    params: Json, expected: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = written(tmp_path, "requests.jsonl", request("a", **params))
    results = written(tmp_path, "results.jsonl", answer("a", "tool_use", [{"type": "text", "text": "So:"}, USE]))
    assert classes_by_id(report_of(capsys, results, "--source", source)) == {"a": expected}
    main(["results", results, "--source", source, *TODAY])
    assert ("it calls a tool that the request never offered: bash" in unwrapped(capsys.readouterr().out)) == (
        expected != "ok"
    )


def test_a_call_of_a_field_of_a_toolset_is_an_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = written(tmp_path, "requests.jsonl", request("a", tools=[{"type": "computer_toolset_20260801"}]))
    use = {**USE, "name": "screenshot", "toolset_name": "computer"}
    results = written(tmp_path, "results.jsonl", answer("a", "tool_use", [use]))
    assert classes_by_id(report_of(capsys, results, "--source", source)) == {"a": "ok"}


PAUSED = {"id": "container_011ABC", "expires_at": "2026-12-20T00:00:00Z"}


@pytest.mark.parametrize("options", [[], ["--format", "markdown"], ["--format", "csv"], ["--format", "json"]])
def test_a_paused_turn_goes_on_in_its_own_container(
    options: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = written(tmp_path, "requests.jsonl", request("a", tools=[SEARCH]), request("b", tools=[SEARCH]))
    second = {**PAUSED, "id": "container_022DEF"}
    rows = answer("a", "pause_turn", container=PAUSED), answer("b", "pause_turn", container=second)
    results = written(tmp_path, "results.jsonl", *rows)
    assert main(["results", results, "--source", source, *TODAY, *options]) == 1
    out = capsys.readouterr().out.replace("\\_", "_")
    assert "container_011ABC" in out
    if options[-1:] != ["csv"]:
        assert "with the same tools" in out
        assert "2026-12-20T00:00:00Z" in out
    if options[-1:] in (["csv"], ["json"]):
        assert "container_022DEF" in out


@pytest.mark.parametrize("container", [None, {}, {"id": None}, {"id": 5}, [], 5, ""])
def test_a_paused_turn_without_a_container_has_none(
    container: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = written(tmp_path, "requests.jsonl", request("a"))
    results = written(tmp_path, "results.jsonl", answer("a", "pause_turn", container=container))
    document = report_of(capsys, results, "--source", source)
    assert "container" not in document["requests"][0]
    assert "container" not in document["groups"][0]["examples"][0]["advice"]


@pytest.mark.parametrize(
    "errored",
    [
        {"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}, "request_id": None},
        {"type": "overloaded_error", "message": "Overloaded"},
        {"type": "error", "error": {"type": "overloaded_error"}},
    ],
)
def test_an_error_in_any_shape_is_understood(errored: Json, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = written(tmp_path, "requests.jsonl", request("a"))
    results = written(tmp_path, "results.jsonl", {"custom_id": "a", "result": {"type": "errored", "error": errored}})
    document = report_of(capsys, results, "--source", source)
    assert classes_by_id(document) == {"a": "retry"}
    assert bool(document["summary"]["notes"]) == ("error" not in errored)


@pytest.mark.parametrize("errored", ["text", 5, {"error": "text"}, {"error": {"message": "text"}}, {"message": "text"}])
def test_an_error_without_a_shape_is_to_be_looked_at(
    errored: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = written(tmp_path, "requests.jsonl", request("a"))
    results = written(tmp_path, "results.jsonl", {"custom_id": "a", "result": {"type": "errored", "error": errored}})
    assert classes_by_id(report_of(capsys, results, "--source", source)) == {"a": "fix"}


@pytest.mark.parametrize(
    "result",
    [
        {},
        {"error": None},
        {"error": " "},
        {"error": []},
        {"error": {}},
        {"error": {"error": None}},
        {"error": {"error": ""}},
        {"error": {"error": {"type": None, "message": ""}}},
        {"error": {"type": "error"}},
        {"error": {"type": "error", "error": {}, "request_id": None}},
        {"error": {"type": "error", "message": ""}},
    ],
)
def test_an_errored_row_that_says_nothing_is_not_a_refusal(
    result: Json, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = written(tmp_path, "requests.jsonl", request("a"))
    results = written(tmp_path, "results.jsonl", {"custom_id": "a", "result": {"type": "errored", **result}})
    document = report_of(capsys, results, "--source", source)
    assert classes_by_id(document) == {"a": "unknown"}
    assert document["summary"]["notes"] == []
    main(["results", results, "--source", source, *TODAY])
    assert "errored without saying why" in unwrapped(capsys.readouterr().out)
    assert main(["retry", results, "--source", source, "-o", str(tmp_path / "retry.jsonl"), *TODAY]) == 0
    assert not (tmp_path / "retry.needs-fix.jsonl").exists()


@pytest.mark.parametrize(
    ("errored", "expected"),
    [
        ({"error": {"message": "overloaded"}}, "retry"),
        ({"message": "rate_limited"}, "retry"),
        ({"message": "Rate limit exceeded"}, "retry"),
        ("overloaded_error", "retry"),
        ("Overloaded", "retry"),
        ({"type": "overloaded"}, "retry"),
        ({"type": "OverloadedError", "message": ""}, "retry"),
        ({"type": "RateLimitError", "message": "Error code: 429"}, "retry"),
        ({"error": "rate_limit_error"}, "retry"),
        (
            "Error code: 529 - {'type': 'error', 'error': {'type': 'overloaded_error', 'message': 'Overloaded'}}",
            "retry",
        ),
        ("Error code: 401 - {'type': 'error', 'error': {'type': 'authentication_error', 'message': 'x'}}", "account"),
        ({"message": "Internal server error"}, "retry"),
        ({"message": "Your credit balance is too low to access the Anthropic API."}, "account"),
        ({"message": "max_tokens: Field required"}, "fix"),
        ({"type": "invalid_request_error", "message": "tools.0.name: overloaded"}, "fix"),
    ],
)
def test_an_error_without_its_wrapper_is_known_by_its_words(
    errored: Any, expected: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = written(tmp_path, "requests.jsonl", request("a"))
    results = written(tmp_path, "results.jsonl", {"custom_id": "a", "result": {"type": "errored", "error": errored}})
    assert classes_by_id(report_of(capsys, results, "--source", source)) == {"a": expected}


@pytest.mark.parametrize("message", [None, "text", [], {}, {"content": None}, {"usage": []}, {"id": [], "usage": {}}])
def test_an_answer_without_a_shape_is_not_a_crash(
    message: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = written(tmp_path, "requests.jsonl", request("a"))
    results = written(
        tmp_path, "results.jsonl", {"custom_id": "a", "result": {"type": "succeeded", "message": message}}
    )
    assert classes_by_id(report_of(capsys, results, "--source", source)) == {"a": "unknown"}


ATTEMPTS = [
    ([refusal("a")], [answer("a")], "ok", 1),
    ([answer("a")], [refusal("a")], "ok", 0),
    ([answer("a", "max_tokens")], [answer("a", id="second")], "ok", 1),
    ([answer("a")], [answer("a", "max_tokens", id="second")], "ok", 0),
    ([ended("a", "expired")], [refusal("a")], "fix", 1),
    ([refusal("a")], [ended("a", "expired")], "expired", 1),
    ([answer("a", "refusal")], [ended("a", "expired")], "refused", 0),
]


@pytest.mark.parametrize(("first", "second", "expected", "counts"), ATTEMPTS)
def test_of_several_attempts_a_success_counts_and_else_the_last(
    first: list[Json],
    second: list[Json],
    expected: str,
    counts: int,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    source = written(tmp_path, "requests.jsonl", request("a"))
    attempts = [written(tmp_path, "1.jsonl", *first), written(tmp_path, "2.jsonl", *second)]
    document = report_of(capsys, *attempts, "--source", source)
    (told,) = document["requests"]
    assert (told["class"], told["results"]) == (expected, attempts[counts])


def test_two_answers_are_reported_and_one_downloaded_twice_is_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = written(tmp_path, "requests.jsonl", request("a"), request("b"))
    first = written(tmp_path, "1.jsonl", answer("a"), answer("b"))
    again = written(tmp_path, "2.jsonl", answer("b", id="msg_other"), answer("a"))
    summary = report_of(capsys, first, again, first, "--source", source)["summary"]
    assert summary["answered_twice"] == 1
    assert [(each["answers"], each["output_tokens"]) for each in summary["usage"]] == [(3, 60)]
    assert any("1 request succeeded more than once" in note for note in summary["notes"])


def test_tokens_and_cost_of_what_succeeded(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    usage = {
        "input_tokens": 1_000,
        "cache_creation_input_tokens": 2_000,
        "cache_creation": {"ephemeral_5m_input_tokens": 1_500, "ephemeral_1h_input_tokens": 500},
        "cache_read_input_tokens": 10_000,
        "output_tokens": 400,
        "server_tool_use": {"web_search_requests": 3},
    }
    source = written(tmp_path, "requests.jsonl", request("a"), request("b"), request("c"), request("d"))
    results = written(
        tmp_path,
        "results.jsonl",
        answer("a", usage=usage),
        answer("b", model="claude-of-tomorrow"),
        refusal("c"),
        answer("d", usage=None),
    )
    usages = report_of(capsys, results, "--source", source)["summary"]["usage"]
    known, unknown = sorted(usages, key=lambda each: each["model"], reverse=True)
    # claude-sonnet-4-6 in a batch: 1.50 and 7.50; a cache write is 1.25 or 2 times that, a read a tenth.
    weighed = 1_000 + 1_500 * 1.25 + 500 * 2 + 10_000 * 0.1
    assert known["dollars"] == pytest.approx((weighed * 1.5 + 400 * 7.5) / 1e6, abs=1e-6)
    assert (known["input_tokens"], known["server_tool_uses"]) == (13_000, 3)
    assert unknown["dollars"] is None
    main(["results", results, "--source", source, *TODAY])
    out = capsys.readouterr().out
    assert "claude-of-tomorrow: 1 answer, no price is known" in out
    assert "not in the cost: 3 uses of server tools" in out
    assert "1 answer without a usage" in out


def test_numbers_that_cannot_be_are_no_tokens(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    usage = {"input_tokens": -5, "output_tokens": 10**300, "cache_read_input_tokens": True}
    source = written(tmp_path, "requests.jsonl", request("a"))
    results = written(tmp_path, "results.jsonl", answer("a", usage=usage))
    (told,) = report_of(capsys, results, "--source", source)["summary"]["usage"]
    assert (told["input_tokens"], told["output_tokens"], told["dollars"]) == (0, 0, 0)


ROWS = [refusal("b", "messages.0.content: Field required"), answer("a")]


@pytest.mark.parametrize(
    "content",
    [
        lines(ROWS),
        json.dumps(ROWS).encode(),
        json.dumps(ROWS, indent=2).encode(),
        json.dumps({"results": ROWS}).encode(),
        json.dumps({"object": "list", "data": ROWS}, indent=1).encode(),
        packed(lines(ROWS)),
        packed(lines(ROWS[:1])) + packed(lines(ROWS[1:])),
        b"\xef\xbb\xbf" + lines(ROWS).replace(b"\n", b"\r\n\r\n"),
    ],
)
def test_results_in_any_container(content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = written(tmp_path, "requests.jsonl", request("a"), request("b"))
    results = tmp_path / "results"
    results.write_bytes(content)
    assert classes_by_id(report_of(capsys, str(results), "--source", source)) == {"a": "ok", "b": "fix"}
    merged = tmp_path / "merged.jsonl"
    assert main(["merge", str(results), "--source", source, "-o", str(merged)]) == 0
    capsys.readouterr()
    assert [json.loads(line) for line in merged.read_bytes().splitlines()] == ROWS[::-1]


@pytest.mark.parametrize("name", ["requests.json", "requests.jsonl.gz"])
def test_sources_in_any_container(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    requests = [request("a"), request("b", content=[{"type": "text", "text": "x", "cache": 1}])]
    content = (
        json.dumps({"requests": requests}, indent=1).encode() if name.endswith("json") else packed(lines(requests))
    )
    (tmp_path / name).write_bytes(content)
    said = "messages.0.content.0.text.cache: Extra inputs are not permitted"
    results = written(tmp_path, "results.jsonl", answer("a"), refusal("b", said))
    (group,) = report_of(capsys, results, "--source", str(tmp_path / name))["groups"]
    (example,) = group["examples"]
    text = json.dumps({"requests": requests}, indent=1) if name.endswith("json") else lines(requests).decode()
    assert text.splitlines()[example["line"] - 1][example["column"] - 1 :].startswith('"cache": 1')
    assert (example["pointer"], example["rule"]["name"]) == ("/params/messages/0/content/0/cache", "unknown-member")


def test_several_sources(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one, two = written(tmp_path, "1.jsonl", request("a")), written(tmp_path, "2.jsonl", request("b"))
    results = written(tmp_path, "results.jsonl", answer("b"), refusal("a"))
    document = report_of(capsys, results, "--source", one, two)
    assert [(each["custom_id"], each["path"], each["class"]) for each in document["requests"]] == [
        ("a", one, "fix"),
        ("b", two, "ok"),
    ]


def test_a_fixed_request_in_a_later_source_is_in_place_of_the_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sent = written(tmp_path, "requests.jsonl", request("a", stream=True), request("b"))
    fixed = written(tmp_path, "fixed.jsonl", request("a"))
    attempts = (
        written(tmp_path, "1.jsonl", refusal("a"), answer("b")),
        written(tmp_path, "2.jsonl", ended("a", "expired")),
    )
    document = report_of(capsys, *attempts, "--source", sent, fixed)
    assert document["requests"][0]["path"] == fixed
    assert main(["retry", *attempts, "--source", sent, fixed, "-o", str(tmp_path / "retry.jsonl"), *TODAY]) == 0
    capsys.readouterr()
    assert (tmp_path / "retry.jsonl").read_bytes() == Path(fixed).read_bytes()


@pytest.mark.parametrize(
    ("sources", "results", "says"),
    [
        ([request("a")], [request("a")], "this is a batch of requests, not the results"),
        ([answer("a")], [answer("a")], "this is a line of a results file, not the requests that were sent"),
        ([request("a")], [{"custom_id": "a", "response": {}}], "this is a line of OpenAI's output, not the results"),
        (
            [request("a")],
            [{"modelInput": {}, "recordId": "a", "error": {"errorCode": 400}}],
            "an error line of Bedrock's",
        ),
        ([request("a")], [{"custom_id": "a", "response": {}, "status": ""}], "output of batch prediction on Google"),
        (
            [request("a")],
            [{"custom_id": "a", "request": {}, "status": "Bad Request: {}"}],
            "output of batch prediction on Google",
        ),
        ([request("a")], [{"custom_id": ["a"], "result": {"type": ["expired"]}}], 'inside a list ("custom_id": ["a"])'),
        ([request("a")], [{"custom_id": ["a"], "result": [{"type": "expired"}]}], "auto_unbox"),
        ([{"custom_id": ["a"], "params": {}}], [ended("a", "expired")], "none of its 1 request has a custom_id"),
        ([{"params": {}}, {"params": {}}], [ended("a", "expired")], "none of its 2 requests has a custom_id"),
        ([request("a")], [{"custom_id": None, "result": {}}], "its custom_id is not a string, but null"),
        ([request("a")], [{"custom_id": "a", "result": "ok"}], 'its result is not an object, but "ok"'),
        ([request("a")], [{"x": 1}], "this is something else (its fields are 'x'), not the results"),
        ([request("a")], [answer("b"), answer("c")], "none of its 2 ids is in"),
        ([{"custom_id": "a", "method": "POST", "url": "/v1", "body": {}}], [answer("a")], "OpenAI's Batch API"),
        ([], [answer("a")], "this is an empty file, not the requests"),
    ],
)
def test_a_wrong_file_is_reported_in_one_line(
    sources: list[Json], results: list[Json], says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, result = written(tmp_path, "requests.jsonl", *sources), written(tmp_path, "results.jsonl", *results)
    assert main(["results", result, "--source", source, *TODAY]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert says in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("content", "status", "says"),
    [
        (b"no json\n", 2, "this is not JSON, not the results"),
        (b"\x28\xb5\x2f\xfdxxxx", 2, "compressed with zstd"),
        ("a".encode("utf-16"), 2, "UTF-16"),
        (packed(b"x" * 1000)[:-12], 3, "the compressed data is cut off"),
        (b"\x1f\x8bno gzip at all", 3, "cannot be read"),
        (packed(packed(b"x")), 2, "compressed with gzip"),
        (None, 3, "No such file"),
    ],
)
def test_what_cannot_be_read_is_reported_in_one_line(
    content: bytes | None, status: int, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = written(tmp_path, "requests.jsonl", request("a"))
    results = tmp_path / "results.jsonl"
    if content is not None:
        results.write_bytes(content)
    assert main(["results", str(results), "--source", source, *TODAY]) == status
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert says in err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "no results file given"),
        (["x"], "no source given"),
        (["--source", "x"], "no results file given"),
        (["-", "--source", "-"], "can be given once"),
        (["x", "--source", "x", "--format", "xml"], "invalid choice"),
        (["x", "--source", "x", "--ignore", "unknown-membr"], "did you mean 'unknown-member'?"),
    ],
)
def test_a_wrong_call_is_reported_in_one_line(
    arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["results", *arguments]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert says in err


def test_what_is_odd_about_the_files_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = written(tmp_path, "requests.jsonl", request("a"), request("b"), {"params": {}})
    cut = tmp_path / "cut.jsonl"
    cut.write_bytes(lines([answer("a"), answer("a"), {"no": "row"}, answer("x")]) + b'{"custom_id": "b", "resu')
    status = main(["results", str(cut), "--source", source, *TODAY])
    out = unwrapped(capsys.readouterr().out)
    assert status == 1
    assert f"{cut} is cut off" in out
    assert "1 id more than once in the same file" in out
    assert "1 id of the results in no source: 'x'" in out
    assert f"{source}:3: 1 request without a custom_id" in out
    assert "3 rows of results: 1 counts, 1 gives way to another row of the same request, 1 belongs to no source" in out


def test_rows_with_ids_inside_lists_are_reported_as_that(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = written(tmp_path, "requests.jsonl", request("a"), request("b"))
    boxed = {"custom_id": ["b"], "result": {"type": ["expired"]}}
    results = written(tmp_path, "results.jsonl", answer("a"), boxed)
    assert main(["results", results, "--source", source, *TODAY]) == 1
    assert (
        f'{results}:2: 1 line without a result, the first is here: its values are inside a list ("custom_id": ["b"])'
        in unwrapped(capsys.readouterr().out)
    )


def test_results_that_are_all_there_but_empty(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = written(tmp_path, "requests.jsonl", request("a"), request("b"))
    results = written(tmp_path, "results.jsonl")
    assert main(["results", results, "--source", source, *TODAY]) == 1
    out = unwrapped(capsys.readouterr().out)
    assert "results.jsonl holds no results" in out
    assert "All requests came back alike" in out


BATCH = {
    "id": "msgbatch_1",
    "type": "message_batch",
    "processing_status": "ended",
    "created_at": "2026-11-20T10:00:00Z",
    "request_counts": {"processing": 0, "succeeded": 1, "errored": 1, "canceled": 0, "expired": 0},
}


@pytest.mark.parametrize(
    ("changes", "day", "says"),
    [
        ({}, "2026-11-23", "until 2026-12-19 (26 days left)"),
        ({}, "2026-12-18", "(1 day left)"),
        ({}, "2026-12-20", "could be downloaded until 2026-12-19; keep your copy"),
        ({"archived_at": "2026-11-21T10:00:00Z"}, "2026-11-23", "could be downloaded"),
        ({"processing_status": "in_progress"}, "2026-11-23", "the batch has not ended (in_progress)"),
        ({}, "2026-11-23", "the API counted 2 results, the files hold 1: download them again"),
    ],
)
def test_the_clock_and_the_counts_of_a_batch(
    changes: Json, day: str, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = written(tmp_path, "requests.jsonl", request("a"), request("b"))
    results = written(tmp_path, "results.jsonl", answer("a"))
    batch = written(tmp_path, "batch.json", BATCH | changes)
    main(["results", results, "--source", source, "--batch", batch, "--as-of", day, "--no-config"])
    assert says in unwrapped(capsys.readouterr().out)


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"{", b'{"id": 5}', b"[" * 100_000])
def test_what_is_not_a_batch_object_is_reported(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, results = written(tmp_path, "requests.jsonl", request("a")), written(tmp_path, "results.jsonl", answer("a"))
    (tmp_path / "batch.json").write_bytes(content)
    assert main(["results", results, "--source", source, "--batch", str(tmp_path / "batch.json"), *TODAY]) == 2
    assert "this is not a batch object" in capsys.readouterr().err


@pytest.mark.parametrize("created", ["", "yesterday", 5, None, "9999-12-31T00:00:00Z"])
def test_a_batch_without_a_date_has_no_clock(created: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, results = written(tmp_path, "requests.jsonl", request("a")), written(tmp_path, "results.jsonl", answer("a"))
    batch = written(tmp_path, "batch.json", BATCH | {"created_at": created})
    (told,) = report_of(capsys, results, "--source", source, "--batch", batch)["summary"]["batches"]
    assert told == {"id": "msgbatch_1", "available_until": None, "days_left": None}


def test_the_day_is_today_where_none_is_given(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, results = written(tmp_path, "requests.jsonl", request("a")), written(tmp_path, "results.jsonl", answer("a"))
    now = datetime.datetime.now(datetime.UTC)
    batch = written(tmp_path, "batch.json", BATCH | {"created_at": now.isoformat()})
    main(["results", results, "--source", source, "--batch", batch, "--no-config", "--format", "json"])
    (told,) = json.loads(capsys.readouterr().out)["summary"]["batches"]
    assert told["days_left"] in (28, 29, 30)  # the clock's zone may be another


def test_a_mistake_of_a_generator_is_one_group(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ids = [f"id-{number}" for number in range(50)]
    source = written(tmp_path, "requests.jsonl", *(request(each, max_token=1) for each in ids))
    said = (
        refusal(each, f"messages.{number}.content: Field required (req_{number:09d})")
        for number, each in enumerate(ids)
    )
    results = written(tmp_path, "results.jsonl", *said)
    main(["results", results, "--source", source, *TODAY])
    out = capsys.readouterr().out
    assert "x 50 requests" in out
    assert "and 46 more" in out
    assert "All requests came back alike" in out


def test_so_many_groups_are_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ids = [f"id-{number}" for number in range(30)]
    source = written(tmp_path, "requests.jsonl", *map(request, ids))
    results = written(tmp_path, "results.jsonl", *(refusal(each, f"cause {'x' * n}") for n, each in enumerate(ids)))
    main(["results", results, "--source", source, *TODAY])
    out = capsys.readouterr().out
    assert out.count("fix[") == 20
    assert "... 10 more groups" in out
    main(["results", results, "--source", source, *TODAY, "--max-groups", "0"])
    assert capsys.readouterr().out.count("fix[") == 30


def test_an_answer_that_does_not_say_why_it_stopped_has_no_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = written(tmp_path, "requests.jsonl", request("a"))
    back = written(tmp_path, "results.jsonl", answer("a", None))  # type: ignore[arg-type]
    assert main(["results", back, "--source", source, "--format", "json", *TODAY]) == 1
    [row] = json.loads(capsys.readouterr().out)["requests"]
    assert (row["class"], row["reason"]) == ("unknown", None)
