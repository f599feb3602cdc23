"""`batchlint retry RESULTS... --source FILE... -o OUT`: a new batch of what is worth sending again."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from batchlint.cli import CLEAN, FINDINGS, UsageError, tell
from batchlint.cli.attempts import known_attempts
from batchlint.cli.exit_codes import exit_code_of
from batchlint.cli.outputs import look_of, output
from batchlint.cli.parser import Parser, names
from batchlint.cli.results_inputs import (
    account_of,
    add_batch,
    add_files,
    add_lint_options,
    batches_of,
    lint_settings,
    tell_notes,
)
from batchlint.facts import outcomes
from batchlint.reports import make_report
from batchlint.reports.closing import how_many
from batchlint.results.catching import Catcher
from batchlint.results.examples import Examples
from batchlint.results.framing import CONTAINERS
from batchlint.results.retry import Retried, Wish, names_of, retry
from batchlint.spelling import meant

DESCRIPTION = """\
Writes a new batch of the requests that are worth sending again unchanged: their exact bytes, under the same ids.

What needs a fix goes to OUT's sibling *.needs-fix.*, with a report of why. OUT is linted before it appears."""
EPILOG = """\
Exit codes: 0 OUT was written, or there is nothing to send again; 1 OUT would not pass, or was made before;
2 wrong call or wrong file, 3 a file cannot be read or written, 70 a bug."""


def main(arguments: Sequence[str]) -> int:
    """Writes the batch and tells what is in it."""
    args = parser().parse_args(arguments)
    return exit_code_of(lambda: _run(args))


def _run(args: argparse.Namespace) -> int:
    settings = lint_settings(args)
    if args.output in (None, "-"):
        raise UsageError("no output given; name a file that does not exist yet: -o OUT")
    of_ledger = known_attempts(args)
    if not args.force:
        of_ledger.refuse_second_retry()
    batches = batches_of(args, of_ledger.objects)
    wish = Wish(
        output=Path(args.output),
        classes=_classes(args),
        container=args.container,
        batches=[batch.id for batch in batches],
        force=args.force,
        attempt=of_ledger.next_attempt,
        settings=settings,
    )
    with account_of(args) as account, output(for_people=True) as stream:
        tell_notes(account, batches, args.as_of)
        report = make_report("full", stream, look_of(args), args.api_version)
        done = retry(account, Examples(account, Catcher(settings)), wish, report)
        report.close(done.tally)
        _tell(done, wish)
        return FINDINGS if done.tally.errors else CLEAN


def _classes(args: argparse.Namespace) -> frozenset[str]:
    """The classes that are sent again."""
    classes = outcomes().classes
    for name in (*args.include, *args.exclude):
        if name not in classes or name == "ok":
            nearest = meant(name, classes)
            raise UsageError(
                f"{name!r} is not a class that can be sent again"
                + (
                    f"; did you mean {nearest!r}?"
                    if nearest not in (None, "ok")
                    else f" ({', '.join(list(classes)[1:])})"
                )
            )
    return frozenset(name for name, each in classes.items() if each.retried or name in args.include).difference(
        args.exclude
    )


def _tell(done: Retried, wish: Wish) -> None:
    names = names_of(wish.output)
    if done.tally.errors:
        requests = how_many(done.tally.failing_requests, "request")
        tell(f"nothing was written: the API would refuse {requests} of {names.batch} again (--ignore, --exclude)")
        return
    again = sum(done.chosen.values())
    if again:
        of_what = _by_class(done.chosen)
        tell(f"{names.batch}: {how_many(again, 'request')} to send again, attempt {done.attempt} ({of_what})")
    else:
        tell(f"nothing to send again: {names.batch} was not written")
    if done.fix:
        fix = how_many(done.fix.total(), "request")
        tell(f"{names.fix}: {fix} to fix first; {names.why} says why")
    if done.fix["maybe"]:
        tell(f"{done.fix['maybe']:,} of them may pass unchanged: --include maybe sends them again as they are")
    if done.left_out:
        left_out = f"{_by_class(done.left_out)}; --include {','.join(sorted(done.left_out))}"
        tell(f"left out: {left_out} sends them again as they are")


def _by_class(counts: Counter[str]) -> str:
    return ", ".join(f"{number:,} {name}" for name, number in sorted(counts.items()))


def parser() -> Parser:
    """The options of retry."""
    result = Parser(
        prog="batchlint retry",
        usage="batchlint retry [OPTIONS] RESULTS... --source FILE... -o OUT",
        description=DESCRIPTION,
        epilog=EPILOG,
    )
    add_files(result)
    by_default = ", ".join(name for name, each in outcomes().classes.items() if each.retried)
    add = result.add_argument
    add("-o", "--output", metavar="OUT", help="the new batch; never overwrites")
    add(
        "--include",
        type=names,
        action="extend",
        default=[],
        metavar="CLASSES",
        help=f"send these again too (by default {by_default}; missing only when asked)",
    )
    add("--exclude", type=names, action="extend", default=[], metavar="CLASSES", help="do not send these again")
    add(
        "--as",
        dest="container",
        choices=CONTAINERS,
        metavar="FORM",
        help=f"{', '.join(CONTAINERS)} (default: as the source)",
    )
    add("--force", action="store_true", help="also what was sent again before: it is paid for twice")
    add_batch(result)
    add_lint_options(result)
    result.set_defaults(max_findings=50, color="auto")
    return result
