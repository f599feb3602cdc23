"""The whole text of a finding, for services that show one text each."""

from __future__ import annotations

from batchlint.finding import LocatedFinding


def whole_message(finding: LocatedFinding) -> str:
    """The message, the API's answer and the help, a line each."""
    lines = [finding.message]
    if finding.api_error is not None:
        lines.append(f"The API answers: {finding.api_error}")
    if finding.help:
        lines.append(f"Help: {finding.help}")
    return "\n".join(lines)
