"""The summary for the page of a pipeline's run."""

from __future__ import annotations

from markdown_it import MarkdownIt

from tests.reports.made import Made, written

ERROR = Made()


def test_nothing_found_is_said() -> None:
    assert written("markdown", []).text == "## batchlint: no findings in 10 requests\n"


def test_it_counts_by_rule_and_shows_first_places_and_groups() -> None:
    found = [ERROR._replace(custom_id=f"e{number}", index=number, line=number + 1) for number in range(50)]
    text = written("markdown", [*found, ERROR._replace(rule="duplicate-custom-id", impact="batch")]).text
    assert "## batchlint: 51 errors and 0 warnings of 2 rules in 10 requests" in text
    assert "1 error would refuse the whole batch when it is created" in text
    assert "| `unknown-member` | error | 50 | `requests.jsonl:1:3` |" in text
    assert text.index("error[duplicate-custom-id]") < text.index("error[unknown-member]")  # the whole batch first
    assert "x 50 requests" in text


def test_it_is_of_a_size_that_github_takes() -> None:
    found = [
        ERROR._replace(path=f"{'x' * 3_000}{number}.jsonl", message="m" * 5_000, frame="f" * 5_000)
        for number in range(300)
    ]
    report = written("markdown", found)
    assert len(report.text.encode()) < 1 << 20
    assert report.note is not None
    assert report.note in report.text


def test_it_is_a_table_and_fenced_text() -> None:
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(written("markdown", [ERROR]).text)
    kinds = {token.type for token in tokens}
    assert {"heading_open", "table_open", "fence"} <= kinds
