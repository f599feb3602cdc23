"""The calls for programs: what can be imported, what they give, and what they refuse."""

from __future__ import annotations

import datetime
import gzip
import json
import subprocess
import sys
import typing
from pathlib import Path
from typing import Any

import pytest
from anthropic.types import TextBlock, ThinkingBlock, ToolUseBlock

import batchlint
from batchlint import Options, RequestErrors, Result, check_requests, raise_on_errors, read_results
from batchlint.facts import outcomes
from batchlint.results.reading import OutcomeName

Json = dict[str, Any]
ASKED = {"role": "user", "content": "hi"}


def request(custom_id: str = "a", **params: Any) -> Json:
    return {
        "custom_id": custom_id,
        "params": {"model": "claude-opus-4-8", "max_tokens": 9, "messages": [ASKED]} | params,
    }


def row(custom_id: str, **result: Any) -> Json:
    return {"custom_id": custom_id, "result": result}


def saved(path: Path, *rows: object) -> Path:
    path.write_text("".join(each if isinstance(each, str) else json.dumps(each) + "\n" for each in rows), "utf-8")
    return path


def test_every_name_can_be_imported_and_is_listed() -> None:
    assert set(batchlint.__all__) <= set(dir(batchlint))
    for name in batchlint.__all__:
        assert getattr(batchlint, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = batchlint.nothing


def test_the_package_alone_imports_nothing_of_itself() -> None:
    code = "import sys, batchlint; print(*(name for name in sys.modules if name.startswith('batchlint')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) == {"batchlint", "batchlint.resources"}


def test_requests_that_are_fine_come_back_as_a_list() -> None:
    requests = [request("a"), request("b")]
    assert raise_on_errors(requests) == requests
    assert raise_on_errors(iter(requests)) == requests


def test_what_would_be_refused_is_raised_with_its_findings() -> None:
    requests = [request(f"r{number}", stream=True, max_token=1) for number in range(20)]
    with pytest.raises(RequestErrors) as raised:
        raise_on_errors(requests, show=1)
    assert len(raised.value.findings) == 40
    text = str(raised.value)
    assert text.startswith('40 errors in 20 of 20 requests\n- request 1 of 20 (custom_id "r0"), /params/')
    assert text.endswith("\n... and 39 more")
    assert text.count("\n- ") == 1
    assert isinstance(raised.value, ValueError)


def test_no_request_at_all_is_refused_too() -> None:
    with pytest.raises(RequestErrors, match="1 error in 0 of 0 requests"):
        raise_on_errors([])


def test_warnings_are_raised_only_where_they_fail() -> None:
    old = [request(model="claude-sonnet-4-5")]
    options = Options(as_of=datetime.date(2026, 11, 23))
    assert raise_on_errors(old, options) == old
    options.strict = True
    with pytest.raises(RequestErrors, match=r"^1 warning in 1 of 1 request\n"):
        raise_on_errors(old, options)
    assert raise_on_errors(old, options, ignore=["deprecated-model"]) == old


def test_what_comes_from_a_request_is_text_in_the_message() -> None:
    with pytest.raises(RequestErrors) as raised:
        raise_on_errors([request("a\x1b[31m\n::error::x")])
    assert "\x1b" not in str(raised.value)
    assert "\n::error" not in str(raised.value)


def test_the_message_stays_short_whatever_a_request_holds() -> None:
    with pytest.raises(RequestErrors) as raised:
        raise_on_errors([request("a" * 10**6, **{"b" * 10**6: 1})])
    assert len(str(raised.value)) < 5_000


def test_objects_of_the_sdk_count_as_what_it_sends_of_them() -> None:
    answer = [
        ThinkingBlock(type="thinking", thinking="Hm.", signature="c2ln"),
        TextBlock(type="text", text="Let me see."),
        ToolUseBlock(type="tool_use", id="toolu_1", name="search", input={}),
    ]
    result = {"type": "tool_result", "tool_use_id": "toolu_1", "content": "42"}
    tool = {"name": "search", "input_schema": {"type": "object"}}
    messages = [ASKED, {"role": "assistant", "content": answer}, {"role": "user", "content": [result]}]
    assert check_requests([request(messages=messages, tools=[tool])]) == []
    with pytest.raises(TypeError, match="a object cannot be written as JSON"):
        check_requests([request(metadata=object())])


MESSAGE = {
    "content": [{"type": "text", "text": "one "}, {"type": "thinking"}, {"type": "text", "text": "two"}],
    "stop_reason": "end_turn",
}


def test_results_are_objects(tmp_path: Path) -> None:
    error = {"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}
    path = saved(
        tmp_path / "r.jsonl",
        row("a", type="succeeded", message=MESSAGE),
        "\n",
        row("b", type="errored", error=error),
        row("c", type="expired"),
        row("d", type="succeeded", message={**MESSAGE, "stop_reason": "max_tokens"}),
    )
    first, second, third, fourth = read_results(path)
    assert first == Result("a", "ok", "succeeded", "end_turn", "", MESSAGE, 1)
    assert (first.text, first.is_ok, first.is_worth_retrying, first.advice) == ("one two", True, False, "")
    assert second[:6] == ("b", "retry", "errored", "overloaded_error", "Overloaded", None)
    assert (second.text, second.line, second.is_worth_retrying) == ("", 3, True)
    assert third[:5] == ("c", "expired", "expired", "", "")
    assert (fourth.outcome, fourth.is_ok) == ("truncated", False)
    assert "max_tokens" in fourth.advice


def test_compressed_results_and_lists_are_read_too(tmp_path: Path) -> None:
    rows = [row("a", type="canceled"), row("b", type="expired")]
    path = tmp_path / "r.json"
    path.write_bytes(gzip.compress(json.dumps(rows).encode()))
    assert [each.custom_id for each in read_results(path)] == ["a", "b"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ('{"custom_id": "a"', "r.jsonl:2: this is not JSON"),
        (json.dumps(request()), "r.jsonl:2: this is a batch of requests"),
        (json.dumps({"custom_id": 7, "result": {}}), "its custom_id is not a string"),
        ("[]", "r.jsonl:2: this is a list of something else"),
    ],
)
def test_a_line_that_is_not_a_result_is_never_passed_over(tmp_path: Path, content: str, says: str) -> None:
    path = saved(tmp_path / "r.jsonl", row("a", type="expired"), content + "\n")
    results = read_results(path)
    assert next(results).custom_id == "a"
    with pytest.raises(ValueError, match=says.replace(".", "\\.")):
        next(results)


def test_an_empty_file_holds_no_results(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="this is an empty file"):
        list(read_results(saved(tmp_path / "r.jsonl")))
    with pytest.raises(OSError, match="nowhere"):
        next(read_results(tmp_path / "nowhere"))


def test_the_names_of_outcomes_are_those_of_the_facts() -> None:
    # "missing" is what a request is that has no row, and here are only rows.
    assert set(typing.get_args(OutcomeName)) == outcomes().classes.keys() - {"missing"}
