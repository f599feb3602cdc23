"""What the commands after the batch share: results, retry, split and merge."""

from __future__ import annotations

import argparse
import contextlib
import datetime
from collections.abc import Callable, Collection, Iterator, Sequence

from batchlint.cli import FINDINGS, UNREADABLE, UsageError, tell
from batchlint.cli.parser import Parser, date, names
from batchlint.options import DEFAULT_TOKEN_LIMIT
from batchlint.results.account import Account
from batchlint.results.batches import BatchObject, read_batch
from batchlint.results.errors import FileTrouble, Refusal, WrongFile, reading
from batchlint.results.opening import open_input
from batchlint.results.report import Report
from batchlint.results.requests import Requests
from batchlint.rule import Rule
from batchlint.rules import all_rules
from batchlint.schema import API_VERSIONS
from batchlint.select import UnknownRule, known, selected


def told(run: Callable[[argparse.Namespace], int], chosen: argparse.Namespace) -> int:
    """Runs a command; what cannot be done is told in clear lines, with the exit code that fits."""
    try:
        return run(chosen)
    except WrongFile as error:
        raise UsageError(error) from None
    except Refusal as error:
        for line in str(error).splitlines():
            tell(line)
        return FINDINGS
    except FileTrouble as error:
        tell(str(error))
        return UNREADABLE


def add_files(parser: Parser) -> None:
    """The options that name results and sources."""
    parser.add_argument("results", nargs="*", metavar="RESULTS", help="results files, in the order of the attempts")
    parser.add_argument(
        "--source", nargs="+", action="extend", default=[], metavar="FILE", help="the files that were sent"
    )


def add_lint_options(parser: Parser) -> None:
    """The options that say how requests are linted, as those of check."""
    parser.set_defaults(max_tokens_per_request=DEFAULT_TOKEN_LIMIT, max_request_bytes=None, strict=False)
    parser.add_argument("--api-version", choices=API_VERSIONS, metavar="V", help="anthropic-version of the batch")
    parser.add_argument(
        "--beta",
        action="append",
        default=[],
        metavar="NAME",
        help="anthropic-beta header of the batch (repeatable; none)",
    )
    parser.add_argument("--as-of", type=date, metavar="DATE", help="the day (default: today)")
    parser.add_argument(
        "--ignore", type=names, action="extend", default=[], metavar="RULES", help="not these rules (names by commas)"
    )


def rules_in_force(chosen: argparse.Namespace) -> Callable[[], Collection[Rule]]:
    """Gives the rules without the ignored ones, loaded when they are asked for; a wrong name is told at once."""
    if chosen.ignore:
        try:
            known(all_rules(), chosen.ignore)
        except UnknownRule as error:
            raise UsageError(error) from None
    return lambda: selected(all_rules(), ignore=chosen.ignore)


def add_batch(parser: Parser) -> None:
    """The option that names batch objects."""
    parser.add_argument(
        "--batch",
        action="append",
        default=[],
        metavar="FILE",
        help="the batch object as JSON: its id, when the results go away, whether they are complete (repeatable)",
    )


def batches_of(chosen: argparse.Namespace) -> list[BatchObject]:
    """The batch objects that are named."""
    batches = []
    for path in chosen.batch:
        with reading(path):
            batches.append(read_batch(path))
    return batches


def tell_notes(account: Account, batches: Sequence[BatchObject], day: datetime.date | None) -> None:
    """Tells what is odd about the files."""
    for note in Report(account, (), batches, day or datetime.date.today()).notes():
        tell(f"note: {note}")


@contextlib.contextmanager
def account_of(results: Sequence[str], sources: Sequence[str], *, in_any_order: bool = False) -> Iterator[Account]:
    """The account of the results files and sources, which are open as long as it is used."""
    if not results:
        raise UsageError("no results file given; name what came back, before --source")
    if not sources:
        raise UsageError("no source given; name the file that was sent: --source FILE (the API does not give it back)")
    if (*results, *sources).count("-") > 1:
        raise UsageError("- is standard input, and can be given once")
    with contextlib.ExitStack() as opened:
        requests = Requests()
        for path in sources:
            with reading(path):
                requests.add(opened.enter_context(open_input(path)))
        account = Account(requests, in_any_order=in_any_order)
        for path in results:
            with reading(path):
                account.add(opened.enter_context(open_input(path)))
        yield account
