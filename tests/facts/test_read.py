"""Every fact is read: one that no code looks at is not checked by anything, and grows old in silence."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent.parent
FACTS = PROJECT / "src" / "batchlint" / "facts"
SHOWN_WHOLE = {"Model", "ThinkingMode", "ToolPrompt"}
"""Tables whose every value `batchlint models --format json` shows."""
FOR_READERS = {
    ("ApiError", "certainty"),
    ("MediaType", "supported"),
    ("OutcomeClass", "succeeded"),
    ("Page", "minimum_tokens"),
    ("Sources", "document_base64"),
}
"""Facts that are there for whoever edits the file, and for tests that compare them with others."""


def attributes(source: str) -> Iterator[tuple[str, str]]:
    """The annotated attributes of the classes in a module: the class's name and the attribute's."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef):
            for each in node.body:
                if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name):
                    yield node.name, each.target.id


def read() -> str:
    """The code that reads facts, and the tables by which generators read them by name."""
    paths = [*(PROJECT / "src").rglob("*.py"), *(PROJECT / "tools").rglob("*.py"), PROJECT / "tools/schemas/usual.toml"]
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


@pytest.mark.quick
def test_every_fact_is_read_by_something() -> None:
    code = set(re.findall(r"\.(\w+)\b", read()))
    unread = {
        (table, name)
        for path in FACTS.glob("*.py")
        for table, name in attributes(path.read_text(encoding="utf-8"))
        if table not in SHOWN_WHOLE and name not in code
    }
    assert unread <= FOR_READERS, "read them in a rule, or remove them"
    assert unread == FOR_READERS, "these are read now: take them from the list"


def test_an_attribute_of_a_class_is_found() -> None:
    assert list(attributes("x: int\nclass A(Table):\n    b: int\n    c = 1")) == [("A", "b")]


def test_no_rule_repeats_a_whole_answer_of_the_api() -> None:
    """The answer of the API is in errors.toml, where its source and its date are."""
    repeated = [
        (path.name, each.value)
        for path in (PROJECT / "src/batchlint/rules").glob("[a-z]*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.keyword) and node.arg == "api_error"
        for each in [node.value]
        if isinstance(each, ast.Constant) and each.value is not None
    ]
    assert repeated == []
