"""Findings of one shape and variant in one file as a group: a mistake of a generator is in every request."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from batchlint.finding import Finding, LocatedFinding, Shape, shape_of
from batchlint.reports.plain import plain
from batchlint.rule import Problem

PLACES = 3
"""Places named for a group next to its first."""


VARIANTS = 5
"""Groups of one shape, each for one variant; all other variants are one group."""

Key = tuple[str, Shape, str | None]


class FindingGroup:
    """Findings of one shape and variant in one file."""

    def __init__(self, first: LocatedFinding) -> None:
        self.first = first
        self.findings = 0
        self.requests = 0
        self.others: list[str] = []
        """Places of those after the first, a few of them."""
        self._last_index: int | None = None

    def count(self, index: int | None, more: int, requests: int = 1) -> None:
        """Counts one more finding of the group, and so many others that it stands for, in so many requests."""
        self.findings += 1 + more
        if index is None or index != self._last_index:
            self.requests += requests
        self._last_index = index


class Groups:
    """Groups of findings in the order in which they came, up to a limit (0: none)."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._groups: dict[Key, FindingGroup] = {}
        self._variants: Counter[tuple[str, Shape]] = Counter()
        self._latest: tuple[object, Key] = (None, ("", ("", "error", ""), None))
        """The finding that was looked at last, with its group: one that is not wanted is looked at twice."""
        self.unshown = 0
        """Findings that belong to none of the groups."""

    def __iter__(self) -> Iterator[FindingGroup]:
        return iter(self._groups.values())

    def __len__(self) -> int:
        return len(self._groups)

    def wants(self, finding: Finding) -> bool:
        """Whether a finding begins a group, or is one of the few places that a group names."""
        group = self._groups.get(self._key(finding, finding.problem))
        if group is None:
            return not self._limit or len(self._groups) < self._limit
        return len(group.others) < PLACES

    def add(self, finding: LocatedFinding) -> None:
        """Takes a finding; one that is not wanted is only counted."""
        key = self._key(finding, finding)
        group = self._groups.get(key)
        if group is None:
            if self._limit and len(self._groups) >= self._limit:
                self.unshown += 1 + finding.more
                return
            group = self._groups[key] = FindingGroup(finding)
            self._variants[key[:2]] += 1
        elif len(group.others) < PLACES:
            group.others.append(place(finding))
        group.count(finding.index, finding.more)

    def count(self, finding: Finding) -> None:
        """Counts a finding that is not wanted."""
        group = self._groups.get(self._key(finding, finding.problem))
        if group is None:
            self.unshown += finding.number
        else:
            group.count(finding.index, finding.number - 1, finding.lines)

    def _key(self, finding: Finding | LocatedFinding, problem: Problem | LocatedFinding) -> Key:
        if finding is not self._latest[0]:
            self._latest = (finding, self._key_of(finding, problem))
        return self._latest[1]

    def _key_of(self, finding: Finding | LocatedFinding, problem: Problem | LocatedFinding) -> Key:
        shape = shape_of(finding.rule, finding.severity, problem.pointer)
        key = (finding.path, shape, problem.variant)
        if key not in self._groups and self._variants[finding.path, shape] >= VARIANTS:
            return (finding.path, shape, None)
        return key


def gravest_first(groups: Iterable[FindingGroup]) -> list[FindingGroup]:
    """The groups in the order of a summary: what refuses the whole batch, then errors, then the largest."""

    def weight(group: FindingGroup) -> tuple[bool, bool, int]:
        first = group.first
        return (first.severity != "error" or first.impact != "batch", first.severity != "error", -group.requests)

    return sorted(groups, key=weight)


def place(finding: LocatedFinding) -> str:
    """`path:line:column`, or the path alone for a finding about the whole file."""
    where = f":{finding.range.line}:{finding.range.column}" if finding.range else ""
    return plain(finding.path) + where
