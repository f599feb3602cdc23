"""`batchlint stats PATH...`: what the files hold, and what they would cost."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from batchlint.batch import Batch
from batchlint.cli import CLEAN, UNREADABLE, UsageError, tell
from batchlint.cli.input_files import named_files
from batchlint.cli.parser import Parser, count
from batchlint.cli.reaching import add_reach, reaching_as
from batchlint.options import DEFAULT_TOKEN_LIMIT, Options
from batchlint.reports.dumped import dumped
from batchlint.sources import ReadingFailed, Source, open_source, steady
from batchlint.sources.progress import Progress
from batchlint.stats.collect import Collected
from batchlint.stats.json import request_object, rest_of_document
from batchlint.stats.measure import measured
from batchlint.stats.text import text_lines

DESCRIPTION = "Requests, bytes, estimated tokens and cost at batch prices, by model, and the largest requests."


def main(arguments: Sequence[str]) -> int:
    """Measures the files; exits 0 on every file that can be read, whatever it holds."""
    parser = Parser(prog="batchlint stats", usage="batchlint stats [OPTIONS] PATH...", description=DESCRIPTION)
    parser.add_argument("paths", nargs="*", metavar="PATH", help="batch files; - is standard input")
    parser.add_argument("--format", choices=["text", "json"], default="text")
    parser.add_argument("--per-request", action="store_true", help="json: a line a request")
    parser.add_argument("--max-tokens-per-request", type=count, default=DEFAULT_TOKEN_LIMIT, metavar="N")
    parser.add_argument("--stdin-filename", metavar="NAME")
    parser.add_argument("--no-progress", action="store_true", help="no progress on standard error")
    add_reach(parser)
    options = parser.parse_args(arguments)
    if not options.paths:
        raise UsageError("no file given; name a batch file, or - for standard input (see batchlint stats --help)")
    if options.per_request and options.format != "json":
        raise UsageError("--per-request needs --format json")
    with reaching_as(options, options.paths):
        return _measure(options)


def _measure(options: argparse.Namespace) -> int:
    collected, files, status = Collected(), [], CLEAN
    if options.format == "json":
        sys.stdout.write('{"requests": [')
    separator = "\n"
    with Progress(not options.no_progress) as progress:
        for path in named_files(options.paths):
            try:
                source = open_source(path, stdin_filename=options.stdin_filename)
            except OSError as error:
                tell(f"{path}: cannot be read: {error.strerror or error}")
                status = UNREADABLE
                continue
            try:
                with source, steady(source):
                    before = (collected.requests, collected.unreadable, collected.bytes)
                    for request in measured(source, Options()):
                        collected.add(request)
                        if request is not None:
                            progress.advance(request.size)
                            if options.per_request:
                                sys.stdout.write(separator + dumped(request_object(request)))
                                separator = ",\n"
                    files.append(_batch(source, collected, before))
            except ReadingFailed as error:
                tell(f"{path}: cannot be read: {error.strerror}")
                status = UNREADABLE
    if options.format == "json":
        members = rest_of_document(collected, files, options.max_tokens_per_request)
        rest = "".join(f',\n"{name}": {dumped(value)}' for name, value in members)
        sys.stdout.write(f"]{rest}}}\n")
    else:
        for line in text_lines(collected, files, options.max_tokens_per_request):
            sys.stdout.write(line + "\n")
    return status


def _batch(source: Source, collected: Collected, before: tuple[int, int, int]) -> Batch:
    requests = collected.requests + collected.unreadable - before[0] - before[1]
    return Batch(source.path, source.container, requests, source.size, collected.bytes - before[2], False, Options())
