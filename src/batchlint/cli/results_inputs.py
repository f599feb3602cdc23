"""Options and inputs that results, retry, split and merge share."""

from __future__ import annotations

import argparse
import contextlib
import datetime
from collections.abc import Iterator, Sequence

from batchlint.cli import UsageError, tell
from batchlint.cli.args import given_values
from batchlint.cli.check import configurations
from batchlint.cli.log import add_ledger_option
from batchlint.cli.parser import Parser, date, names
from batchlint.config import ConfigError
from batchlint.config.select import UnknownRule
from batchlint.config.settings import Settings, settings
from batchlint.results.account import Account
from batchlint.results.batch_objects import BatchObject, read_batch
from batchlint.results.errors import reading
from batchlint.results.opening import open_input
from batchlint.results.report import ResultsReport, rows_line
from batchlint.results.requests import Requests
from batchlint.rules import all_rules
from batchlint.schema import API_VERSIONS
from batchlint.sources import Source, steady
from batchlint.sources.progress import Progress


def add_files(parser: Parser) -> None:
    """The options that name results and sources."""
    parser.add_argument("results", nargs="*", metavar="RESULTS", help="results files, in the order of the attempts")
    parser.add_argument(
        "--source", nargs="+", action="extend", default=[], metavar="FILE", help="the files that were sent"
    )
    parser.add_argument("--no-progress", action="store_true", help="no progress on standard error")


def add_lint_options(parser: Parser) -> None:
    """The options that say how requests are linted, as those of check."""
    add = parser.add_argument_group("how requests are linted").add_argument
    add("--api-version", choices=API_VERSIONS, metavar="V", help="anthropic-version of the batch")
    add("--beta", action="append", metavar="NAME", help="anthropic-beta header of the batch (repeatable; or: none)")
    add("--as-of", type=date, metavar="DATE", help="the day (default: today)")
    add("--ignore", type=names, action="extend", metavar="RULES", help="not these rules (names by commas)")
    add("--config", metavar="FILE", help="this configuration (default: the closest above the first source)")
    add("--no-config", action="store_true", help="no configuration file")
    parser.set_defaults(stdin_filename=None)


def lint_settings(args: argparse.Namespace) -> Settings:
    """The settings for linting requests: the command line, then the configuration of the first source."""
    try:
        configuration = configurations(args)(args.source[0] if args.source else "./")
        return settings(configuration, given_values(args), all_rules())
    except (ConfigError, UnknownRule) as error:
        raise UsageError(error) from None


def add_batch(parser: Parser) -> None:
    """The options that name batch objects, and the ledger that knows of batches."""
    add_ledger_option(parser)
    parser.add_argument(
        "--batch",
        action="append",
        default=[],
        metavar="FILE",
        help="the batch object as JSON: its id, when the results go away, whether they are complete (repeatable)",
    )


def batches_of(args: argparse.Namespace, of_ledger: Sequence[BatchObject] = ()) -> list[BatchObject]:
    """The batch objects that are named, and those of the ledger that are not."""
    batches: list[BatchObject] = []
    for path in args.batch:
        with reading(path):
            batches.append(read_batch(path))
    named = {batch.id for batch in batches}
    return [*batches, *(batch for batch in of_ledger if batch.id not in named)]


def tell_notes(account: Account, batches: Sequence[BatchObject], day: datetime.date | None) -> None:
    """Tells what is odd about the files, and what became of their rows where not all of them count."""
    rows = account.all_rows()
    if rows.read != rows.counted:
        tell(rows_line(account))
    for note in ResultsReport(account, (), batches, day or datetime.date.today()).notes():
        tell(f"note: {note}")


@contextlib.contextmanager
def account_of(args: argparse.Namespace, *, in_any_order: bool = False) -> Iterator[Account]:
    """The account of the results files and sources, which are open as long as it is used."""
    results, sources = args.results, args.source
    if not results:
        raise UsageError("no results file given; name what came back, before --source")
    if not sources:
        raise UsageError("no source given; name the file that was sent: --source FILE (the API does not give it back)")
    if (*results, *sources).count("-") > 1:
        raise UsageError("- is standard input, and can be given once")
    with contextlib.ExitStack() as opened:
        sent = [(path, opened.enter_context(opened_input(path))) for path in sources]
        came = [(path, opened.enter_context(opened_input(path))) for path in results]
        with Progress(not args.no_progress, "line") as progress:
            progress.expect(sum(source.size for _, source in (*sent, *came)))
            requests = Requests()
            for path, source in sent:
                with reading(path), steady(source):
                    requests.add(source, progress)
            account = Account(requests, in_any_order=in_any_order)
            for path, source in came:
                with reading(path), steady(source):
                    account.add(source, progress)
        account.settle()
        with steady(*account.inputs):
            yield account


def opened_input(path: str) -> Source:
    """Opens a results file or a source. Raises FileTrouble."""
    with reading(path):
        return open_input(path)
