"""`batchlint join`: joins shards, as if one run had checked all of their files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from batchlint.cli import UNREADABLE, UsageError, tell
from batchlint.cli.args import defaults
from batchlint.cli.check import clean_lines, exit_code
from batchlint.cli.outputs import look_of, open_reports, outputs_of
from batchlint.cli.parser import Parser, count
from batchlint.cli.reaching import add_unpacked, reaching_as
from batchlint.reports import FORMATS, OutputError
from batchlint.sources.reach import is_url, whole_url

if TYPE_CHECKING:
    import argparse

    from batchlint.rulebook import Rulebook
    from batchlint.shards import Shard

DESCRIPTION = """\
Joins shard files (batchlint shard) into the reports of one run over all of
their files. Requests whose ids are used in two shards, and those with
findings, are read again, so the files must be where they were."""


def main(arguments: Sequence[str]) -> int:
    """Joins shard files and returns the exit code of a run over their files."""
    args = parser().parse_args(arguments)
    if not args.shards:
        raise UsageError("no shard given; name the files that batchlint shard wrote")
    with reaching_as(args, args.allow_url):
        return _join(args)


def _join(args: argparse.Namespace) -> int:
    from batchlint.run import Run
    from batchlint.shards import ShardError
    from batchlint.shards.checking import checks_of, in_order, paths_of

    try:
        shards = in_order(map(_read, args.shards))
        paths = paths_of(shards)
        _check_urls(paths)
        rulebook = _rulebook(shards[0], args.baseline)
        outputs = outputs_of(args, [*args.shards, *paths])
        version = rulebook.settings.options.api_version
        with open_reports(outputs, look_of(args), version) as reports:
            run = Run(lambda path: rulebook, reports, checks=checks_of(shards))
            run.check(paths)
            notes = run.close()
    except (ShardError, OutputError) as error:
        tell(f"error: {error}")
        return UNREADABLE
    for path, reason in run.unreadable:
        tell(f"{path}: cannot be read: {reason.strerror or reason}")
    if not args.quiet:
        told = [f"{each.path or each.format}: {note}" for each, note in zip(outputs, notes, strict=True) if note]
        for line in (*told, *clean_lines(run.tally, len(paths) - len(run.unreadable))):
            tell(line)
    return exit_code(run, args)


def parser() -> Parser:
    parser = Parser(prog="batchlint join", description=DESCRIPTION)
    parser.set_defaults(**defaults())
    parser.add_argument("shards", nargs="*", metavar="SHARD", help="shard files, in any order")
    add = parser.add_argument
    add("--format", action="append", metavar="FMT[=FILE]", help=f"{', '.join(FORMATS)} (default: full)")
    add("--output", action="append", metavar="[FMT=]FILE", help="a report into a file, besides the one shown")
    add("--max-findings", type=count, metavar="N", help="in full and markdown (default 50; 0: all)")
    add("--baseline", metavar="FILE", help="what it accepts does not fail")
    add("--color", choices=["auto", "always", "never"], metavar="WHEN", help="auto, always or never")
    add("--allow-url", action="append", default=[], metavar="URL", help="read files there, or at URLs that begin so")
    add_unpacked(parser)
    add("--quiet", action="store_true", help="print findings only")
    add("--exit-zero", action="store_true", help="exit 0 also where findings fail")
    return parser


def _read(path: str) -> Shard:
    from batchlint.shards import ShardError, shard_of

    try:
        with open(path, "rb") as file:
            return shard_of(file.read())
    except OSError as error:
        raise ShardError(f"{path}: cannot be read: {error.strerror or error}") from None
    except ShardError as error:
        raise ShardError(f"{path}: {error}") from None


def _check_urls(paths: Iterable[str]) -> None:
    """Raises `UsageError` where a shard is of a URL that the command line does not name."""
    for path in filter(is_url, paths):
        try:
            whole_url(path)
        except OSError:
            raise UsageError(
                f"a shard is of {path}; --allow-url {path.rpartition('/')[0]}/ lets join read it"
            ) from None


def _rulebook(shard: Shard, baseline: str | None) -> Rulebook:
    """The rulebook of the shards' run, with a baseline."""
    from batchlint.config import ConfigError
    from batchlint.config.baseline import read_baseline
    from batchlint.rulebook import Rulebook
    from batchlint.shards.shard import engine_of, settings_of

    held_to = settings_of(shard)
    try:
        return Rulebook(engine_of(held_to), held_to, None if baseline is None else read_baseline(baseline))
    except ConfigError as error:
        raise UsageError(error) from None
