"""`python -m batchlint.spark PATH...`: the reports of `batchlint`, made on Spark."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from batchlint.cli import FINDINGS, UNREADABLE, USAGE, Finished, UsageError, tell
from batchlint.cli.args import defaults, given_values
from batchlint.cli.check_parser import add_circumstances, add_rules
from batchlint.cli.input_files import inputs_of
from batchlint.cli.outputs import look_of, open_reports, outputs_of
from batchlint.cli.parser import Parser
from batchlint.cli.reaching import add_reach, reaching_as
from batchlint.reports import OutputError
from batchlint.reports.tally import Tally
from batchlint.resources import how_to_install


def main(arguments: Sequence[str]) -> int:
    """Checks the files and returns the exit code of `batchlint`."""
    parser = Parser(prog="python -m batchlint.spark", description="Checks files, or what is below URLs, on Spark.")
    parser.set_defaults(**defaults())
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files, folders and URLs that all executors see")
    parser.add_argument("--format", action="append", metavar="FMT", help="as for batchlint (default: full)")
    parser.add_argument("-o", "--output", action="append", metavar="FILE", help="a report into a file")
    add_reach(parser)
    add_rules(parser)
    add_circumstances(parser)
    args = parser.parse_args(arguments)
    if args.baseline or args.config:
        raise UsageError("--baseline and --config are not for Spark: take batchlint shard and batchlint join")
    if len(args.format) == 1 and len(args.output) == 1 and "=" not in args.format[0] + args.output[0]:
        args.format, args.output = [], [f"{args.format[0]}={args.output[0]}"]
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise UsageError(f"Spark needs Java and an extra: {how_to_install('spark')}") from None
    from batchlint.spark import reports

    with reaching_as(args, args.paths):
        paths = inputs_of(args.paths).files
        outputs, tally = outputs_of(args, paths), Tally()
        try:
            found = reports(SparkSession.builder.getOrCreate(), paths, given_values(args), frames=True)
            with open_reports(outputs, look_of(args), args.api_version) as writers:
                for file in found.toLocalIterator():
                    tally.add_all(file.tally)
                    for writer in writers:
                        for finding in file.findings:
                            writer.finding(finding)
                        if file.batch is not None:
                            writer.file(file.batch)
                for writer in writers:
                    writer.close(tally)
        except (OSError, OutputError) as error:
            tell(f"error: {getattr(error, 'filename', None) or ''} {getattr(error, 'strerror', None) or error}")
            return UNREADABLE
    return FINDINGS if tally.failing else 0


if __name__ == "__main__":
    try:
        status = main(sys.argv[1:])
    except UsageError as error:
        tell(f"error: {error}")
        status = USAGE
    except Finished as finished:
        status = finished.status
    sys.exit(status)
