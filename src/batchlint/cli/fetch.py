"""`batchlint fetch BATCH_ID|FILE...`: saves the results of batches."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from batchlint.cli import CLEAN, FINDINGS, UsageError, tell
from batchlint.cli.exit_codes import exit_code_of
from batchlint.cli.log import add_ledger_option, ledger_of
from batchlint.cli.parser import Parser, count
from batchlint.ledger import History, Ledger
from batchlint.reports.closing import how_many
from batchlint.schema import API_VERSIONS
from batchlint.sources.progress import Progress

DESCRIPTION = """\
Saves the results of batches, whole or not at all; interrupted downloads are resumed.
A batch is named by its id, or by the file that batchlint submit has sent. Needs the api extra and a key."""
EPILOG = """\
Exit codes: 0 all saved; 1 not ended yet, gone, or not whole yet; 2 wrong call, no SDK, no key;
3 a file cannot be read or written."""
EVERY = 60
"""Seconds."""


def main(arguments: Sequence[str]) -> int:
    """Saves the results and returns the exit code."""
    args = parser().parse_args(arguments)
    if not args.batches:
        raise UsageError("no batch given; name its id, or the file that was sent (see batchlint fetch --help)")
    if args.output is not None and len(args.batches) > 1:
        raise UsageError("-o OUT belongs to one batch")
    ledger = ledger_of(args)
    return exit_code_of(lambda: fetch_all(args, ledger), str(ledger.path), "; -o OUT names another")


def fetch_all(args: argparse.Namespace, ledger: Ledger) -> int:
    """Saves one after the other; one that cannot be had does not keep back the others."""
    from batchlint.online.client import NotReady, api_client
    from batchlint.online.download import NotFetched

    status = CLEAN
    try:
        client = api_client(args.api_version)
        for name in args.batches:
            try:
                fetch(client, ledger, name, args)
            except NotFetched as error:
                tell(str(error))
                status = FINDINGS
    except NotReady as error:
        raise UsageError(error) from None
    return status


def fetch(client: object, ledger: Ledger, name: str, args: argparse.Namespace) -> None:
    """Saves the results of one batch and notes it."""
    from batchlint.files.atomic import sha256_of
    from batchlint.ledger.entry import Entry, now
    from batchlint.online.download import download
    from batchlint.online.waiting import ended

    history = History(ledger.entries())
    batch_id = batch_named(history, name)
    path = Path(args.output) if args.output is not None else default_output(history, batch_id)
    if is_saved(history, batch_id, path):
        tell(f"{batch_id}: saved already in {path}")
        return
    show = sys.stderr.isatty() and not args.no_progress
    batch = ended(client, batch_id, args.wait, args.every, show, batch_id in history.batches)  # type: ignore[arg-type]
    with Progress(not args.no_progress, "result") as progress:
        counts = download(client, batch, path, tell, progress)  # type: ignore[arg-type]
    ledger.add(
        Entry(
            event="fetched",
            at=now(),
            batch=batch_id,
            created_at=batch.created,
            counts=dict(counts),
            results=str(path),
            results_sha256=sha256_of(path),
        )
    )
    told = ", ".join(f"{number:,} {kind}" for kind, number in counts.items())
    tell(f"{batch_id}: {how_many(batch.requests, 'result')} in {path} ({told})")


def batch_named(history: History, name: str) -> str:
    """The batch that a file has become, or else the name itself as an id. Raises UsageError."""
    if not Path(name).is_file():
        return name
    from batchlint.files.atomic import sha256_of

    sha256 = sha256_of(name)
    sent = history.of_source(sha256)
    if sent:
        return sent[-1].id
    if sha256 in history.open:
        raise UsageError(f"{name}: it is not known whether it was sent; batchlint submit {name} finds out")
    raise UsageError(f"{name}: the ledger knows of no batch of a file with these bytes; name the batch's id")


def default_output(history: History, batch_id: str) -> Path:
    """Beside the source `NAME.results.jsonl`, or the same with the id where no source is known."""
    batch = history.batches.get(batch_id)
    if batch is not None and batch.entry.source is not None:
        return Path(batch.entry.source).with_suffix(".results.jsonl")
    if not batch_id.replace("_", "").replace("-", "").isalnum():
        raise UsageError(f"{batch_id!r} is neither a file nor the id of a batch")
    return Path(f"{batch_id}.results.jsonl")


def is_saved(history: History, batch_id: str, path: Path) -> bool:
    """Whether the ledger says that the results are in this file, and they still are."""
    batch = history.batches.get(batch_id)
    if batch is None or batch.fetched is None or not path.is_file():
        return False
    from batchlint.files.atomic import sha256_of

    return sha256_of(path) == batch.fetched.results_sha256


def parser() -> Parser:
    """The options of fetch."""
    result = Parser(
        prog="batchlint fetch",
        usage="batchlint fetch [OPTIONS] BATCH_ID|FILE...",
        description=DESCRIPTION,
        epilog=EPILOG,
    )
    add = result.add_argument
    add("batches", nargs="*", metavar="BATCH_ID|FILE", help=argparse.SUPPRESS)
    add("-o", "--output", metavar="OUT", help="default: SOURCE.results.jsonl next to the source, or BATCH_ID...")
    add("--wait", action="store_true", help="wait until the batch has ended")
    add("--every", type=count, default=EVERY, metavar="SECONDS", help=f"longest time between looks (default {EVERY})")
    add("--no-progress", action="store_true", help="no progress on standard error")
    add("--api-version", choices=API_VERSIONS, default=API_VERSIONS[-1], metavar="V", help="anthropic-version header")
    add_ledger_option(result)
    return result
