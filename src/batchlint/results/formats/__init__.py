"""The formats of the results report, one module each with a `write(report, stream, look)`."""

from __future__ import annotations

import importlib
from typing import TextIO

from batchlint.reports import Look
from batchlint.results.report import ResultsReport

FORMATS = ("full", "json", "csv", "markdown", "html")


def write_report(name: str, report: ResultsReport, stream: TextIO, look: Look) -> None:
    """Writes the report in that format, one of `FORMATS`."""
    importlib.import_module(f"{__name__}.{name}").write(report, stream, look)
