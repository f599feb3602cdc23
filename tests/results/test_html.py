"""The results report as a page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from batchlint.cli import main
from tests.html.reading import Page, is_self_contained
from tests.results.batch import write_batch
from tests.results.made import TODAY, answer, refusal, request, written

EVERY_CLASS = Path(__file__).parent / "every-class"


def page_of(path: Path) -> Page:
    page = Page(path.read_text(encoding="utf-8"))
    is_self_contained(page)
    return page


def test_the_page_tells_of_every_class(tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    source, results = str(EVERY_CLASS / "requests.jsonl"), str(EVERY_CLASS / "results.jsonl")
    assert main(["results", results, "--source", source, *TODAY, "--output", str(out)]) == 1
    report = json.loads((EVERY_CLASS / "report.json").read_text(encoding="utf-8"))
    page = page_of(out)
    for name in report["summary"]["classes"]:
        assert name in page.texts
    assert page.elements["article"] == min(len(report["groups"]), 20)


def test_blocks_stand_out_at_their_places(tmp_path: Path) -> None:
    source, results = write_batch(tmp_path, 1600)
    out = tmp_path / "report.html"
    assert main(["results", str(results), "--source", str(source), *TODAY, "--output", str(out)]) == 1
    bars = [text for text in page_of(out).texts if text.startswith("requests ") and ": " in text]
    assert len(bars) == 160 + 16, "160 bins, in a tenth of them two classes"
    assert next(bar for bar in bars if bar.endswith("fix")) == "requests 321 to 330: 10 fix"
    assert [bar for bar in bars if bar.endswith("retry")][-1].startswith("requests 951 to 960: ")
    assert bars[-1] == "requests 1,591 to 1,600: 10 expired"


def test_a_page_of_a_large_batch_is_small(tmp_path: Path) -> None:
    source, results = write_batch(tmp_path, 5000)
    out = tmp_path / "report.html"
    main(["results", str(results), "--source", str(source), *TODAY, "--output", str(out)])
    assert out.stat().st_size < 100_000


def test_what_the_files_say_is_text(tmp_path: Path) -> None:
    hostile = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    requests = written(tmp_path, "requests.jsonl", request("a"), request("b"), request(hostile))
    results = written(
        tmp_path,
        "results.jsonl",
        answer("a", model=hostile),
        refusal("b", hostile),
        refusal(hostile, f"max_tokens: {hostile}"),
    )
    out = tmp_path / "report.html"
    assert main(["results", results, "--source", requests, *TODAY, "--output", str(out)]) == 1
    page = page_of(out)
    assert page.elements["script"] == 1
    assert hostile in page.words


def test_the_ending_names_the_format_and_an_option_wins(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, results = write_batch(tmp_path, 10)
    call = ["results", str(results), "--source", str(source), *TODAY, "--output"]
    for name, first in (("r.html", "<!doctype html>"), ("r.md", "## Results"), ("r.json", "{"), ("r.txt", "10 ")):
        main([*call, str(tmp_path / name)])
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(first)
    main([*call, str(tmp_path / "x.html"), "--format", "csv"])
    assert (tmp_path / "x.html").read_text(encoding="utf-8").startswith("custom_id,")
    assert capsys.readouterr() == ("", "")


def test_no_report_over_an_input(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, results = write_batch(tmp_path, 10)
    before = results.read_bytes()
    assert main(["results", str(results), "--source", str(source), *TODAY, "--output", str(results)]) == 2
    assert "is read by this run" in capsys.readouterr().err
    assert results.read_bytes() == before
