"""`batchlint fix`: mends what has one right answer, byte for byte."""

from __future__ import annotations

import argparse
import functools
import os
import sys
from collections.abc import Sequence
from typing import IO

from batchlint.cli import CLEAN, FINDINGS, UsageError, tell
from batchlint.cli.args import defaults
from batchlint.cli.exit_codes import exit_code_of
from batchlint.cli.fix_summary import FixSummary
from batchlint.cli.parser import Parser
from batchlint.fixing.linting import RulebookLinter
from batchlint.fixing.passes import Fixed, fixed
from batchlint.rulebook import Rulebook
from batchlint.sources import Source, open_source
from batchlint.sources.progress import Progress

DESCRIPTION = """\
Mends what has one right answer, and leaves every other byte as it is. Without -o
or --in-place nothing is written: a diff shows what would change (exit 1 if there
is something to fix, else 0). What is written is linted again (exit 1 if errors
are left). custom_ids stay as they are: batchlint ids changes them, since results
need the map back."""
USAGE = """\
batchlint fix FILE... [--unsafe]
       batchlint fix FILE -o OUT [--unsafe]
       batchlint fix FILE... --in-place [--unsafe]"""
CHUNK = 1 << 20


def main(arguments: Sequence[str]) -> int:
    """Fixes the files and returns the exit code."""
    from batchlint.cli.check import passed_over_line, rulebooks_of
    from batchlint.cli.input_files import inputs_of

    options = parser().parse_args(arguments)
    inputs = inputs_of(options.paths, only_batches=options.only_batches)
    files = inputs.files
    _check(options, files)
    rulebooks = rulebooks_of(options, files)
    account = FixSummary(options, written=options.in_place or options.output is not None)
    statuses = {
        exit_code_of(functools.partial(_fix_file, path, rulebooks.of(path), options, account), path) for path in files
    }
    if options.verbose:
        tell(passed_over_line(inputs.passed_over))
    account.close()
    return max([*statuses, FINDINGS if account.fails else CLEAN])


def parser() -> Parser:
    """The options of fix."""
    from batchlint.cli.check_parser import add_circumstances, add_rules

    result = Parser(prog="batchlint fix", usage=USAGE, description=DESCRIPTION)
    result.set_defaults(**defaults() | {"output": None})
    result.add_argument("paths", nargs="*", metavar="FILE", help="batch files or folders; - is standard input")
    where = result.add_mutually_exclusive_group()
    where.add_argument("-o", "--output", metavar="OUT", help="write a new file; - is standard output")
    where.add_argument("--in-place", action="store_true", help="replace each file by the fixed one")
    where.add_argument("--diff", action="store_true", help="show what would change (the default)")
    result.add_argument("--unsafe", action="store_true", help="also what comes to mean or cost something else")
    result.add_argument("--only-batches", action="store_true", help="pass over named files that hold no batch")
    result.add_argument("--verbose", action="store_true", help="print how many files are passed over")
    result.add_argument("--stdin-filename", metavar="NAME", help="what standard input is called")
    result.add_argument("--color", choices=["auto", "always", "never"], metavar="WHEN", help="auto, always or never")
    result.add_argument("--no-progress", action="store_true", help="no progress on standard error")
    result.add_argument("--quiet", action="store_true", help="do not list what was fixed and what is left")
    add_rules(result)
    add_circumstances(result)
    return result


def _check(options: argparse.Namespace, files: Sequence[str]) -> None:
    """Raises `UsageError` for a call that does not fit the files."""
    if options.in_place and "-" in files:
        raise UsageError("standard input cannot be replaced; -o - writes the fixed batch to standard output")
    if options.output is None:
        return
    if len(files) > 1:
        raise UsageError(f"-o takes one file, and there are {len(files):,}; --in-place takes many")
    from batchlint.reports.report_files import read_too

    if options.output != "-" and read_too(options.output, files):
        raise UsageError(f"{options.output} is the file that is read; --in-place replaces it")


def _fix_file(path: str, rulebook: Rulebook, options: argparse.Namespace, account: FixSummary) -> int:
    """Fixes one file; CLEAN, whatever was found in it. Raises OSError."""
    from batchlint.files.atomic import may_be_replaced, same_file_still

    seen = may_be_replaced(path) if options.in_place else None if path == "-" else os.stat(path)
    with (
        open_source(path, stdin_filename=options.stdin_filename) as source,
        Progress(not (options.no_progress or options.quiet)) as progress,
    ):
        result = fixed(source, RulebookLinter(rulebook, progress), unsafe=options.unsafe)
        with result.source:
            if seen is not None:
                same_file_still(path, seen)
            if options.in_place and seen is not None:
                _replace(path, seen, result)
            elif options.output == "-":
                _copy(result.source, sys.stdout.buffer)
            elif options.output is not None:
                _write(options.output, result)
            else:
                _show_diff(source, result, options)
            account.add(path, result, strict=rulebook.strict)
    return CLEAN


def _replace(path: str, seen: os.stat_result, result: Fixed) -> None:
    from batchlint.files.atomic import replacing_file

    if result.rules:
        with replacing_file(path, seen) as file:
            _copy(result.source, file)


def _write(path: str, result: Fixed) -> None:
    from batchlint.files.atomic import new_file

    with new_file(path) as file:
        _copy(result.source, file)


def _copy(source: Source, file: IO[bytes]) -> None:
    at = 0
    while data := source.read(at, CHUNK):
        file.write(data)
        at += len(data)
    file.flush()


def _show_diff(source: Source, result: Fixed, options: argparse.Namespace) -> None:
    from batchlint.fixing.diff import diff_lines
    from batchlint.terminal.paint import Paint
    from batchlint.terminal.screen import screen_of

    for line in diff_lines(source, result.source, result.changes, Paint(screen_of(sys.stdout, options.color))):
        sys.stdout.write(line + "\n")
