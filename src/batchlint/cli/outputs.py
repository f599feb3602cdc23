"""The outputs of a run: one format on standard output, others into files."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, NamedTuple, TextIO

from batchlint.cli import UsageError
from batchlint.reports import FORMATS, Look, OutputError, Report, make_report
from batchlint.spelling import meant
from batchlint.terminal.screen import Screen, screen_of

if TYPE_CHECKING:
    import argparse

ENDINGS = {
    ".json": ("json", "gitlab", "sarif"),
    ".jsonl": ("jsonl",),
    ".sarif": ("sarif",),
    ".md": ("markdown",),
    ".xml": ("junit",),
    ".html": ("html",),
    ".txt": ("full", "concise", "github"),
}
"""The formats that a file's name allows; the first is meant, unless standard output has another of them."""


FOR_PEOPLE = ("full", "statistics")
"""Formats that are laid out for the screen that they are written to."""


class Output(NamedTuple):
    """A format, and the file that it goes to; None: standard output."""

    format: str
    path: str | None = None


def outputs_of(args: argparse.Namespace, inputs: Collection[str]) -> list[Output]:
    """What was asked for by `--format` and `--output`; standard output comes first. Raises `UsageError`."""
    named = [_named(text) for text in args.format]
    formats = [each.format for each in named if each.path is None]
    if args.statistics and formats not in ([], ["full"]):
        raise UsageError(f"--statistics is for people; --format {formats[0]} has each finding, to be counted")
    if len(formats) > 1:
        raise UsageError(f"standard output has one format; write the other into a file: --format {formats[-1]}=FILE")
    files = [each for each in named if each.path is not None]
    files += [_placed(text, formats[0] if formats else None) for text in args.output]
    _check_paths([each.path for each in files if each.path is not None], inputs)
    return [Output("statistics" if args.statistics else formats[0] if formats else "full"), *files]


@contextlib.contextmanager
def open_reports(outputs: Collection[Output], look: Look, api_version: str | None) -> Iterator[list[Report]]:
    """The reports, with their files open; the files get their names when all is done. Raises `OutputError`."""
    if all(each.path is not None or each.format not in FOR_PEOPLE for each in outputs):
        write_utf8()
    with contextlib.ExitStack() as files, writing():
        reports = []
        for each in outputs:
            if each.path is None:
                reports.append(make_report(each.format, sys.stdout, look, api_version))
            else:
                from batchlint.reports.report_files import report_file

                stream = files.enter_context(report_file(each.path))
                reports.append(
                    make_report(each.format, stream, Look(Screen(), look.max_findings, look.root), api_version)
                )
        yield reports
        sys.stdout.flush()


def write_utf8() -> None:
    """Lets standard output be UTF-8, as programs expect it; what people read keeps the encoding of their terminal."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")


@contextlib.contextmanager
def output(path: str | None = None, inputs: Collection[str] = (), *, for_people: bool = False) -> Iterator[TextIO]:
    """A file that appears whole or not at all, or else standard output, which is UTF-8 unless it is `for_people`.

    Raises UsageError for an input.
    """
    if path is not None:
        from batchlint.reports.report_files import read_too, report_file

        if read_too(path, inputs):
            raise UsageError(f"{path} is read by this run; it cannot be written as well")
        with writing(), report_file(path) as stream:
            yield stream
        return
    if not for_people:
        write_utf8()
    with writing():
        yield sys.stdout
        sys.stdout.flush()


@contextlib.contextmanager
def writing() -> Iterator[None]:
    """Tells as `OutputError` what the system says of a report, a full disk for one."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        with contextlib.suppress(OSError, ValueError):
            # Python would complain once more when it flushes what is left at the end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise OutputError(f"a report cannot be written: {error.strerror or error}") from None


def look_of(args: argparse.Namespace, path: str | None = None) -> Look:
    """How the reports for people look, and to what the paths for services are relative. A file is never painted."""
    screen = screen_of(sys.stdout, args.color) if path is None else Screen()
    return Look(screen, args.max_findings, repository_root())


def format_of(path: str | None, formats: Collection[str]) -> str:
    """The format that a file's name says; the first of the formats where it says none of them."""
    ending = "" if path is None else os.path.splitext(path)[1].lower()
    named = {".md": "markdown"}.get(ending, ending.removeprefix("."))
    return named if named in formats else next(iter(formats))


def repository_root() -> str:
    """The folder to which GitHub and GitLab take paths as relative; the working folder elsewhere."""
    here = os.getcwd()
    for name in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        root = os.environ.get(name)
        if root and f"{os.path.realpath(here)}/".startswith(f"{os.path.realpath(root)}/"):
            return root
    return here


def _named(text: str) -> Output:
    """`FORMAT` or `FORMAT=FILE`."""
    name, equals, path = text.partition("=")
    if name not in FORMATS:
        nearest = meant(name, FORMATS)
        hint = f"did you mean {nearest}?" if nearest else f"there are {', '.join(FORMATS)}"
        raise UsageError(f"there is no format {name!r}; {hint}")
    if equals and not path:
        raise UsageError(f"--format {text} names no file")
    return Output(name, path or None)


def _placed(text: str, on_terminal: str | None) -> Output:
    """`FORMAT=FILE`, or `FILE` in the format that its name says, else in the one of the terminal."""
    name, equals, _ = text.partition("=")
    if equals and name in FORMATS:
        return _named(text)
    shown = on_terminal or "full"
    allowed = ENDINGS.get(os.path.splitext(text)[1].lower(), (shown,))
    return Output(shown if shown in allowed else allowed[0], text)


def _check_paths(paths: list[str], inputs: Collection[str]) -> None:
    seen = set()
    for path in paths:
        from batchlint.reports.report_files import read_too

        if read_too(path, inputs):
            raise UsageError(f"{path} is read by this run; it cannot be written as well")
        real = os.path.realpath(path)
        if real in seen:
            raise UsageError(f"two reports cannot go to {path}")
        seen.add(real)
