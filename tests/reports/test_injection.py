"""Whatever a file holds or is called, it says nothing in the name of batchlint: in no format, in no log."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from batchlint.reports import FORMATS
from batchlint.reports.plain import CONTROLS, plain
from batchlint.rule import Pointer
from tests.html.reading import Page, is_self_contained
from tests.reports.commands import commands
from tests.reports.made import Made, written

HOSTILE = [
    "\n::error file=x::pwned",
    "\r\n::stop-commands::token",
    "::set-output name=a::b",
    "##[error]pwned",
    "##vso[task.setvariable variable=a]b",
    "%0A::warning::x",
    "%",
    "\x1b[31mred\x1b]8;;http://evil\x07",
    "\u202etxt\u2066",
    "\u2028\u0085\x0b\x0c\x1c",
    "\ud800",
    "\x00",
    "\ufffe",
    "`",
    "```\n# heading\n",
    "~~~\n",
    "|",
    "\\|",
    "\\",
    "<script>alert(1)</script>",
    "<!--",
    "<details>",
    "&lt;",
    "]]>",
    '"/><failure/>',
    "[text](http://evil)",
    "![image](http://evil)",
    "@everyone #1 www.evil.example http://evil.example",
    "a: b, c=d",
    "=cmd()",
    "$(id)",
]
texts = st.lists(st.sampled_from(HOSTILE) | st.text(max_size=8), min_size=1, max_size=4).map("".join)
paths = texts.filter(lambda text: "\x00" not in text and text.strip("/.") != "")
pointers = st.lists(texts | st.integers(0, 9), min_size=1, max_size=3).map(tuple)
FIRST_MESSAGE = "first"


@st.composite
def findings(draw: st.DrawFn) -> list[Made]:
    path = draw(paths)
    pointer: Pointer = draw(pointers)
    made = Made(
        message=draw(texts),
        help=draw(texts),
        api_error=draw(texts),
        path=path,
        custom_id=draw(texts),
        pointer=pointer,
        frame=plain(draw(texts)),
        severity=draw(st.sampled_from(("error", "warning"))),
    )
    return [made, made._replace(custom_id=draw(texts)), Made(path=path, message=FIRST_MESSAGE)]


def harmless(made: Made) -> Made:
    """The same finding with texts that are no markup."""
    return made._replace(message="m", help="h", api_error="e", custom_id="c", frame="f")


@given(findings())
def test_github_has_one_command_a_line_for_each_kind_of_finding(found: list[Made]) -> None:
    text = written("github", found).text
    told = commands(text)
    kinds = {(each.severity, each.pointer) for each in found}
    assert sorted(each.name for each in told) == sorted(severity for severity, _ in kinds)
    assert len(text.splitlines()) == len(kinds)
    assert all(set(each.properties) == {"file", "line", "endLine", "col", "endColumn", "title"} for each in told)


@given(findings(), st.sampled_from(sorted(FORMATS.keys() - {"github"})))
def test_no_other_format_commands_the_service_in_whose_log_it_stands(found: list[Made], format_name: str) -> None:
    assert commands(written(format_name, found).text) == []


@given(findings(), st.sampled_from(["json", "sarif", "rdjson", "gitlab"]))
def test_a_document_stays_one_document(found: list[Made], format_name: str) -> None:
    text = written(format_name, found).text
    assert text.isascii()
    json.loads(text)


@given(findings())
def test_jsonl_stays_a_line_each(found: list[Made]) -> None:
    lines = written("jsonl", found).text.splitlines()
    assert [json.loads(line)["message"] for line in lines] == [each.message for each in found]


@given(findings())
def test_junit_has_a_test_for_each_finding(found: list[Made]) -> None:
    root = ElementTree.fromstring(written("junit", found).text.encode())
    (suite,) = root
    assert len(list(suite.iter("failure"))) == sum(each.severity == "error" for each in found)
    assert len([case for case in suite if case.get("line")]) == len(found)


@given(findings(), st.sampled_from(["full", "concise"]))
def test_a_terminal_sees_plain_lines(found: list[Made], format_name: str) -> None:
    text = written(format_name, found).text
    controls = {chr(code) for code in CONTROLS if code not in (0x09, 0x0A)}
    assert not controls & set(text)
    assert "\ud800" not in text


@given(findings())
@settings(max_examples=200)
def test_markdown_shows_texts_and_nothing_else(found: list[Made]) -> None:
    text = written("markdown", found).text
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    tokens = reader.parse(text)
    inline = [child for token in tokens for child in token.children or []]
    assert {child.type for child in inline} <= {"text", "code_inline", "softbreak"}
    kinds = {token.type for token in tokens}
    assert not kinds & {"html_block", "link_open", "image", "code_block", "bullet_list_open", "blockquote_open"}
    assert sum(token.type == "heading_open" for token in tokens) == 1
    assert sum(token.type == "table_open" for token in tokens) == 1
    rows = [token for token in tokens if token.type == "tr_open"]
    cells = [token for token in tokens if token.type in ("td_open", "th_open")]
    assert len(cells) == 4 * len(rows)
    # Outside of code spans there is nothing that GitHub would make a link or a mention of.
    loose = "".join(child.content for child in inline if child.type == "text")
    assert not re.search(r"[@#]|www|://", loose)


@given(findings())
def test_a_page_holds_texts_and_nothing_else(found: list[Made]) -> None:
    page = Page(written("html", found).text)
    is_self_contained(page)
    same = Page(written("html", [harmless(each) for each in found]).text)
    assert page.elements.keys() == same.elements.keys()


@given(findings())
def test_sarif_holds_no_links(found: list[Made]) -> None:
    (run,) = json.loads(written("sarif", found).text)["runs"]
    for result in run["results"]:
        assert "](" not in result["message"]["text"]
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert re.fullmatch(r"(file://)?[A-Za-z0-9._~%/-]+", uri)
