"""Beside `bad.jsonl` stands what its fixes make of it: `fix.jsonl`, and `unsafe.jsonl` where --unsafe makes more of it.

`pytest --update` writes them: look at every byte, then commit them. A file that is written short (`<A*1000>`) has none.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

from batchlint.cli.check_parser import lint_options, parser
from batchlint.finding import Finding
from batchlint.options import Options
from batchlint.rules import all_rules
from batchlint.sources import source_of_bytes
from tests.fixing.made import fix, lint
from tests.knowledge import AS_OF
from tests.test_rule_fixtures import FOLDER, REPEATED, inputs

BAD = inputs("bad")


class Case(NamedTuple):
    """A file, and what it is linted by."""

    data: bytes
    options: Options


def case(path: Path) -> Case:
    arguments = path.with_suffix(".args")
    words = arguments.read_text(encoding="utf-8").split() if arguments.exists() else []
    data = REPEATED.sub(lambda found: found[1] * int(found[2]), path.read_bytes())
    return Case(data, lint_options(parser().parse_args([*AS_OF, *words, str(path)])))


def beside(path: Path, stem: str) -> Path:
    return path.with_name(stem + path.name.removeprefix("bad"))


def name_of(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


@pytest.mark.parametrize("path", [path for path in BAD if not REPEATED.search(path.read_bytes())], ids=name_of)
def test_a_rule_is_fixed_to_these_bytes(path: Path, update: bool) -> None:
    data, options = case(path)
    safe, _ = fix(data, options, select=[path.parent.name])
    unsafe, _ = fix(data, options, select=[path.parent.name], unsafe=True)
    for made, than, expected in ((safe, data, beside(path, "fix")), (unsafe, safe, beside(path, "unsafe"))):
        if update and made != than:
            expected.write_bytes(made)
        elif update:
            expected.unlink(missing_ok=True)
        assert (made if made != than else None) == (expected.read_bytes() if expected.exists() else None)


@pytest.mark.parametrize("name", all_rules())
def test_what_a_rule_says_of_its_fixes_is_shown(name: str) -> None:
    shown = {"safe": "fix", "unsafe": "unsafe"}
    stems = tuple(stem for stem in shown.values() if list((FOLDER / name).glob(f"{stem}*.json*")))
    assert stems == tuple(shown[safety] for safety in all_rules()[name].fixes)


def errors(data: bytes, options: Options) -> Counter[str]:
    with source_of_bytes(data) as source:
        return Counter(each.rule.name for each in lint(source, options) if each.severity == "error")


def unfixable(data: bytes, options: Options) -> Counter[tuple[str, str]]:
    with source_of_bytes(data) as source:
        return Counter(said(each) for each in lint(source, options) if each.problem.fix is None)


def said(finding: Finding) -> tuple[str, str]:
    return finding.rule.name, finding.problem.message


@pytest.mark.parametrize("unsafe", [False, True], ids=["safe", "unsafe"])
@pytest.mark.parametrize("path", BAD, ids=name_of)
def test_fixing_twice_changes_nothing(path: Path, unsafe: bool) -> None:
    data, options = case(path)
    once, _ = fix(data, options, unsafe=unsafe)
    twice, done = fix(once, options, unsafe=unsafe)
    assert twice == once
    assert not done.rules


@pytest.mark.parametrize("unsafe", [False, True], ids=["safe", "unsafe"])
@pytest.mark.parametrize("path", BAD, ids=name_of)
def test_no_fix_brings_an_error(path: Path, unsafe: bool) -> None:
    data, options = case(path)
    after, _ = fix(data, options, unsafe=unsafe)
    assert errors(after, options) <= errors(data, options)


@pytest.mark.parametrize("path", BAD, ids=name_of)
def test_what_cannot_be_fixed_is_found_as_before(path: Path) -> None:
    data, options = case(path)
    after, _ = fix(data, options)
    assert unfixable(data, options) <= unfixable(after, options)
