"""The step itself: annotations on standard output, a summary on the run's page, counts for the steps after it."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from batchlint.action.changed import among, changed_files
from batchlint.action.inputs import Inputs, inputs
from batchlint.action.own_settings import changed_settings, note
from batchlint.cli import CLEAN, FINDINGS, USAGE, UsageError, tell
from batchlint.cli.check import lint_and_report_files
from batchlint.cli.check_parser import parser
from batchlint.cli.input_files import InputFiles, inputs_of
from batchlint.reports.closing import closing_lines
from batchlint.reports.github import command
from batchlint.reports.markdown import cell
from batchlint.reports.tally import Tally

TITLE = {"title": "batchlint"}


def run(environment: Mapping[str, str]) -> int:
    """Lints, and returns the exit code of the step; a wrong input is an annotation too."""
    outputs = environment.get("GITHUB_OUTPUT")
    try:
        given = inputs(environment)
        summary = environment.get("GITHUB_STEP_SUMMARY")
        status, tally = _linted(given, _files(given), summary)
        _note_own_settings(given, summary)
    except UsageError as error:
        _say(command("error", TITLE, str(error)))
        tell(f"error: {error}")
        return USAGE
    if outputs:
        _append(outputs, f"errors={tally.errors}\nwarnings={tally.warnings}\nsarif-file={given.sarif_file or ''}\n")
    if tally.rules:
        for line in closing_lines(tally):
            tell(line)
    return status if status != FINDINGS else _failing(tally, given.fail_on)


def _note_own_settings(given: Inputs, summary: str | None) -> None:
    """Says where a change is held to settings that it changes itself."""
    if paths := changed_settings(given.base, given.head, given.options):
        _say(command("notice", TITLE, note(paths)))
        if summary:
            _append(summary, f"Note: {cell(note(paths))}\n\n")


def _files(given: Inputs) -> list[str]:
    """The files to lint; that there are none is said. Raises `UsageError` where `fail_on_none` forbids that."""
    files = inputs_of(given.paths, may_be_none=not given.fail_on_none).files
    if not files:
        _say(command("notice", TITLE, f"no batch file in {', '.join(given.paths)}: there is nothing to lint"))
        return []
    if not given.changed_only:
        return files
    changed = changed_files(given.base, given.head)
    if changed is None:
        text = "git cannot say what has changed, so all files are linted (fetch-depth: 2 in actions/checkout helps)"
        _say(command("warning", TITLE, text))
        return files
    files = among(files, changed)
    if not files:
        tell("no batch file has changed")
    return files


def _linted(given: Inputs, files: list[str], summary: str | None) -> tuple[int, Tally]:
    """Lints the files and writes the reports, of no file too: an upload of SARIF takes back what it showed before."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "summary.md")
        words = ["--format", "github", "--output", f"markdown={page}", "--no-progress", *given.options]
        if given.sarif_file:
            words += ["--output", f"sarif={given.sarif_file}"]
        chosen = parser().parse_args(words)
        if chosen.paths:
            raise UsageError(f"options: {chosen.paths[0]!r} is not an option; files are named under paths")
        done = lint_and_report_files(chosen, InputFiles(files, 0))
        if summary and files and page.exists():
            _append(summary, page.read_text(encoding="utf-8") + "\n")
    # Warnings are counted here, so that fail-on decides, whatever --exit-zero or --strict say.
    found = done.tally.errors + done.tally.warnings
    return (FINDINGS if found and done.status in (CLEAN, FINDINGS) else done.status), done.tally


def _failing(tally: Tally, fail_on: str) -> int:
    if fail_on == "never":
        return CLEAN
    return FINDINGS if tally.failing or (fail_on == "warning" and tally.warnings) else CLEAN


def _append(path: str, text: str) -> None:
    with open(path, "a", encoding="utf-8", newline="\n") as file:
        file.write(text)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
