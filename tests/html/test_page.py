"""The page, its tables and its charts: whole, self-contained, and with the text of files as text."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from batchlint.html.bins import PositionCounts
from batchlint.html.charts import Kind, LimitMark, histogram, share_bar, stacked
from batchlint.html.page import Section, folded, numbers, page, paragraph
from batchlint.html.table import FILTERED_FROM, Column, number_cell, table, text_cell
from batchlint.html.text import ELLIPSIS, escaped
from batchlint.reports.plain import plain
from tests.html.reading import Page, is_self_contained

ELEMENTS = frozenset(
    [
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "header",
        "h1",
        "p",
        "main",
        "section",
        "h2",
        "div",
        "table",
        "caption",
        "thead",
        "tr",
        "th",
        "button",
        "tbody",
        "td",
        "figure",
        "svg",
        "desc",
        "rect",
        "line",
        "span",
        "ul",
        "li",
        "details",
        "summary",
        "footer",
        "script",
    ]
)
"""What a page is made of here."""


def read(*content: str) -> Page:
    """A page with this content, read."""
    return Page("\n".join(page("A title", "a subtitle", [Section("A section", content)])))


@given(st.text())
def test_text_stays_text(text: str) -> None:
    expected = plain(text)
    assert Page(f'<p title="{escaped(text)}">{escaped(text)}</p>').words == expected
    assert Page(f'<p title="{escaped(text)}"></p>').attributes == [("p", "title", expected)]


def test_a_long_text_is_cut() -> None:
    assert escaped("&" * 20, longest=3) == "&amp;" * 3 + ELLIPSIS


def test_a_page_is_self_contained() -> None:
    content = [*numbers([("requests", "1")]), paragraph("a sentence"), *folded("more", [paragraph("it")])]
    is_self_contained(read(*content))


def test_a_style_or_script_cannot_end_early() -> None:
    page = read()
    assert "</" not in page.raw["style"] + page.raw["script"].replace("</script", "")


@given(st.text(min_size=1), st.text(min_size=1))
def test_what_a_file_says_makes_no_element(hostile: str, other: str) -> None:
    rows = [[text_cell(hostile), number_cell(1)], [text_cell(other), number_cell(2)]]
    kinds = [Kind(hostile, "good", 1)]
    positions = PositionCounts()
    positions.add(0, hostile)
    hostile_page = Page("\n".join(page(hostile, other, [Section(hostile, [
        *table(hostile, [Column(other), Column("n", True)], rows),
        *stacked("one", hostile, other, kinds, list(positions)),
        *histogram("two", other, hostile, [(hostile, {hostile: 1})], kinds, [LimitMark(0.5, hostile)]),
        share_bar(hostile, 0.5, "good"),
    ])])))  # fmt: skip
    is_self_contained(hostile_page)
    assert set(hostile_page.elements) <= ELEMENTS


def test_a_long_table_can_be_filtered_and_a_short_one_needs_not() -> None:
    columns = [Column("name"), Column("count", True)]
    for count, fields in ((FILTERED_FROM - 1, 0), (FILTERED_FROM, 1)):
        rows = [[text_cell(str(number)), number_cell(number)] for number in range(count)]
        found = Page("\n".join(table("numbers", columns, rows)))
        assert found.elements["input"] == fields
        assert found.elements["tr"] == count + 1


def test_a_chart_has_a_bar_for_each_kind_in_each_bin_and_the_same_as_a_table() -> None:
    positions = PositionCounts(4)
    for number in range(8):
        positions.add(number, "ok" if number < 5 else "fix")
    kinds = [Kind("ok", "good", 5), Kind("fix", "error", 3)]
    found = Page("\n".join(stacked("chart", "title", "description", kinds, list(positions))))
    assert found.elements["rect"] - len(kinds) == 5, "three bins of one kind, one of both"
    assert "requests 5 to 6: 1 ok" in found.texts
    assert found.elements["tr"] == 1 + 4


@given(
    st.integers(1, 9),
    st.lists(st.tuples(st.integers(0, 500), st.sampled_from("abc"), st.integers(1, 5))),
    st.integers(0, 600),
)
def test_bins_keep_every_count_at_its_place(bins: int, counted: list[tuple[int, str, int]], end: int) -> None:
    positions = PositionCounts(bins)
    for place, kind, count in counted:
        positions.add(place, kind, count)
    positions.reach(end)
    found = list(positions)
    assert len(found) <= bins
    assert positions.end == max([end, *(place + 1 for place, _, _ in counted)])
    if found:
        assert (found[0].first, found[-1].last) == (0, positions.end - 1)
    for before, after in itertools.pairwise(found):
        assert after.first == before.last + 1
    for each in found:
        expected: dict[str, int] = {}
        for place, kind, count in counted:
            if each.first <= place <= each.last:
                expected[kind] = expected.get(kind, 0) + count
        assert each.counts == expected
    assert {kind: positions.total(kind) for kind in positions.kinds} == {
        kind: sum(count for _, each, count in counted if each == kind) for _, kind, _ in counted
    }
