"""The step itself: annotations on standard output, a summary on the run's page, counts for the steps after it."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from batchlint.action.changed import among, changed_files
from batchlint.action.inputs import Inputs, inputs
from batchlint.cli import CLEAN, FINDINGS, USAGE, UsageError, tell
from batchlint.cli.check import lint_and_report
from batchlint.cli.check_parser import parser
from batchlint.cli.input_files import input_files
from batchlint.reports.closing import closing_lines
from batchlint.reports.github import command
from batchlint.reports.tally import Tally


def run(environment: Mapping[str, str]) -> int:
    """Lints, and returns the exit code of the step; a wrong input is an annotation too."""
    outputs = environment.get("GITHUB_OUTPUT")
    try:
        given = inputs(environment)
        files = _files(given)
        status, tally = _linted(given, files, environment.get("GITHUB_STEP_SUMMARY")) if files else (CLEAN, Tally())
    except UsageError as error:
        _say(command("error", {"title": "batchlint"}, str(error)))
        tell(f"error: {error}")
        return USAGE
    written = given.sarif_file if files and given.sarif_file else ""
    if outputs:
        _append(outputs, f"errors={tally.errors}\nwarnings={tally.warnings}\nsarif-file={written}\n")
    if tally.rules:
        for line in closing_lines(tally):
            tell(line)
    return status if status != FINDINGS else _failing(tally, given.fail_on)


def _files(given: Inputs) -> Sequence[str]:
    """The files to lint. Raises `UsageError` where there are none, unless only changed ones are wanted."""
    if not given.changed_only:
        return input_files(given.paths)
    try:
        files = input_files(given.paths)
    except UsageError:
        files = []
    changed = changed_files(given.base) if files else frozenset()
    if changed is None:
        text = "git does not tell what has changed, so all files are linted (fetch-depth: 0 in actions/checkout helps)"
        _say(command("warning", {"title": "batchlint"}, text))
        return files
    files = among(files, changed)
    if not files:
        tell("no batch file has changed")
    return files


def _linted(given: Inputs, files: Sequence[str], summary: str | None) -> tuple[int, Tally]:
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "summary.md")
        words = ["--format", "github", "--output", f"markdown={page}", "--no-progress", *given.options]
        if given.sarif_file:
            words += ["--output", f"sarif={given.sarif_file}"]
        chosen = parser().parse_args(words)
        if chosen.paths:
            raise UsageError(f"options: {chosen.paths[0]!r} is no option; files are named under paths")
        chosen.paths = list(files)
        done = lint_and_report(chosen)
        if summary and page.exists():
            _append(summary, page.read_text(encoding="utf-8") + "\n")
    # Warnings are counted here, so that fail-on decides, whatever --exit-zero or --strict say.
    found = done.tally.errors + done.tally.warnings
    return (FINDINGS if found and done.status in (CLEAN, FINDINGS) else done.status), done.tally


def _failing(tally: Tally, fail_on: str) -> int:
    if fail_on == "never":
        return CLEAN
    return FINDINGS if tally.failing or (fail_on == "warning" and tally.warnings) else CLEAN


def _append(path: str, text: str) -> None:
    with open(path, "a", encoding="utf-8", newline="\n") as file:  # noqa: PTH123
        file.write(text)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
