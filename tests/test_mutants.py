"""The tool that breaks the code finds the small changes, and breaks nothing but code that runs."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "tools"))

import mutants


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("x = a < b", ["a < b -> (a <= b)"]),
        ("x = a and not b", ["a and (not b) -> (a or not b)", "not b -> (b)"]),
        ("x = a + 1", ["a + 1 -> (a - 1)", "1 -> (2)"]),
        ("x = True", ["True -> (False)"]),
        ("x = a if b else c", ["a if b else c -> (a if not b else c)"]),
        ("x: Final[1] = y", []),
        ("def f(x: 'a < b') -> 1: pass", []),
        ("if TYPE_CHECKING:\n    x = 1", []),
        ('"""a < b"""', []),
    ],
)
def test_the_breaks_of_a_text(text: str, broken: list[str]) -> None:
    assert [f"{each.old} -> {each.new}" for each in mutants.mutants_of("x.py", text.encode())] == broken


def test_a_break_is_put_where_the_expression_is() -> None:
    source = "é = 'ü'; x = a < b  # c".encode()
    (mutant,) = mutants.mutants_of("x.py", source)
    assert source[mutant.start : mutant.end] == b"a < b"


def test_every_explained_survivor_exists() -> None:
    text = (mutants.PROJECT / "tools/mutants.toml").read_text(encoding="utf-8")
    known = {
        each.key for name in mutants.PARTS for each in mutants.mutants_below(mutants.PROJECT / mutants.PACKAGE / name)
    }
    assert set(tomllib.loads(text)["survivors"]) <= known
