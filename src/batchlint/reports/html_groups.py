"""A group of findings as an article of a page."""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.html.frames import frame
from batchlint.html.page import paragraph
from batchlint.html.text import escaped
from batchlint.reports.closing import how_many
from batchlint.reports.group_text import extent, whereabouts
from batchlint.reports.groups import FindingGroup, place


def article(group: FindingGroup) -> Iterator[str]:
    """What is wrong, where, the piece of the line, the API's answer, and what to change."""
    finding = group.first
    count = how_many(group.findings, "finding")
    yield "<article>"
    yield (
        f'<h3><span class="severity {finding.severity}">{finding.severity}[{escaped(finding.rule.name)}]</span> '
        f"{escaped(finding.message)} <small>({count})</small></h3>"
    )
    where = f"{place(finding)}  {whereabouts(finding)}"
    yield f'<p class="place">{escaped(where)}</p>'
    if finding.frame is not None:
        yield frame(finding.frame)
    if group.findings > 1:
        yield paragraph(extent(group))
    for related in finding.related:
        yield paragraph(f"{related.message}: {related.path}:{related.line}:{related.column}")
    if finding.api_error is not None:
        yield f"<p><strong>the API answers:</strong> {escaped(finding.api_error)}</p>"
    if finding.help:
        yield f"<p><strong>what to do:</strong> {escaped(finding.help)}</p>"
    yield "</article>"
