"""Items that are too large to be decoded: refused, their JSON proved, their id read, whatever holds them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from batchlint.engine import Engine
from batchlint.finding import Finding
from batchlint.options import Options
from batchlint.rules import all_rules
from batchlint.sources import source_of_bytes
from tests.hostile import line, request

MOST = 150_000
LARGE = line(request("large", system="raw:T"))


def large(text: bytes = b'"' + b"x" * 350_000 + b'"') -> bytes:
    return LARGE.replace(b"T", text)


def found_in(data: bytes, most: int | None = MOST) -> list[Finding]:
    with source_of_bytes(data) as source:
        source.most_item_bytes = most
        return list(Engine(Options(), list(all_rules().values())).check(source))


SMALL = line(request("small", stream=True))
CONTAINERS = {
    "lines": lambda items: b"\n".join(items),
    "lines that end": lambda items: b"\n".join(items) + b"\n",
    "windows": lambda items: b"\r\n".join(items),
    "list": lambda items: b"[" + b", ".join(items) + b"]",
    "envelope": lambda items: b'{"requests": [' + b",\n".join(items) + b"]}",
    "printed": lambda items: b"\n".join(json.dumps(json.loads(item), indent=1).encode() for item in items),
}


@pytest.mark.parametrize("container", CONTAINERS)
def test_what_is_too_large_is_refused_and_the_rest_is_judged(container: str) -> None:
    data = CONTAINERS[container]([SMALL.replace(b"small", b"first"), large(), SMALL, large(), SMALL])
    found = [
        (each.rule.name, each.index, each.custom_id, each.severity)
        for each in found_in(data)
        if each.rule.name not in ("pretty-printed-values", "cost")
    ]
    assert sorted(found, key=lambda each: (each[1] or 0, each[0])) == [
        ("stream-in-batch", 0, "first", "error"),
        ("huge-request", 1, "large", "error"),
        ("stream-in-batch", 2, "small", "error"),
        ("duplicate-custom-id", 3, "large", "error"),
        ("huge-request", 3, "large", "error"),
        ("duplicate-custom-id", 4, "small", "error"),
        ("stream-in-batch", 4, "small", "error"),
    ]
    at = [each.irregularity.offset for each in found_in(data) if each.irregularity and each.index in (1, 3)]
    assert all(data[offset : offset + 1] == b"{" for offset in at)
    by_line = [
        each.item.line for each in found_in(data) if each.item is not None and each.rule.name == "stream-in-batch"
    ]
    starts = [data.rfind(b"{", 0, data.index(b"first"))]
    assert by_line[0] == data.count(b"\n", 0, starts[0]) + 1
    last = data.rfind(b'"custom_id"')
    assert by_line[-1] == data.count(b"\n", 0, data.rfind(b"{", 0, last)) + 1


FILL = b" " * 180_000
BROKEN = {
    b'"' + b"x" * 350_000: "truncated-json",
    b'"' + b"x" * 180_000 + b"\x01" + b'"': "invalid-json",
    b'"' + b"x" * 180_000 + b"\\q" + b'"': "invalid-json",
    b'"' + b"x" * 180_000 + b"\xff" + b'"': "invalid-utf-8",
    b"[" + b"1," * 180_000 + b"]": "invalid-json",
    b"[" + b"1," * 90_000 + b"1 2]": "invalid-json",
    b"[" + b'{"a":1},' * 25_000 + b'{"a":1,}]': "invalid-json",
    b"[" * 180_000: "invalid-json",
    FILL + b"tru": "invalid-json",
    FILL + b"1}": "invalid-json",
}


@pytest.mark.parametrize("text", BROKEN, ids=lambda text: repr(text[:2] + text[-9:]))
def test_what_is_too_large_and_no_json_is_reported(text: bytes) -> None:
    names = {each.rule.name for each in found_in(large(text))}
    assert {"huge-request", BROKEN[text]} <= names


def values() -> Iterator[bytes]:
    yield b"[" + b"[]," * 60_000 + b"1]"
    yield b"[" + b'{"a":"b"},' * 18_000 + b'"\xc3\xa9\\ud83d\\ude00"]'
    yield b"[" * 60_000 + b"]" * 60_000
    yield b'{"a":' * 20_000 + b"-1.5e3" + b"}" * 20_000
    yield b'{"a":[1,{"b":[true,false,null,"x"]}]}' + b" " * 180_000
    yield b'"' + "\u00e9\U0001f600".encode() * 20_000 + b'"'
    yield b'"' + b"\\\\\\n\\u0041" * 20_000 + b'"'


@pytest.mark.parametrize("number", range(7))
def test_what_is_too_large_and_json_is_not_told_to_be_none(number: int) -> None:
    data = large(list(values())[number])
    json.loads(data) if number not in (2, 3) else None
    for item in (data, b"[" + data + b"]", data + b"\r\n" + SMALL):
        assert not {each.rule.name for each in found_in(item)} & {"invalid-json", "truncated-json", "invalid-utf-8"}


def test_blanks_are_not_kept() -> None:
    data = b" " * 1_000_000 + SMALL
    found = found_in(data)
    assert [each.rule.name for each in found] == ["stream-in-batch"]
    assert found[0].item is not None
    assert found[0].item.offset == 1_000_000
    assert "huge-request" not in {each.rule.name for each in found_in(b" " * 1_000_000 + b"\n" + SMALL)}


def test_without_a_limit_all_is_read() -> None:
    assert "huge-request" not in {each.rule.name for each in found_in(large(), None) if each.severity == "error"}


MEMORY = 512 << 20
BOMBS = {
    "messages": ('{"custom_id":"a","params":{"messages":[', '{"role":"user","content":"x"},', "1]}}"),
    "surrogates": ('{"custom_id":"a","params":{"system":"', "\\ud800", '"}}'),
    "lists": ('{"custom_id":"a","params":[', "[],", "1]}"),
    "blanks": ("", " ", '{"custom_id":"a"}'),
    "brackets": ('{"custom_id":"a","params":', "[", ""),
}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="ru_maxrss is in kilobytes there")
@pytest.mark.skipif("BATCHLINT_LARGE" not in os.environ, reason="takes a minute: BATCHLINT_LARGE=1 runs it")
@pytest.mark.parametrize("bomb", BOMBS)
@pytest.mark.parametrize("size", [60_000_000, 300_000_000])
def test_memory_is_bounded(bomb: str, size: int, tmp_path: Path) -> None:
    head, each, tail = BOMBS[bomb]
    path = tmp_path / "batch.jsonl"
    with path.open("w") as file:
        file.write(head)
        for _ in range(size // 1_000_000):
            file.write(each * (1_000_000 // len(each)))
        file.write(tail)
    program = "import sys; from batchlint.__main__ import run; run()"
    done = subprocess.Popen(
        [sys.executable, "-c", program, "--no-config", "--quiet", str(path)], stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(done.pid, 0)
    done.returncode = os.waitstatus_to_exitcode(status)
    assert done.returncode == 1
    assert usage.ru_maxrss * 1024 < MEMORY, f"{usage.ru_maxrss / 1024:.0f} MiB in {usage.ru_utime:.1f} s"
    print(f"{bomb} {size}: {usage.ru_maxrss / 1024:.0f} MiB, {usage.ru_utime:.1f} s")  # noqa: T201
