"""`batchlint submit FILE...`: lints, sends, and notes what was sent."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence

from batchlint.cli import CLEAN, UsageError, tell
from batchlint.cli.check import lint, rulebooks_of
from batchlint.cli.check_parser import parser as check_parser
from batchlint.cli.exit_codes import exit_code_of
from batchlint.cli.log import add_ledger_option, ledger_of
from batchlint.cli.parser import Parser, count
from batchlint.dialects.detecting import OWN
from batchlint.ledger import History, Ledger
from batchlint.results.errors import Refusal
from batchlint.schema import API_VERSIONS
from batchlint.sources.reach import ENDINGS

DESCRIPTION = """\
Lints the files and, if nothing fails, sends each as a batch, in order. What was sent before is not sent again.
Needs the api extra and a key in ANTHROPIC_API_KEY. Every step is noted in the ledger (batchlint log)."""
EPILOG = """\
Exit codes: 0 all sent, now or before; 1 findings that fail, or the API refused, or it is not known whether
a batch was created; 2 wrong call, no SDK, no key; 3 a file cannot be read."""
SETTLE = 30
"""Seconds."""


def main(arguments: Sequence[str]) -> int:
    """Sends the files and returns the exit code."""
    args = parser().parse_args(arguments)
    check_call(args)
    api_version, betas = headers_of(args)
    status = lint(args)
    if status != CLEAN:
        tell("nothing is sent")
        return status
    ledger = ledger_of(args)
    return exit_code_of(
        lambda: rehearse(args, ledger) if args.dry_run else send(args, ledger, api_version, betas),
        str(ledger.path),
    )


def check_call(args: argparse.Namespace) -> None:
    """Raises UsageError for what cannot be sent, or not so."""
    if not args.paths:
        raise UsageError("no file given; name the batch files (see batchlint submit --help)")
    for path in args.paths:
        if path == "-" or os.path.isdir(path):
            raise UsageError(f"{path}: submit takes files by name, so that the ledger can say what was sent")
        if path.lower().endswith(ENDINGS):
            raise UsageError(f"{path}: the API takes no compressed files; unpack it first")
    if (args.landed is not None or args.parent is not None) and len(args.paths) != 1:
        raise UsageError("--landed and --parent belong to one file")
    if args.landed is not None and args.not_landed:
        raise UsageError("--landed BATCH_ID and --not-landed cannot be combined")
    if args.dialect not in (None, OWN) or args.model is not None:
        raise UsageError("submit sends to the Claude API; batches of other platforms are started there")
    args.dialect = OWN
    args.exit_zero = False  # what fails is never sent


def headers_of(args: argparse.Namespace) -> tuple[str, list[str]]:
    """The headers that the batches are created with, which are also what the files are linted for."""
    rulebooks = rulebooks_of(args, args.paths)
    wanted = {
        (options.api_version or API_VERSIONS[-1], options.betas or frozenset())
        for options in (rulebooks.of(path).settings.options for path in args.paths)
    }
    if len(wanted) > 1:
        raise UsageError("the files have configurations with different headers; submit them apart")
    api_version, betas = wanted.pop()
    args.api_version, args.beta = api_version, sorted(betas) or ["none"]
    return api_version, sorted(betas)


def rehearse(args: argparse.Namespace, ledger: Ledger) -> int:
    """Says what would be sent; nothing leaves this machine."""
    from batchlint.online.outgoing import open_outgoing

    history = History(ledger.entries())
    for path in args.paths:
        with open_outgoing(path, args.parent, history) as part:
            before = history.of_source(part.sha256)
            attempt = history.next_attempt(part.parent, part.sha256)
            what = f"{part.requests:,} requests, {part.body.size:,} bytes, attempt {attempt}"
            after = f" after {part.parent}" if part.parent else ""
            if part.sha256 in history.open:
                tell(f"{path}: not known whether it was sent before; would look first ({what})")
            elif before and not args.again:
                tell(f"{path}: sent already as {before[-1].id}; would not be sent")
            else:
                tell(f"{path}: would be sent ({what}{after})")
    return CLEAN


def send(args: argparse.Namespace, ledger: Ledger, api_version: str, betas: list[str]) -> int:
    """Sends the files one after the other; the first that cannot be sent ends it."""
    from batchlint.online.client import NotReady, api_client
    from batchlint.online.outgoing import open_outgoing
    from batchlint.online.submission import Stopped, Submitter

    try:
        client = api_client(api_version, betas)
        submitter = Submitter(client, ledger, tell, api_version, betas, args.settle, args.again)
        with ledger.alone():
            for path in args.paths:
                with open_outgoing(path, args.parent, History(ledger.entries())) as part:
                    if args.landed is not None:
                        submitter.adopt(part, args.landed)
                        continue
                    if args.not_landed:
                        submitter.disown(part)
                    submitter.submit(part)
    except NotReady as error:
        raise UsageError(error) from None
    except BlockingIOError:
        raise Refusal(f"another batchlint submit is at work with {ledger.path}; nothing is sent") from None
    except Stopped as error:
        raise Refusal(str(error)) from None
    return CLEAN


def parser() -> Parser:
    """The options of submit: those of check, and its own."""
    usage = "batchlint submit [OPTIONS] FILE..."
    result = check_parser(prog="batchlint submit", usage=usage, description=DESCRIPTION, epilog=EPILOG)
    group = result.add_argument_group("the submission")
    group.add_argument("--dry-run", action="store_true", help="only print what would be sent; needs no key")
    group.add_argument("--again", action="store_true", help="send what was sent before once more; it is billed again")
    group.add_argument("--parent", metavar="BATCH_ID", help="the batch of the attempt before (default: as retry noted)")
    group.add_argument("--landed", metavar="BATCH_ID", help="the create without a known end has become this batch")
    group.add_argument("--not-landed", action="store_true", help="it has become none: send the file")
    group.add_argument(
        "--settle",
        type=count,
        default=SETTLE,
        metavar="SECONDS",
        help=f"how long to look for a batch after a create without a known end (default {SETTLE})",
    )
    add_ledger_option(group)
    return result
