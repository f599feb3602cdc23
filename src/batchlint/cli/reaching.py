"""Allows a command to read more than plain files: the URLs on its command line, and compressed files."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from batchlint.cli import UsageError
from batchlint.sources.reach import DEFAULT_UNPACKED, ReachError, reaching

if TYPE_CHECKING:
    import argparse

HTTPS = "read https:// URLs too"
UNPACKED = "of a .gz or .zst file, unpacked (default 1 GiB; 0: all)"


def add_reach(parser: argparse.ArgumentParser, *, shown: bool = True) -> None:
    """The options that say how far a command reaches; not `shown`: the messages name them to whoever needs them."""
    from argparse import SUPPRESS

    parser.add_argument("--allow-https", action="store_true", help=HTTPS if shown else SUPPRESS)
    add_unpacked(parser, shown=shown)


def add_unpacked(parser: argparse.ArgumentParser, *, shown: bool = True) -> None:
    """The option that bounds what compressed files unpack to."""
    from argparse import SUPPRESS

    from batchlint.cli.parser import count

    parser.add_argument("--max-bytes", type=count, metavar="N", help=UNPACKED if shown else SUPPRESS)


@contextmanager
def reaching_as(args: argparse.Namespace, paths: Iterable[str]) -> Iterator[None]:
    """Within it these URLs are read, and compressed files. Raises `UsageError` for URLs that are not read."""
    most = DEFAULT_UNPACKED if args.max_bytes is None else args.max_bytes or sys.maxsize
    try:
        with reaching(paths, allow_https=getattr(args, "allow_https", True), most_unpacked=most):
            yield
    except ReachError as error:
        raise UsageError(error) from None
