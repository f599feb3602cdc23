"""Removes violations that repeat another one: one mistake is one finding."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator

from batchlint.rule import Pointer
from batchlint.schema import Violation

MOST_COMPARED = 20
"""Unknown members of one object that are compared with those that it should have."""


def distinct_violations(violations: Iterable[Violation]) -> list[Violation]:
    """The violations that tell something that no other one tells, in the same order."""
    kept = list(violations)
    if len(kept) == 1:
        return [] if is_non_finite(kept[0]) else kept
    kept = without_other_kinds(kept)
    claimed = misspelt_names(kept)
    return [
        each
        for each in kept
        if not is_non_finite(each) and (each.keyword != "required" or (each.pointer, each.expected) not in claimed)
    ]


def is_non_finite(violation: Violation) -> bool:
    """Whether a value was told to be none of JSON when it was read: NaN is not said to be of the wrong type as well."""
    value = violation.item
    for key in violation.pointer:
        value = value[key]
    return isinstance(value, float) and not math.isfinite(value)


def without_other_kinds(violations: list[Violation]) -> list[Violation]:
    """All but what is said of the members of an object whose `type` makes it something else than may be there."""
    others = {v.pointer[:-1] for v in violations if v.keyword == "const" and v.pointer[-1:] == ("type",)}
    if not others:
        return violations
    return [v for v in violations if v.pointer[-1:] == ("type",) or others.isdisjoint(_places_around(v.pointer))]


def _places_around(pointer: Pointer) -> Iterator[Pointer]:
    return (pointer[:depth] for depth in range(len(pointer) + 1))


def misspelt_names(violations: Iterable[Violation]) -> frozenset[tuple[Pointer, str]]:
    """Missing members that an unknown neighbour was meant to be: `max_token` for `max_tokens` is one mistake."""
    from batchlint.facts import members
    from batchlint.spelling import meant

    violations = list(violations)
    missing = {(v.pointer, v.expected) for v in violations if v.keyword == "required"}
    if not missing:
        return frozenset()
    claimed: set[tuple[Pointer, str]] = set()
    unknown_in: Counter[Pointer] = Counter()
    for unknown in violations:
        if unknown.keyword == "additionalProperties" and unknown_in[unknown.pointer] < MOST_COMPARED:
            unknown_in[unknown.pointer] += 1
            known = members().find(unknown.expected, unknown.pointer)
            names = (meant(unknown.expected, unknown.members), *(known.replaces if known else ()))
            claimed.update((unknown.pointer, name) for name in names if name is not None)
    return frozenset(claimed & missing)
