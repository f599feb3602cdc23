"""The reader that passes over requests which the scanner knows to be clean."""

from __future__ import annotations

import json
from collections.abc import Iterator
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from batchlint.engine.custom_ids import CustomIds
from batchlint.engine.scanner import PAUSE, KnownRequest, Scanner
from batchlint.sources import source_of_bytes
from batchlint.sources.item import Item
from batchlint.sources.reader import DECODER, Begin, SkippedRun
from tests.engine.scanning import needs_scanner, of_params, scanner

pytestmark = needs_scanner
SCHEMA = {
    "properties": {
        "custom_id": {"type": "string", "pattern": "^[a-z0-9]{1,64}$"},
        "params": {"required": ["model"], "properties": {"model": {"x-counts": "bytes"}}},
    }
}


def reader(custom_ids: CustomIds | None = None) -> Scanner:
    ids = custom_ids or CustomIds()
    ids.begin_file("a.jsonl")
    return Scanner(scanner(SCHEMA), ids)


def request(custom_id: str, model: str = "m", text: str = "x") -> str:
    return json.dumps({"custom_id": custom_id, "params": {"model": model, "text": text}}, ensure_ascii=False)


def written(requests: list[str], form: str) -> bytes:
    """A file of requests: `lines`, `list`, `pretty` list or `body`."""
    if form == "lines":
        return "\n".join(requests).encode()
    listed = f"[{','.join(requests)}]"
    if form == "pretty":
        listed = json.dumps(json.loads(listed), indent=1)
    return (f'{{"requests": {listed}}}' if form == "body" else listed).encode()


def read(data: bytes, reader: Scanner) -> Iterator[Item | SkippedRun]:
    """What a file is made of; each item is taken for clean, and each request that was passed over is remembered."""
    requests = 0
    with source_of_bytes(data) as source:
        for item in source.items(reader):
            if isinstance(item, SkippedRun):
                reader._custom_ids.add_new(item.custom_ids, item.places, requests)
                requests += item.requests
            else:
                requests += 1
            assert isinstance(item, Item | SkippedRun)
            yield item
            if isinstance(item, Item):
                reader.learn(item, 0)


FORMS = ["lines", "list", "pretty", "body"]
ids = st.lists(st.one_of(st.sampled_from("abc"), st.from_regex("[a-z0-9]{1,8}", fullmatch=True)), max_size=40)


@pytest.mark.parametrize("form", FORMS)
@given(ids=ids, models=st.lists(st.sampled_from("mno"), min_size=40, max_size=40))
def test_each_request_is_passed_over_or_read_and_each_id_is_known(form: str, ids: list[str], models: list[str]) -> None:
    """The places of first uses are those that are found when every request is read."""
    texts = ["漢" * (len(models) - place) for place in range(len(models))]
    data = written([request(*each) for each in zip(ids, models, texts, strict=False)], form)
    if not ids:
        return
    quick, plain = CustomIds(), CustomIds()
    requests = 0
    repeated: list[str] = []
    for item in read(data, reader(quick)):
        if isinstance(item, SkippedRun):
            requests += item.requests
        else:
            requests += 1
            if quick.add(item.value["custom_id"], item) is not None:
                repeated.append(item.value["custom_id"])
    assert requests == len(ids)
    assert repeated == [each for place, each in enumerate(ids) if each in ids[:place]]
    plain.begin_file("a.jsonl")
    with source_of_bytes(data) as source:
        for each in source.items(DECODER):
            assert isinstance(each, Item)
            plain.add(each.value["custom_id"], each)
    assert quick.uses() == plain.uses()


@pytest.mark.parametrize("form", FORMS)
def test_requests_like_one_that_was_clean_are_passed_over(form: str) -> None:
    requests = [request(f"r{number}", text="x" * number) for number in range(1000)]
    data = written(requests, form)
    items = list(read(data, reader()))
    passed = [item for item in items if isinstance(item, SkippedRun)]
    # All but the first one; of a list, also the last one, after which no other comes.
    assert sum(each.requests for each in passed) == (999 if form == "lines" else 998)
    assert sum(each.size for each in passed) > 500_000
    assert len(items) < 20


def test_what_was_not_judged_is_not_learnt() -> None:
    one = reader()
    lines = written([request("a"), request("b")], "lines")
    assert one.pass_over(lines, 0, len(lines), Begin(0, 1, 0), "line feed") is None
    one.learn(Item(0, 0, 1, 0, request("c").encode(), {}), 0)
    assert one.pass_over(lines, 0, len(lines), Begin(0, 1, 0), "line feed") is None
    one.learn(Item(0, 0, 1, 0, request("a").encode(), {}), 0)
    passed = one.pass_over(lines, 0, len(lines), Begin(0, 1, 0), "line feed")
    assert passed is not None
    assert passed[:4] == (2, len(lines) - 1, len(lines) + 1, ["a", "b"])


def test_what_is_found_is_known_by_its_number() -> None:
    one = reader()
    lines = written([request("a"), request("b")], "lines")
    first, second = (request(name).encode() for name in "ab")
    assert one.pass_over(lines, 0, len(lines), Begin(0, 1, 0), "line feed") is None
    assert one.read(first) == json.loads(first)
    one.learn(Item(0, 0, 1, 0, first, {}), 3)
    assert one.pass_over(lines, 0, len(lines), Begin(0, 1, 0), "line feed") is None
    known = one.read(first)
    assert isinstance(known, KnownRequest)
    assert (known, known.tag) == ({"custom_id": "a"}, 3)
    assert one.read(second) == json.loads(second)


def test_after_many_scans_in_vain_few_requests_are_looked_at() -> None:
    odd = [b'{"custom_id": "a", "params": {}}'] * 1000
    data = b"\n".join([*odd, *(request(f"b{number}").encode() for number in range(20))])
    one = reader()
    passed = 0
    with mock.patch.object(one._native, "scan", wraps=one._native.scan) as scan:
        for item in read(data, one):
            if isinstance(item, Item):
                one.learn(item, 0)
            else:
                passed += item.requests
    assert scan.call_count < 250
    assert passed >= 20 - PAUSE - 1


def test_repeated_ids_do_not_cost_a_scan_of_the_whole_each() -> None:
    data = written([request("a") for _ in range(2000)], "lines")
    custom_ids = CustomIds()
    one = reader(custom_ids)
    scanned = 0
    with mock.patch.object(one._native, "scan", wraps=one._native.scan) as scan:
        for item in read(data, one):
            if isinstance(item, Item):
                custom_ids.add("a", item)
            scanned += min(scan.call_args.args[4], 2000)
    assert scanned < 3 * 2000


def test_a_scan_stays_inside_its_data() -> None:
    native = scanner(of_params(True))
    for at, end in [(-1, 2), (0, 3), (2, 1)]:
        with pytest.raises(ValueError, match="outside"):
            native.scan(b"{}", at, end, "line feed", 1, Begin(0, 1, 0))
