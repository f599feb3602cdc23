"""Findings of one shape and variant in one file as a group: a mistake of a generator stands in every request."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from batchlint.finding import Finding, LocatedFinding, Shape, pointer_text, shape_of
from batchlint.plain import plain
from batchlint.reports.paint import Paint
from batchlint.rule import Problem

PLACES = 3
"""Places named for a group beside its first."""


VARIANTS = 5
"""Groups of one shape, each for one variant; all other variants are one group."""

Key = tuple[str, Shape, str | None]


class Group:
    """Findings of one shape and variant in one file."""

    def __init__(self, first: LocatedFinding) -> None:
        self.first = first
        self.findings = 0
        self.requests = 0
        self.others: list[str] = []
        """Places of those after the first, a few of them."""
        self._last_index: int | None = None

    def count(self, index: int | None, more: int) -> None:
        """Counts one more finding of the group, and so many others that it stands for."""
        self.findings += 1 + more
        if index is None or index != self._last_index:
            self.requests += 1
        self._last_index = index


class Groups:
    """Groups of findings in the order in which they came, up to a limit (0: none)."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._groups: dict[Key, Group] = {}
        self._variants: Counter[tuple[str, Shape]] = Counter()
        self.unshown = 0
        """Findings that belong to none of the groups."""

    def __iter__(self) -> Iterator[Group]:
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
            group = self._groups[key] = Group(finding)
            self._variants[key[:2]] += 1
        elif len(group.others) < PLACES:
            group.others.append(place(finding))
        group.count(finding.index, finding.more)

    def count(self, finding: Finding) -> None:
        """Counts a finding that is not wanted."""
        group = self._groups.get(self._key(finding, finding.problem))
        if group is None:
            self.unshown += 1 + finding.problem.more
        else:
            group.count(finding.index, finding.problem.more)

    def _key(self, finding: Finding | LocatedFinding, problem: Problem | LocatedFinding) -> Key:
        shape = shape_of(finding.rule, finding.severity, problem.pointer)
        key = (finding.path, shape, problem.variant)
        if key not in self._groups and self._variants[finding.path, shape] >= VARIANTS:
            return (finding.path, shape, None)
        return key


def group_lines(group: Group, paint: Paint) -> Iterator[str]:
    """A group as people read it: what is wrong, where, the piece of the line, the API's answer, what to change."""
    finding = group.first
    title = paint.painted(f"{finding.severity}[{finding.rule.name}]", finding.severity)
    yield f"{title}: {paint.painted(plain(finding.message), 'bold')}"
    yield f" {paint.painted('-->', 'note')} {place(finding)}{whereabouts(finding)}"
    if finding.frame is not None:
        yield from paint.framed(finding.frame, finding.severity)
    if group.findings > 1:
        yield paint.noted(extent(group))
    for related in finding.related:
        yield paint.noted(plain(f"{related.message}: {related.path}:{related.line}:{related.column}"))
    if finding.api_error is not None:
        yield paint.noted(f"the API answers: {plain(finding.api_error)}")
    if finding.help:
        yield paint.noted(f"help: {plain(finding.help)}{_command(finding)}")


def _command(finding: LocatedFinding) -> str:
    """The command that does what the help says, where there is one."""
    if finding.fix is None:
        return ""
    return " (batchlint fix does it)" if finding.fix.safety == "safe" else " (batchlint fix --unsafe does it)"


def place(finding: LocatedFinding) -> str:
    """`path:line:column`, or the path alone for a finding about the whole file."""
    where = f":{finding.range.line}:{finding.range.column}" if finding.range else ""
    return plain(finding.path) + where


def whereabouts(finding: LocatedFinding) -> str:
    """Which request it is in, and where there."""
    parts = []
    if finding.index is not None:
        parts.append(f"request {finding.index}")
    if finding.custom_id is not None:
        parts.append(f'custom_id "{plain(finding.custom_id[:80])}"')
    if finding.pointer:
        parts.append(plain(pointer_text(finding.pointer)))
    return f"  ({', '.join(parts)})" if parts else ""


def extent(group: Group) -> str:
    """How often the same was found, and where else."""
    count = f"x {group.requests:,} requests" if group.requests > 1 else "in this request"
    if group.findings != group.requests:
        count += f" ({group.findings:,} places)"
    unnamed = group.findings - 1 - len(group.others)
    others = ", ".join(group.others) + (f" and {unnamed:,} more" if unnamed else "")
    return f"{count}, first at {place(group.first)}; also at {others}"
