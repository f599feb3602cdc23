"""`batchlint merge RESULTS... --source FILE... -o OUT`: results joined."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from batchlint.cli import CLEAN, FINDINGS, UsageError, tell
from batchlint.cli.exit_codes import exit_code_of
from batchlint.cli.parser import Parser
from batchlint.cli.results_inputs import account_of, add_files, tell_notes
from batchlint.reports.closing import how_many
from batchlint.results.manifest import manifest_path
from batchlint.results.merge import merge

DESCRIPTION = """\
Joins the results of parts or attempts into one file: for every request of the sources the result that counts, in their
order. The order in which RESULTS are named makes no difference: a success counts before a failure."""
EPILOG = """\
Exit codes: 0 every request has a result, 1 some have none (OUT was written) or results belong to no source (it was
not), 2 wrong call or wrong file, 3 a file cannot be read or written, 70 a bug."""


def main(arguments: Sequence[str]) -> int:
    """Writes the file and tells what is in it."""
    args = parser().parse_args(arguments)
    return exit_code_of(lambda: _run(args))


def _run(args: argparse.Namespace) -> int:
    if args.output in (None, "-"):
        raise UsageError("no output given; name a file that does not exist yet: -o OUT")
    output = Path(args.output)
    with account_of(args, in_any_order=True) as account:
        tell_notes(account, (), None)
        rows = merge(account, output, drop_unknown=args.drop_unknown)
        classes = ", ".join(f"{number:,} {name}" for name, number in account.classes().items())
        requests = how_many(len(account.requests), "request")
        tell(
            f"{output}: {how_many(rows, 'result')} of {requests} ({classes}); {manifest_path(output).name} has each id"
        )
        return CLEAN if rows == len(account.requests) else FINDINGS


def parser() -> Parser:
    """The options of merge."""
    result = Parser(
        prog="batchlint merge",
        usage="batchlint merge [OPTIONS] RESULTS... --source FILE... -o OUT",
        description=DESCRIPTION,
        epilog=EPILOG,
    )
    add_files(result)
    result.add_argument("-o", "--output", metavar="OUT", help="the joined results; never overwrites")
    result.add_argument("--drop-unknown", action="store_true", help="leave out results that belong to no source")
    return result
