"""Puts what was found in one request in order, and names so much of each kind as people and machines have use for.

A request of 80 KB may hold 8,000 unknown members: fifty of them are named, the others are counted at the last of these.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from batchlint.engine.document_order import DocumentOrder
from batchlint.rule import Found, Pointer, Problem, Rule

if TYPE_CHECKING:
    from batchlint.schema import Violation

MOST: Final = 50
"""Findings of one rule in one request that are named. Those that say how to mend themselves are all named."""


def arranged(found: Sequence[Found], item: Any) -> Sequence[Found]:
    """The problems found in an item, in the order in which it is there, with `MOST` of a kind named."""
    if len(found) < 2:
        return found
    order = DocumentOrder(item)
    in_order = sorted(found, key=lambda each: order(each[1].pointer))
    return in_order if len(in_order) <= MOST else _named(in_order)


def found_by_schema(
    violations: Iterable[Violation], rules_on: Callable[[str], Iterable[Rule]], item: Any
) -> list[Found]:
    """What rules say of violations of the schema; past `MOST` of a kind they are counted only."""
    violations = list(violations)
    if len(violations) > 1:
        order = DocumentOrder(item)
        violations.sort(key=lambda each: order(_place(each)))
    found: list[Found] = []
    unnamed: dict[str, int] = {}
    named: dict[str, int] = {}
    for violation in violations:
        for rule in rules_on(f"schema:{violation.keyword}"):
            if named.get(rule.name, 0) >= MOST:
                unnamed[rule.name] = unnamed.get(rule.name, 0) + 1
                continue
            problems = [(rule, problem) for problem in rule.check(violation)]
            named[rule.name] = named.get(rule.name, 0) + len(problems)
            found += problems
    return _with_counts(found, unnamed, lambda each: each[0].name) if unnamed else found


def _place(violation: Violation) -> Pointer:
    """Where it is reported: an unknown member at its name."""
    names = (violation.expected,) if violation.keyword == "additionalProperties" else ()
    return (*violation.pointer, *names)


def _named(found: Sequence[Found]) -> Sequence[Found]:
    named: Counter[tuple[str, str]] = Counter()
    unnamed: Counter[tuple[str, str]] = Counter()
    kept = []
    for each in found:
        kind = _kind(each)
        if named[kind] < MOST or each[1].fix is not None:
            named[kind] += 1
            kept.append(each)
        else:
            unnamed[kind] += 1 + each[1].more
    return _with_counts(kept, unnamed, _kind)


def _kind(found: Found) -> tuple[str, str]:
    rule, problem = found
    return rule.name, problem.severity or rule.severity


def _with_counts(found: list[Found], unnamed: Mapping[Any, int], kind_of: Callable[[Found], Any]) -> list[Found]:
    """With the number of those that are not named said by the last of their kind."""
    left = {kind: count for kind, count in unnamed.items() if count}
    for at in range(len(found) - 1, -1, -1):
        if not left:
            break
        rule, problem = found[at]
        count = left.pop(kind_of(found[at]), 0)
        if count:
            found[at] = (rule, with_more(problem, count))
    return found


def with_more(problem: Problem, count: int) -> Problem:
    """A problem that stands for so many others of its kind in the request."""
    words = f" (and {count:,} more of this kind in this request)"
    return problem._replace(message=problem.message + words, more=problem.more + count)
