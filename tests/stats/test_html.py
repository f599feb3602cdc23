"""The statistics as a page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from batchlint.cli import main
from batchlint.stats.prefix import Prefix
from batchlint.stats.savings import saved_by_caching
from tests.html.reading import Page, is_self_contained

PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def write(path: Path, *params: dict[str, Any]) -> Path:
    """A batch file of these requests."""
    message = {"role": "user", "content": "Hello"}
    sound = {"model": "claude-opus-4-8", "max_tokens": 100, "messages": [message]}
    requests = ({"custom_id": f"r{number}", "params": {**sound, **each}} for number, each in enumerate(params))
    path.write_text("".join(f"{json.dumps(request)}\n" for request in requests), encoding="utf-8")
    return path


def page_of(source: Path, *options: str) -> Page:
    out = source.parent / "stats.html"
    assert main(["stats", str(source), "--output", str(out), *options]) == 0
    page = Page(out.read_text(encoding="utf-8"))
    is_self_contained(page)
    return page


def test_the_bars_and_the_limit_are_drawn(tmp_path: Path) -> None:
    long = {"messages": [{"role": "user", "content": "word " * 3000}]}
    source = write(tmp_path / "batch.jsonl", *[{}] * 20, long, long)
    page = page_of(source, "--max-tokens-per-request", "1000", "--jobs", "1")
    assert page.elements["line"] == 1
    assert "the limit, 1,000 tokens" in page.texts
    assert "2 requests over the limit of 1,000 tokens." in page.texts
    bars = [text for text in page.texts if text.endswith(": 20 claude-opus-4-8")]
    assert len(bars) == 1


def test_a_request_is_said_to_be_made_of_its_parts(tmp_path: Path) -> None:
    image = {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": PNG}}
    tool = {"name": "weather", "input_schema": {"type": "object", "properties": {"city": {"type": "string"}}}}
    message = {"role": "user", "content": [image, {"type": "text", "text": "What is this?"}]}
    source = write(tmp_path / "batch.jsonl", {"system": "Be kind. " * 50, "tools": [tool], "messages": [message]})
    texts = page_of(source, "--jobs", "1").texts
    assert {"system prompt", "tools", "images and documents", "conversation"} <= set(texts)


def test_several_processes_make_the_same_page(tmp_path: Path) -> None:
    source = write(tmp_path / "batch.jsonl", *({"system": "a " * (n % 7)} for n in range(500)))
    pages = [page_of(source, "--jobs", jobs).texts for jobs in ("1", "2")]
    assert pages[0] == pages[1]


def test_what_the_files_say_is_text(tmp_path: Path) -> None:
    hostile = "<script>alert(1)</script>"
    page = page_of(write(tmp_path / "batch.jsonl", {"model": hostile}, {"model": hostile, "system": "x"}))
    assert page.elements["script"] == 1
    assert hostile in page.words


def test_an_empty_file_makes_a_page(tmp_path: Path) -> None:
    (tmp_path / "batch.jsonl").write_bytes(b"")
    assert page_of(tmp_path / "batch.jsonl").elements["h2"] == 1


def test_a_report_does_not_take_the_place_of_an_input(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = write(tmp_path / "batch.jsonl", {})
    before = source.read_bytes()
    assert main(["stats", str(source), "--format", "html", "--output", str(source)]) == 2
    assert source.read_bytes() == before
    assert "is read by this run" in capsys.readouterr().err


def test_savings_are_those_of_the_prices() -> None:
    assert saved_by_caching(Prefix("claude-opus-4-8", 2, 10, cached=False)) == 0, "too short to be cached"
    assert saved_by_caching(Prefix("no-such-model", 100, 10_000, cached=False)) is None
    once = saved_by_caching(Prefix("claude-opus-4-8", 1, 10_000, cached=False))
    many = saved_by_caching(Prefix("claude-opus-4-8", 101, 10_000, cached=False))
    assert once == 0, "writing alone costs more"
    # 100 reads save 0.9 of 10,000 tokens each, one write costs a quarter more, at 2.50 dollars a million tokens.
    assert many == pytest.approx((100 * 0.9 - 0.25) * 10_000 * 2.5 / 1e6)
