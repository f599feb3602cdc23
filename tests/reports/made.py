"""Findings made for the tests of the reports, and what a report writes of them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import NamedTuple

from batchlint.batch import Batch
from batchlint.finding import Finding, Frame, LocatedFinding, Range, RelatedPlace
from batchlint.options import Options
from batchlint.reports import Look, make_report
from batchlint.reports.tally import Tally
from batchlint.rule import Impact, Pointer, Problem, Severity
from batchlint.rules import all_rules


class Made(NamedTuple):
    """A finding in a few words; every text in it may come from a file."""

    rule: str = "unknown-member"
    severity: Severity = "error"
    impact: Impact = "request"
    message: str = "unknown field `max_token`"
    help: str = "rename it"
    api_error: str | None = "max_token: Extra inputs are not permitted"
    path: str = "requests.jsonl"
    index: int | None = 1  # type: ignore[assignment]  # the name hides tuple.index
    custom_id: str | None = "review-002"
    pointer: Pointer | None = ("params", "max_token")
    line: int = 2
    frame: str = '{"custom_id": "review-002", "params": {"max_token": 1}}'

    @property
    def finding(self) -> Finding:
        return Finding(
            rule=all_rules()[self.rule],
            severity=self.severity,
            impact=self.impact,
            problem=Problem(self.pointer, self.message, self.help, self.api_error),
            path=self.path,
            index=self.index,
            custom_id=self.custom_id,
        )

    @property
    def located(self) -> LocatedFinding:
        return LocatedFinding(
            rule=all_rules()[self.rule],
            severity=self.severity,
            impact=self.impact,
            message=self.message,
            help=self.help,
            api_error=self.api_error,
            path=self.path,
            range=Range(self.line, 3, self.line, 9, 100, 106) if self.pointer is not None else None,
            index=self.index,
            custom_id=self.custom_id,
            pointer=self.pointer,
            related=(RelatedPlace(self.path, 1, 2, "first used here"),),
            frame=Frame(self.frame, 0, 1),
        )


class Written(NamedTuple):
    """What a report wrote, and what it said it had no place for."""

    text: str
    note: str | None


def written(format_name: str, found: Sequence[Made], *, root: str = ".", requests: int = 10) -> Written:
    """What a report writes of these findings; the findings of a file are together."""
    stream, tally = io.StringIO(newline=""), Tally()
    report = make_report(format_name, stream, Look(root=root), None)
    paths = list(dict.fromkeys(each.path for each in found)) or ["requests.jsonl"]
    for path in paths:
        for each in found:
            if each.path == path:
                tally.add(each.finding)
                if report.wants(each.finding):
                    report.finding(each.located)
                else:
                    report.more(each.finding)
        tally.requests += requests
        report.file(Batch(path, "jsonl", requests, 1000, 990, False, Options()))
    note = report.close(tally)
    return Written(stream.getvalue(), note)
