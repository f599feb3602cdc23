"""`batchlint split FILE`: parts under the limits."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from pathlib import Path

from batchlint.cli import CLEAN, UsageError, tell
from batchlint.cli.exit_codes import exit_code_of
from batchlint.cli.parser import Parser, count
from batchlint.facts import limits
from batchlint.reports.closing import how_many
from batchlint.results.errors import reading
from batchlint.results.framing import CONTAINERS
from batchlint.results.opening import open_input
from batchlint.results.split import PartLimits, split
from batchlint.sources import steady

DESCRIPTION = """\
Splits a batch file into parts that stay under the limits: the same requests in the same order, byte for byte.

Ids are checked across all parts first. The parts are written next to the file, with a manifest; all appear, or none."""
EPILOG = """\
SIZE is in bytes, or with a unit: 256MB is 256,000,000, 200MiB is 209,715,200. The default is the API's 256 MB, read as
the smaller of its two meanings. A part is measured as it will be sent, as {"requests": [...]}."""
UNITS = {"": 1, "b": 1, **{f"{letter}b": 1000**n for n, letter in enumerate("kmg", 1)}} | {
    f"{letter}ib": 1024**n for n, letter in enumerate("kmg", 1)
}


def main(arguments: Sequence[str]) -> int:
    """Writes the parts and tells their names."""
    args = parser().parse_args(arguments)
    return exit_code_of(lambda: _run(args))


def _run(args: argparse.Namespace) -> int:
    if args.parts == 0 or args.max_requests == 0 or args.max_bytes == 0:
        raise UsageError("--parts, --max-requests and --max-bytes count from 1")
    if args.max_bytes > limits().batch.bytes_binary or args.max_requests > limits().batch.requests:
        most = limits().batch
        tell(f"note: the API takes {most.requests:,} requests and {most.bytes_binary:,} bytes at the most")
    folder = Path(args.output_dir or ("." if args.path == "-" else Path(args.path).parent))
    if not folder.is_dir():
        raise UsageError(f"there is no folder {folder}")
    with reading(args.path):
        source = open_input(args.path)
    with source, steady(source):
        wanted = PartLimits(args.max_requests, args.max_bytes, args.parts)
        *parts, manifest = split(source, wanted, folder, args.container)
    of_what = str(parts[0]) if len(parts) == 1 else f"{parts[0]} to {parts[-1].name}"
    tell(f"{how_many(len(parts), 'part')}: {of_what}; {manifest.name} says what is where")
    return CLEAN


def size(text: str) -> int:
    """A number of bytes: `256MB`, `200MiB`, `1_000_000`."""
    found = re.fullmatch(r"([\d,_]*\d)(?:\.(\d{1,9}))? ?([a-z]*)", text.strip().lower(), re.ASCII)
    unit = UNITS.get(found[3]) if found else None
    if found is None or unit is None or (found[2] and unit == 1):
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a size: write bytes, or a number with kB, MB, GB, KiB, MiB or GiB"
        )
    whole: int = int(found[1].replace(",", "").replace("_", "")) * unit
    part = int(found[2] + "0" * (9 - len(found[2]))) * unit // 10**9 if found[2] else 0
    return whole + part


def parser() -> Parser:
    """The options of split."""
    most = limits().batch
    result = Parser(
        prog="batchlint split", usage="batchlint split [OPTIONS] FILE", description=DESCRIPTION, epilog=EPILOG
    )
    add = result.add_argument
    add("path", metavar="FILE", help="the batch file; - is standard input")
    add("--max-requests", type=count, default=most.requests, metavar="N", help=f"default {most.requests:,}")
    add("--max-bytes", type=size, default=most.bytes_decimal, metavar="SIZE", help=f"default {most.bytes_decimal:,}")
    add("--parts", type=count, metavar="N", help="so many parts of about the same size")
    add("--output-dir", metavar="DIR", help="where the parts are written (default: next to the file)")
    add(
        "--as",
        dest="container",
        choices=CONTAINERS,
        metavar="FORM",
        help=f"{', '.join(CONTAINERS)} (default: as the file; envelope: bodies ready to be sent)",
    )
    return result
