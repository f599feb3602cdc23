"""`batchlint log`: the ledger of what was sent, and what is added to it by hand."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from batchlint.cli import CLEAN, UsageError, tell
from batchlint.cli.exit_codes import exit_code_of
from batchlint.cli.parser import Parser, add_color, add_listing
from batchlint.ledger import DEFAULT_LEDGER, History, Ledger
from batchlint.reports.dumped import dumped
from batchlint.terminal.paint import Paint
from batchlint.terminal.screen import screen_of

DESCRIPTION = """\
Shows what was sent, in which attempt, and for how long the results can still be fetched.
--add notes a batch that was submitted otherwise, --results that its results were saved."""
USAGE = """\
batchlint log [--format json]
       batchlint log --add BATCH_ID [--source FILE] [--created-at TIME] [--parent BATCH_ID] [--results FILE]"""


def main(arguments: Sequence[str]) -> int:
    """Shows the ledger, or adds to it."""
    options = parser().parse_args(arguments)
    given = [name for name in ("source", "created_at", "parent", "results") if getattr(options, name) is not None]
    if given and options.add is None:
        raise UsageError(f"--{given[0].replace('_', '-')} belongs to --add BATCH_ID")
    ledger = ledger_of(options)
    return exit_code_of(
        lambda: show(ledger, options) if options.add is None else add(ledger, options), str(ledger.path)
    )


def add_ledger_option(to: argparse._ActionsContainer) -> None:
    """The option that names the ledger."""
    to.add_argument("--ledger", metavar="FILE", help=f"default: $BATCHLINT_LEDGER, or {DEFAULT_LEDGER}")


def ledger_of(options: argparse.Namespace) -> Ledger:
    """The ledger that is meant."""
    path = options.ledger or os.environ.get("BATCHLINT_LEDGER") or DEFAULT_LEDGER
    return Ledger(path, lambda text: tell(f"note: {text}"))


def add(ledger: Ledger, options: argparse.Namespace) -> int:
    """Notes a batch, or that its results were saved."""
    from batchlint.ledger.by_hand import fetched_entry, sent_entry

    history = History(ledger.entries())
    if options.add in history.batches and options.results is None:
        raise UsageError(f"{options.add} is in {ledger.path} already; --results FILE notes that its results were saved")
    if options.add not in history.batches:
        ledger.add(sent_entry(history, options.add, options.source, options.created_at, options.parent))
    if options.results is not None:
        ledger.add(fetched_entry(options.add, options.results))
    return CLEAN


def show(ledger: Ledger, options: argparse.Namespace) -> int:
    """Prints what the ledger knows, the oldest first."""
    from batchlint.ledger.table import objects, table_lines

    entries = ledger.entries()
    if options.format == "json":
        sys.stdout.write(dumped(objects(History(entries)), indent=1))
        sys.stdout.write("\n")
        return CLEAN
    if not entries:
        tell(f"no entries in {ledger.path}")
    for line in table_lines(History(entries), Paint(screen_of(sys.stdout, options.color)), wide=options.wide):
        sys.stdout.write(line + "\n")
    return CLEAN


def time(text: str) -> str:
    """A moment as RFC 3339, or a day."""
    from batchlint.ledger.entry import moment_of, timestamp

    moment = moment_of(text)
    if moment is None:
        raise argparse.ArgumentTypeError(f"{text!r} is not a time of the form YYYY-MM-DDTHH:MM:SSZ")
    return timestamp(moment)


def parser() -> Parser:
    """The options of log."""
    result = Parser(prog="batchlint log", usage=USAGE, description=DESCRIPTION)
    add_listing(result)
    add_color(result)
    result.add_argument("--add", metavar="BATCH_ID", help="note a batch that was submitted otherwise")
    result.add_argument("--source", metavar="FILE", help="the file that it was made of")
    result.add_argument("--created-at", type=time, metavar="TIME", help="its created_at (default: now)")
    result.add_argument("--parent", metavar="BATCH_ID", help="the batch of the attempt before")
    result.add_argument("--results", metavar="FILE", help="the file in which its results were saved")
    add_ledger_option(result)
    return result
