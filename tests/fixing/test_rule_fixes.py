"""What fixes do to the fixtures of all rules: no error comes, what cannot be fixed stays, and once is enough."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from batchlint.finding import Finding
from batchlint.options import Options
from batchlint.sources import source_of_bytes
from tests.fixing.made import fix, lint
from tests.test_rule_fixtures import case, inputs, name_of

BAD = inputs("bad")


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
