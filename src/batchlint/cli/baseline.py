"""`batchlint baseline write|check PATH...`: accept today's findings; from then on only new ones fail."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence

from batchlint.cli import CLEAN, UNREADABLE, Finished, UsageError, tell
from batchlint.cli.check import configurations, lint_and_report, rulebooks_of
from batchlint.cli.check_parser import parser
from batchlint.cli.input_files import input_files
from batchlint.cli.reaching import reaching_as
from batchlint.config import ConfigError
from batchlint.config.baseline import DEFAULT_NAME, Accepted, Collector, read_baseline, write_baseline
from batchlint.config.settings import settings
from batchlint.reports import OutputError
from batchlint.reports.closing import how_many
from batchlint.reports.report_files import read_too, report_file
from batchlint.rules import all_rules
from batchlint.run import Run

DESCRIPTION = f"""\
write: accepts what is found today, by file, rule, custom_id and pointer, so that lines may move.
check: lints against what was accepted; new findings fail, and stale entries are listed.

The file is --baseline FILE, {DEFAULT_NAME} where none is named. Takes the options of `batchlint check`."""
USAGE_LINE = "batchlint baseline write|check [OPTIONS] PATH..."
NAMED = 20
"""Stale entries that are named one by one."""


def main(arguments: Sequence[str]) -> int:
    """Writes a baseline or lints against one."""
    words = parser(prog="batchlint baseline", usage=USAGE_LINE, description=DESCRIPTION, epilog=None)
    if not arguments or arguments[0] not in ("write", "check"):
        if "--help" in arguments or "-h" in arguments:
            words.print_help()
            raise Finished(CLEAN)
        raise UsageError(f"write or check? {USAGE_LINE}")
    args = words.parse_args(arguments[1:])
    args.baseline = args.baseline or _configured(args) or DEFAULT_NAME
    if arguments[0] == "check":
        return lint_and_report(args, stale_named=NAMED).status
    with reaching_as(args, args.paths):
        return _write(args)


def _configured(args: argparse.Namespace) -> str | None:
    """The baseline that the configuration of the working folder names."""
    try:
        return settings(configurations(args)("./"), {}, all_rules()).baseline
    except ConfigError as error:
        raise UsageError(error) from None


def _write(args: argparse.Namespace) -> int:
    files, path = input_files(args.paths), args.baseline
    if read_too(path, files):
        raise UsageError(f"{path} is read by this run; it cannot be written as well")
    kept = _kept(path, files)
    rulebooks = rulebooks_of(args, files, with_baseline=False)
    collector = Collector(os.path.dirname(path))
    run = Run(rulebooks.of, [collector], args.stdin_filename)
    run.check(files)
    if run.unreadable:
        for file, reason in run.unreadable:
            tell(f"{file}: cannot be read: {reason.strerror or reason}; nothing was written")
        return UNREADABLE
    try:
        with report_file(path) as stream:
            write_baseline(stream, {**kept, **collector.accepted})
    except OutputError as error:
        tell(f"error: {error}")
        return UNREADABLE
    if not args.quiet:
        others = f"; kept: {sum(kept.values()):,} of other files" if kept else ""
        tell(f"{path}: accepted: {how_many(collector.accepted.total(), 'finding')}{others}")
    return CLEAN


def _kept(path: str, files: Sequence[str]) -> dict[Accepted, int]:
    """What the baseline holds of other files."""
    if not os.path.exists(path):
        return {}
    try:
        return read_baseline(path).outside(files)
    except ConfigError as error:
        raise UsageError(error) from None
