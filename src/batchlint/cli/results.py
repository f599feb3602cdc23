"""`batchlint results RESULTS... --source FILE...`: what came back."""

from __future__ import annotations

import argparse
import datetime
from collections.abc import Sequence

from batchlint.cli import CLEAN, FINDINGS
from batchlint.cli.attempts import known_attempts
from batchlint.cli.exit_codes import exit_code_of
from batchlint.cli.outputs import format_of, look_of, output
from batchlint.cli.parser import Parser, count
from batchlint.cli.results_inputs import (
    account_of,
    add_batch,
    add_files,
    add_lint_options,
    batches_of,
    lint_settings,
)
from batchlint.results.catching import Catcher
from batchlint.results.examples import Examples
from batchlint.results.formats import FORMATS, write_report
from batchlint.results.groups import groups_of
from batchlint.results.report import ResultsReport

DESCRIPTION = """\
Says what became of every request of a batch: what was answered, what can be sent again, what needs a fix, and where.

RESULTS are the files that came back, plain or gzip, in the order of the attempts; a success in any of them counts."""
EPILOG = "Exit codes: 0 all answered, 1 some not, 2 wrong call or wrong file, 3 a file cannot be read, 70 a bug."


def main(arguments: Sequence[str]) -> int:
    """Writes the report; 0 where every request was answered whole."""
    args = parser().parse_args(arguments)
    args.format = args.format or format_of(args.output, FORMATS)
    return exit_code_of(lambda: _run(args))


def _run(args: argparse.Namespace) -> int:
    settings = lint_settings(args)
    of_ledger = known_attempts(args)
    of_ledger.tell()
    with account_of(args) as account:
        limit = 0 if args.format == "json" else args.max_findings
        examples = Examples(account, Catcher(settings))
        groups = [] if args.format == "csv" else groups_of(account, examples, shown=limit or None)
        report = ResultsReport(
            account, groups, batches_of(args, of_ledger.objects), args.as_of or datetime.date.today()
        )
        with output(args.output, [*args.results, *args.source], for_people=args.format == "full") as stream:
            write_report(args.format, report, stream, look_of(args, args.output))
        return CLEAN if report.all_ok else FINDINGS


def parser() -> Parser:
    """The options of results."""
    result = Parser(
        prog="batchlint results",
        usage="batchlint results [OPTIONS] RESULTS... --source FILE...",
        description=DESCRIPTION,
        epilog=EPILOG,
    )
    add_files(result)
    add = result.add_argument
    add("--format", choices=FORMATS, metavar="FMT", help=f"{', '.join(FORMATS)} (default: full)")
    add("--output", metavar="FILE", help="write the report into a file; its ending names the format")
    add(
        "--max-groups",
        dest="max_findings",
        type=count,
        default=20,
        metavar="N",
        help="groups shown (default 20; 0: all)",
    )
    add("--color", choices=["auto", "always", "never"], default="auto", metavar="WHEN", help="auto, always or never")
    add_batch(result)
    add_lint_options(result)
    return result
