"""What a document's checker finds after edits is what one run over the same file finds."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from batchlint.config import Configuration
from batchlint.finding import LocatedFinding
from batchlint.library import check_file
from batchlint.lsp.checking import DocumentChecker
from batchlint.rulebook import Rulebook, Rulebooks

PATH = "requests.jsonl"
MOST = 1_000


def rulebook() -> Rulebook:
    return Rulebooks(lambda path: Configuration(), {}).of(PATH)


def line(custom_id: str, **params: object) -> str:
    """A request on one line."""
    sound = {"model": "claude-haiku-4-5", "max_tokens": 9, "messages": [{"role": "user", "content": "Hi \U0001f600"}]}
    return json.dumps({"custom_id": custom_id, "params": {**sound, **params}}, ensure_ascii=False)


LINES = [
    line("a"),
    line("b"),
    line("c", max_token=1),
    line("d d", stream=True),
    line("e", temperature=3, top_q=1),
    line("a", model="claude-3-opus-20240229"),
    "  " + line("f", messages=[]) + " ",
    '{"custom_id": "g", "params": 1}',
    '{"custom_id": "h"}',
    "{}",
    line("i") + "\r",
]
BROKEN = ["x", '{"custom_id": ', "[1]", '{"a": 1} {"b": 2}', '{"custom_id": "k", "custom_id": "k", "params": {}}']


def comparable(findings: list[LocatedFinding]) -> list[tuple[object, ...]]:
    """What an editor shows of findings, in one order."""
    return sorted(
        (
            (each.range is None, each.range and each.range[:4], each.rule.name, each.message, each.help, each.index,
             each.severity, [(place.line, place.column, place.message) for place in each.related],
             each.fix and each.fix.edits and [(edit.range[:4], edit.text) for edit in each.fix.edits])
            for each in findings
        ),
        key=repr,
    )  # fmt: skip


def whole(text: str, folder: Path) -> list[LocatedFinding]:
    """What one run finds."""
    path = folder / PATH
    path.write_bytes(text.encode())
    return check_file(path)


versions = st.lists(st.lists(st.sampled_from(LINES), min_size=1, max_size=6), min_size=1, max_size=4)


@given(versions)
def test_after_every_edit_it_finds_what_one_run_finds(versions: list[list[str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        checker = DocumentChecker(str(Path(folder) / PATH), rulebook())
        for lines in versions:
            text = "".join(f"{each}\n" for each in lines)
            assert comparable(checker.check(text, MOST).findings) == comparable(whole(text, Path(folder)))


@given(st.lists(st.sampled_from(LINES + BROKEN), min_size=1, max_size=6))
def test_each_broken_line_has_a_finding_of_its_own(lines: list[str]) -> None:
    checker = DocumentChecker(PATH, rulebook())
    found = checker.check("\n".join([LINES[0], *lines]), MOST).findings
    at = {each.range.line for each in found if each.range is not None}
    assert at >= {number for number, each in enumerate(lines, 2) if each in BROKEN}


def test_a_document_as_a_whole_is_looked_at_too() -> None:
    blank = DocumentChecker(PATH, rulebook()).check(f"{LINES[0]}\n\n{LINES[1]}\n", MOST).findings
    assert [each.rule.name for each in blank] == ["blank-line"]
    body = DocumentChecker("body.json", rulebook()).check(f'{{"requests": [{LINES[2]}]}}', MOST).findings
    assert [each.rule.name for each in body] == ["unknown-member"]


def test_what_is_too_much_is_counted() -> None:
    checked = DocumentChecker(PATH, rulebook()).check("\n".join(f"{LINES[2][:-1]}{' ' * n}}}" for n in range(9)), 4)
    assert len([each for each in checked.findings if each.rule.name == "unknown-member"]) == 4
    assert checked.more == 5


def test_only_what_changed_is_looked_at_again() -> None:
    lines = [line(f"id-{number}", max_token=1) for number in range(300)]
    checker = DocumentChecker(PATH, rulebook())
    checker.check("\n".join(lines), MOST)
    looked_at = []
    original = checker._by_line
    checker._by_line = lambda engine, new: looked_at.append(list(new)) or original(engine, new)  # type: ignore
    lines[7] = line("another")
    assert checker.check("\n".join(lines), MOST).more == 0
    assert looked_at == [[lines[7]]]
