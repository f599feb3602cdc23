"""`batchlint shard`: checks a file, or a part of one, for a run over more files than one machine has."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from batchlint.cli import CLEAN, UNREADABLE, UsageError, tell
from batchlint.cli.args import defaults, given_values
from batchlint.cli.check import configurations
from batchlint.cli.check_parser import add_circumstances, add_rules
from batchlint.cli.parser import Parser
from batchlint.cli.reaching import add_reach, reaching_as
from batchlint.config import ConfigError
from batchlint.config.select import UnknownRule
from batchlint.config.settings import settings
from batchlint.rules import all_rules
from batchlint.sources.reach import shown

DESCRIPTION = """\
Checks FILE, or a part of it, and writes what it found into a shard file, on
whatever machine; batchlint join joins the shards of all files. Exit 0 says
that the shard is written, whatever was found. Give every shard the same
options, --as-of among them."""


def main(arguments: Sequence[str]) -> int:
    """Writes the shard of a file."""
    args = parser().parse_args(arguments)
    from batchlint.reports.report_files import read_too

    if args.baseline:
        raise UsageError("--baseline is for batchlint join, which knows all findings")
    if args.path == "-":
        raise UsageError("standard input cannot be read again by batchlint join; name a file")
    if read_too(args.output, [args.path]):
        raise UsageError(f"{args.output} is read by this run; it cannot be written as well")
    with reaching_as(args, [args.path]):
        return _write(args)


def _write(args: argparse.Namespace) -> int:
    from batchlint.files.drafts import open_draft
    from batchlint.shards.checking import check_part_of
    from batchlint.shards.shard_file import bytes_of

    number, count = args.part
    try:
        held_to = settings(configurations(args)(args.path), given_values(args), all_rules())
    except (ConfigError, UnknownRule) as error:
        raise UsageError(error) from None
    try:
        shard = check_part_of(shown(args.path), held_to, number, count)
    except OSError as error:
        tell(f"{args.path}: cannot be read: {error.strerror or error}")
        return UNREADABLE
    try:
        from pathlib import Path

        target = Path(args.output)
        draft, file = open_draft(target)
        with file:
            file.write(bytes_of(shard))
        draft.replace(target)
    except OSError as error:
        tell(f"error: {args.output}: cannot be written: {error.strerror or error}")
        return UNREADABLE
    return CLEAN


def parser() -> Parser:
    parser = Parser(prog="batchlint shard", description=DESCRIPTION)
    parser.set_defaults(**defaults())
    parser.add_argument("path", metavar="FILE", help="the file to check, or its URL")
    parser.add_argument("-o", "--output", required=True, metavar="SHARD", help="the shard file to write")
    parser.add_argument(
        "--part", type=_part, default=(1, 1), metavar="I/N", help="only the part I of N, cut by bytes (default: 1/1)"
    )
    add_reach(parser)
    add_rules(parser)
    add_circumstances(parser)
    return parser


def _part(text: str) -> tuple[int, int]:
    number, slash, count = text.partition("/")
    if slash and all(each.isascii() and each.isdigit() for each in (number, count)) and 0 < int(number) <= int(count):
        return int(number), int(count)
    raise argparse.ArgumentTypeError(f"{text!r} is not a part like 2/5")
