"""A group of findings as people read it."""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.finding import LocatedFinding, pointer_text
from batchlint.reports.closing import how_many
from batchlint.reports.groups import FindingGroup, place
from batchlint.reports.plain import plain
from batchlint.resources import rule_url
from batchlint.terminal.paint import Paint


def group_lines(group: FindingGroup, paint: Paint, requests: int | None = None) -> Iterator[str]:
    """A group as people read it: what is wrong, where, the piece of the line, the API's answer, what to change.

    `requests` is the number of requests in its file, where it is known.
    """
    finding = group.first
    title = f"{finding.severity}[{finding.rule.name}]"
    yield from paint.titled(title, plain(finding.message), finding.severity, rule_url(finding.rule.name))
    yield from paint.placed(place(finding), whereabouts(finding, requests))
    if finding.frame is not None:
        yield from paint.framed(finding.frame, finding.severity)
    if group.findings > 1:
        yield from paint.noted(extent(group))
    for related in finding.related:
        yield from paint.noted(plain(f"{related.message}: {related.path}:{related.line}:{related.column}"))
    if finding.api_error is not None:
        yield from paint.noted(f"the API answers: {plain(finding.api_error)}")
    if finding.help:
        yield from paint.noted(f"help: {plain(finding.help)}{_command(finding)}")


def _command(finding: LocatedFinding) -> str:
    """The command that does what the help says, where there is one."""
    if finding.fix is None:
        return ""
    return " (batchlint fix does it)" if finding.fix.safety == "safe" else " (batchlint fix --unsafe does it)"


def request_number(index: int, requests: int | None = None) -> str:
    """Which request it is, as people count: from one. `index` counts from zero, as the API's messages do."""
    return f"request {index + 1:,}" + (f" of {requests:,}" if requests and index < requests else "")


def whereabouts(finding: LocatedFinding, requests: int | None = None) -> str:
    """Which request it is in, and where there."""
    parts = []
    if finding.index is not None:
        parts.append(request_number(finding.index, requests))
    if finding.custom_id is not None:
        parts.append(f'custom_id "{plain(finding.custom_id[:80])}"')
    if finding.pointer:
        parts.append(plain(pointer_text(finding.pointer)))
    return f"({', '.join(parts)})" if parts else ""


def extent(group: FindingGroup) -> str:
    """How often the same was found, and where else."""
    count = f"x {how_many(group.requests, 'request')}" if group.requests > 1 else "in this request"
    if group.findings != group.requests:
        count += f" ({group.findings:,} places)"
    unnamed = group.findings - 1 - len(group.others)
    others = ", ".join(group.others) + (f" and {unnamed:,} more" if unnamed else "")
    return f"{count}, first at {place(group.first)}; also at {others}"
