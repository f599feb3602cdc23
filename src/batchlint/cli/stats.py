"""`batchlint stats PATH...`: what the files hold, and what they would cost."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from typing import TextIO

from batchlint.batch import Batch
from batchlint.cli import CLEAN, UNREADABLE, UsageError, tell
from batchlint.cli.exit_codes import exit_code_of
from batchlint.cli.input_files import inputs_of
from batchlint.cli.jobs import expect_all, jobs_of
from batchlint.cli.outputs import format_of, output
from batchlint.cli.parser import Parser, add_color, count, jobs
from batchlint.cli.reaching import add_reach, reaching_as
from batchlint.engine.parallel.parts import FilePart
from batchlint.options import DEFAULT_TOKEN_LIMIT, Options
from batchlint.reports.dumped import dumped
from batchlint.sources import ReadingFailed, Source, open_source, steady
from batchlint.sources.progress import Progress
from batchlint.sources.reach import is_url
from batchlint.stats.collect import Collected
from batchlint.stats.json import request_object, rest_of_document
from batchlint.stats.measure import Measured
from batchlint.stats.parts import MeasuredPart, Measuring, measure_share

DESCRIPTION = """\
Requests, bytes, estimated tokens and cost at batch prices, by model, the distribution of tokens, and the largest
requests."""
FORMATS = ("text", "json", "html")
Answers = Iterator[tuple[FilePart, MeasuredPart | None]]


def main(arguments: Sequence[str]) -> int:
    """Measures the files; exits 0 on every file that can be read, whatever it holds."""
    options = parser().parse_args(arguments)
    if not options.paths:
        raise UsageError("no file given; name a batch file, or - for standard input (see batchlint stats --help)")
    options.format = options.format or format_of(options.output, FORMATS)
    if options.per_request and options.format != "json":
        raise UsageError("--per-request needs --format json")
    with reaching_as(options, options.paths):
        paths = inputs_of(options.paths).files
        return exit_code_of(lambda: _run_into(options, paths))


def _run_into(options: argparse.Namespace, paths: Sequence[str]) -> int:
    with output(options.output, paths, for_people=options.format == "text") as stream:
        return _run(options, paths, stream)


def _run(options: argparse.Namespace, paths: Sequence[str], stream: TextIO) -> int:
    listing = Listing(stream) if options.format == "json" else None
    files: list[Batch] = []
    collected = Collected()
    with Progress(not options.no_progress) as progress, answers_of(options, paths) as answers:
        expect_all(progress, paths)
        measuring = Measuring(progress, listing.add if listing is not None and options.per_request else None)
        status = _measure(paths, options, measuring, answers, collected, files)
    if listing is not None:
        listing.close(collected, files, options.max_tokens_per_request)
    elif options.format == "html":
        from batchlint.stats.html import write

        write(collected, files, options.max_tokens_per_request, stream)
    else:
        from batchlint.stats.text import text_lines
        from batchlint.terminal.paint import Paint
        from batchlint.terminal.screen import screen_of

        paint = Paint(screen_of(stream, options.color))
        for line in text_lines(collected, files, options.max_tokens_per_request, paint, wide=options.wide):
            stream.write(line + "\n")
    return status


def _measure(
    paths: Sequence[str],
    options: argparse.Namespace,
    measuring: Measuring,
    answers: Answers,
    collected: Collected,
    files: list[Batch],
) -> int:
    """Measures the files, in their order; returns the exit code."""
    status = CLEAN
    by_file = groupby(answers, key=lambda answer: answer[0].path)
    waiting = next(by_file, None)
    for path in paths:
        parts: Answers = iter(())
        if waiting is not None and waiting[0] == path:
            parts = waiting[1]
        try:
            with open_source(path, stdin_filename=options.stdin_filename) as source, steady(source):
                of_file = measuring.of_file(source, parts)
                collected.merge(of_file)
                files.append(_batch(source, of_file))
        except ReadingFailed as error:
            tell(f"{path}: cannot be read: {error.strerror}")
            status = UNREADABLE
        except BrokenPipeError:
            raise
        except OSError as error:
            tell(f"{path}: cannot be read: {error.strerror or error}")
            status = UNREADABLE
        if waiting is not None and waiting[0] == path:
            waiting = next(by_file, None)
    return status


@contextmanager
def answers_of(options: argparse.Namespace, paths: Sequence[str]) -> Iterator[Answers]:
    """The parts of the files in their order, as other processes measure them; none where there is one process."""
    wanted = jobs_of(options.jobs, paths)
    from batchlint.engine.parallel.sharing import can_be_shared, shares_of

    if wanted == 1 or not can_be_shared(paths):
        yield iter(())
        return
    from batchlint.engine.parallel.workers import Workers

    with Workers(wanted, [options.per_request], measure_share, forked=not any(map(is_url, paths))) as workers:
        yield workers.checked(shares_of(paths, lambda path: 0))
        if workers.lost:
            tell("a process ended before its work was done; what it had was measured without it")


class Listing:
    """The JSON document, its requests as they come."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        stream.write('{"requests": [')
        self._separator = "\n"

    def add(self, request: Measured) -> None:
        """Lists a request."""
        self._stream.write(self._separator + dumped(request_object(request)))
        self._separator = ",\n"

    def close(self, collected: Collected, files: list[Batch], limit: int) -> None:
        """Writes the rest of the document."""
        rest = (f',\n"{name}": {dumped(value)}' for name, value in rest_of_document(collected, files, limit))
        self._stream.write(f"]{''.join(rest)}}}\n")


def _batch(source: Source, collected: Collected) -> Batch:
    requests = collected.requests + collected.unreadable
    return Batch(source.path, source.container, requests, source.size, collected.bytes, False, Options())


def parser() -> Parser:
    """The options of stats."""
    result = Parser(prog="batchlint stats", usage="batchlint stats [OPTIONS] PATH...", description=DESCRIPTION)
    result.add_argument("paths", nargs="*", metavar="PATH", help="batch files or folders; - is standard input")
    add = result.add_argument
    add("--format", choices=FORMATS, metavar="FMT", help=f"{', '.join(FORMATS)} (default: text)")
    add("--output", metavar="FILE", help="write the report into a file; its ending names the format")
    add("--per-request", action="store_true", help="with json: each request in a line, its index counted from 0")
    add(
        "--max-tokens-per-request",
        type=count,
        default=DEFAULT_TOKEN_LIMIT,
        metavar="N",
        help=f"the limit that is marked (default {DEFAULT_TOKEN_LIMIT:,}; 0: none)",
    )
    add("--stdin-filename", metavar="NAME", help="what standard input is called")
    add("--jobs", type=jobs, metavar="N", help="processes (default: automatic; 1 for small files)")
    add("--wide", action="store_true", help="the whole table, however wide")
    add_color(result)
    add_reach(result)
    add("--no-progress", action="store_true", help="no progress on standard error")
    return result
