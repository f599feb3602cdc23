"""What an exception says of requests that would be refused: how many, and one finding of each kind."""

from __future__ import annotations

from batchlint.finding import LocatedFinding, Shape, pointer_text, shape_of
from batchlint.reports.closing import how_many
from batchlint.reports.place import shortened
from batchlint.reports.plain import plain


def refusal_text(found: list[LocatedFinding], requests: int, show: int) -> str:
    """What a person needs to know of these findings: how many, and one of each shape."""
    firsts: dict[Shape, LocatedFinding] = {}
    for finding in found:
        firsts.setdefault(shape_of(finding.rule, finding.severity, finding.pointer), finding)
    shown = list(firsts.values())[:show]
    errors = sum(1 + finding.more for finding in found if finding.severity == "error")
    warnings = sum(1 + finding.more for finding in found) - errors
    counts = " and ".join(
        how_many(count, severity) for count, severity in ((errors, "error"), (warnings, "warning")) if count
    )
    failing = len({finding.index for finding in found if finding.index is not None})
    lines = [f"{counts} in {failing:,} of {how_many(requests, 'request')}"]
    for finding in shown:
        lines.append(f"- {_place(finding, requests)}{finding.message} [{finding.rule.name}]")
        if finding.api_error is not None:
            lines.append(f"  the API would answer: {finding.api_error}")
    if len(found) > len(shown):
        lines.append(f"... and {len(found) - len(shown):,} more")
    return "\n".join(plain(shortened(line)) for line in lines)


def _place(finding: LocatedFinding, requests: int) -> str:
    if finding.index is None:
        return ""
    name = f' (custom_id "{finding.custom_id[:80]}")' if finding.custom_id is not None else ""
    pointer = f", {shortened(pointer_text(finding.pointer), 200)}" if finding.pointer else ""
    return f"request {finding.index + 1:,} of {requests:,}{name}{pointer}: "
