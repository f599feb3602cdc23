"""Requests that are recognised are judged like all others: the same findings, at the same places, in the same order."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from batchlint import judge, recogniser
from batchlint.batch import Batch
from batchlint.engine import Engine
from batchlint.finding import LocatedFinding
from batchlint.locate import Locator
from batchlint.options import Options
from batchlint.outline import LEFT_OUT
from batchlint.recogniser import Recogniser
from batchlint.rules import all_rules
from batchlint.sources import source_of_bytes
from batchlint.sources.reader import Clean
from batchlint.stand_ins import IDS
from batchlint.views.usual_images import usual_media_type
from tests.strategies import conversations
from tests.strategies.whole_requests import png, whole_requests
from tests.test_mutations import MUTATIONS

OPTIONS = Options(as_of=datetime.date(2026, 11, 23))
FIXTURES = sorted(Path(__file__).parent.glob("rules/*/*.jsonl"))
Checked = tuple[list[LocatedFinding], list[tuple[int, int]]]


@contextmanager
def recognising(after: int = 1) -> Iterator[None]:
    """Makes the smallest file one in which requests are recognised, and usual after so many."""
    with mock.patch.object(judge, "RECOGNISED_FROM", 0), mock.patch.object(recogniser, "CHOSEN_AFTER", after):
        yield


def checked(data: bytes, options: Options = OPTIONS) -> Checked:
    """The findings, and the numbers of requests and bytes."""
    counts: list[tuple[int, int]] = []

    def count(batch: Batch) -> None:
        counts.append((batch.requests, batch.item_bytes))

    with source_of_bytes(data) as source:
        locator = Locator(source)
        found = Engine(options, all_rules().values()).check(source, count)
        return [locator.locate(finding, with_frame=True) for finding in found], counts


def assert_the_same(data: bytes, options: Options = OPTIONS) -> None:
    expected = checked(data, options)
    for after in (1, 4):
        with recognising(after):
            assert checked(data, options) == expected


def passed_over(data: bytes) -> int:
    """How many requests became no items at all."""
    with recognising(), source_of_bytes(data) as source:
        checks = Engine(OPTIONS, all_rules().values())
        list(checks.check(source))
        checks.custom_ids.forget()
        reader = checks._judge.reader(source.size)
        assert isinstance(reader, Recogniser)
        return sum(each.requests for each in source.items(reader) if isinstance(each, Clean))


def varied(value: Any, number: int, name: str = "") -> Any:
    """The same with another text in each place where an outline leaves it out, and other ids and images."""
    if isinstance(value, dict):
        return {key: varied(inner, number, key) for key, inner in value.items()}
    if isinstance(value, list):
        return [varied(inner, number) for inner in value]
    if name in IDS and isinstance(value, str):
        return f"{value}_{number}"
    if name == "data" and isinstance(value, str) and usual_media_type(value) == "image/png":
        return png(10 + number, 10)
    if isinstance(value, str) and value.strip() and name in LEFT_OUT:
        return f"{value[:40]}-{number}" if name == "custom_id" else f'{value} "{number}"'
    return value


def lines(values: list[Any], **spelling: Any) -> bytes:
    return b"".join(json.dumps(value, **spelling).encode("utf-8", "surrogatepass") + b"\n" for value in values)


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_fixtures_of_all_rules_many_times_over(path: Path) -> None:
    if path.stat().st_size > 100_000 or b"*" in path.read_bytes():
        pytest.skip("texts written short are the matter of test_rule_fixtures.py")
    repeated: list[bytes] = []
    for line in path.read_bytes().splitlines():
        try:
            value = json.loads(line)
        except ValueError:
            repeated += [line] * 2
        else:
            repeated += [lines([varied(value, number)]).rstrip(b"\n") for number in range(4)]
    assert_the_same(b"\n".join(repeated))


texts = st.one_of(
    st.sampled_from(["", " ", "\n", 'a "b" c', "a\\", '\\"', "\u3000", "\u3042", "Hello.", "\ud800", "\x00", "\t"]),
    st.text(max_size=5),
)


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """A file by a program: a few kinds of requests, some with a mistake, with other texts each time."""
    kinds = draw(st.lists(whole_requests(), min_size=1, max_size=2))
    for name in draw(st.lists(st.sampled_from(sorted(MUTATIONS)), max_size=2)):
        broken = json.loads(json.dumps(draw(st.sampled_from(kinds))))
        MUTATIONS[name](broken["params"])
        kinds.append(broken)
    kinds += draw(st.lists(conversations.requests(), max_size=1))
    requests = []
    for number, kind in enumerate(draw(st.lists(st.sampled_from(kinds), min_size=4, max_size=12))):
        request = varied(kind, number if draw(st.integers(0, 9)) else 0)
        match request["params"].get("messages"):
            case [*_, {"content": _} as message]:
                message["content"] = draw(texts)
        requests.append(request)
    form = draw(st.sampled_from(["lines", "array", "envelope"]))
    spelling: dict[str, Any] = {
        "ensure_ascii": draw(st.booleans()),
        "separators": draw(st.sampled_from([(",", ":"), (", ", ": ")])),
    }
    if form == "lines":
        data = lines(requests, **spelling)
        return (
            data
            if draw(st.booleans())
            else data.rstrip(b"\n").replace(b"\n", draw(st.sampled_from([b"\r\n", b"\n\n"])))
        )
    body = json.dumps(
        requests if form == "array" else {"requests": requests}, indent=draw(st.sampled_from([None, 1])), **spelling
    )
    return body.encode("utf-8", "surrogatepass")


@given(files())
def test_files_of_a_program(data: bytes) -> None:
    assert_the_same(data)


PLAIN = {
    "custom_id": "a",
    "params": {
        "model": "claude-opus-4-8",
        "max_tokens": 10,
        "messages": [{"role": "user", "content": [{"type": "text", "text": "Hello."}]}],
    },
}


def plain(count: int, **spelling: Any) -> list[bytes]:
    return [lines([varied(PLAIN, number)], **spelling).rstrip(b"\n") for number in range(count)]


@pytest.mark.parametrize(
    "flaw",
    [b"\xff", b"\xed\xa0\x80", b"\xc0\xaf", b"\x01", b"\t", b"\\q", b"\\u12", b"\\ud800", b'","text":"', b'"', b"\\"],
)
@pytest.mark.parametrize("where", [b"Hello", b'"a-'])
@pytest.mark.parametrize("listed", [False, True])
def test_a_flaw_in_a_request_that_is_like_others(flaw: bytes, where: bytes, listed: bool) -> None:
    requests = plain(12)
    requests[7] = requests[7].replace(where, where + flaw)
    assert_the_same(b"[" + b",\n".join(requests) + b"]" if listed else b"\n".join(requests))


@pytest.mark.parametrize("data", [b"\n".join(plain(40)), b"[" + b",\n ".join(plain(40)) + b"]"])
def test_clean_requests_become_no_items(data: bytes) -> None:
    assert passed_over(data) >= 39
    assert_the_same(data)


def test_a_repeated_id_is_found_among_requests_that_are_passed_over() -> None:
    requests = plain(30)
    requests[20] = requests[12]
    requests[25] = requests[12]
    assert_the_same(b"\n".join(requests))
    assert_the_same(b'{"requests": [' + b",\n\n".join(requests) + b"]}")


def test_a_request_over_a_limit_on_bytes_is_not_passed_over() -> None:
    requests = plain(20)
    requests[9] = requests[9].replace(b"Hello", b"Hello" * 60)
    assert_the_same(b"\n".join(requests), Options(as_of=OPTIONS.as_of, max_request_bytes=300))


def test_a_repeated_key_is_not_taken_for_what_is_known() -> None:
    requests = plain(20)
    requests[5] = requests[5].replace(b'"role"', b'"content": "x", "role"')
    requests[15] = requests[15].replace(b'"role"', b'"content": "x", "role"')
    assert_the_same(b"\n".join(requests))


def test_where_all_requests_differ_outlines_are_given_up() -> None:
    requests = [
        lines([{**varied(PLAIN, number), "params": {**PLAIN["params"], "max_tokens": number + 1}}])  # type: ignore[dict-item]
        for number in range(60)
    ]
    with mock.patch.object(recogniser, "TRIED", 20), mock.patch.object(recogniser, "ALL_OUTLINES", 2_000):
        assert_the_same(b"".join(requests))


def test_rules_that_say_they_look_at_no_text_do_not() -> None:
    """Else the fixtures could not tell: a judgement would be made of one text and hold for another."""
    for rule in all_rules().values():
        assert not LEFT_OUT & {name.rpartition(".")[2] for name in rule.reads}, rule


def with_example(number: int, example: str) -> bytes:
    """A request whose tool has an example, which is held against the tool's schema."""
    schema = {"type": "object", "properties": {"text": {"type": "string", "maxLength": 3}}}
    tool = {"name": "find", "input_schema": schema, "input_examples": [{"text": example}]}
    return lines([{"custom_id": f"a-{number}", "params": {**PLAIN["params"], "tools": [tool]}}])  # type: ignore[dict-item]


def test_a_text_that_a_rule_looks_at_is_not_left_out_of_a_judgement() -> None:
    requests = [with_example(number, "abc" if number != 7 else "abcdef") for number in range(12)]
    assert_the_same(b"".join(requests))
    assert [finding.rule.name for finding in checked(b"".join(requests))[0]] == ["input-example-mismatch"]


@pytest.mark.parametrize("custom_id", ["", " ", "\u00e9"])
def test_an_id_that_is_not_left_out_is_looked_at_each_time(custom_id: str) -> None:
    data = lines([{**PLAIN, "custom_id": custom_id}] * 12)
    assert_the_same(data)
    with recognising():
        assert len(checked(data)[0]) == 23  # an illegal id twelve times, and a repeated one eleven times
