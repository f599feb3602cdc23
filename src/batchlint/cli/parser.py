"""An argument parser that tells a wrong call in one line, with a suggestion, and never ends the process itself."""

from __future__ import annotations

import argparse
import datetime
import sys
from typing import IO, Any, NoReturn

from batchlint.cli import Finished, UsageError
from batchlint.spelling import meant

MOST_JOBS = 256
"""Processes that may be asked for; more are a slip of the pen."""


class Formatter(argparse.RawDescriptionHelpFormatter):
    """Help for the width of the screen, where the longest option is next to its text."""

    def __init__(self, prog: str, **options: Any) -> None:
        from batchlint.terminal.screen import screen_of

        self._screen = screen_of(sys.stdout)
        super().__init__(prog, **{"max_help_position": 30, "width": self._screen.prose} | options)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        """Paragraphs, which a blank line ends, wrapped; in a list, each line by itself."""
        from batchlint.terminal.wrap import wrapped

        lines: list[str] = []
        for paragraph in text.split("\n\n"):
            is_list = "  " in paragraph
            for each in paragraph.splitlines() if is_list else [" ".join(paragraph.split())]:
                lines += wrapped(each, self._screen, indent="    " if is_list else "")
            lines.append("")
        return "\n".join(lines[:-1])

    def _format_usage(self, usage: str | None, actions: Any, groups: Any, prefix: str | None) -> str:
        """One call in a line, wrapped where it has to be."""
        if usage is None:
            return super()._format_usage(usage, actions, groups, prefix)
        from batchlint.terminal.wrap import wrapped

        lines: list[str] = []
        for number, call in enumerate(usage.splitlines()):
            first = " " * len("usage: ") if number else "usage: "
            lines += wrapped(call.strip() % {"prog": self._prog}, self._screen, first, " " * 10)
        return "\n".join(lines) + "\n\n"


class Parser(argparse.ArgumentParser):
    """argparse without abbreviations, and with `UsageError` in place of an exit."""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_abbrev=False, formatter_class=Formatter, **options)

    def parse_args(self, *arguments: Any) -> argparse.Namespace:  # type: ignore[override]
        """What the arguments say; where they ask for the version, that is shown, and `Finished` raised."""
        args: argparse.Namespace = super().parse_args(*arguments)
        if getattr(args, "version", False):
            from batchlint.cli.version import version_text

            self._print_message(version_text(args.verbose))
            raise Finished(0)
        return args

    def error(self, message: str) -> NoReturn:
        unknown = message.partition("unrecognized arguments: ")[2].split(" ")[0].partition("=")[0]
        nearest = meant(unknown, self._option_string_actions) if unknown else None
        hint = f"; did you mean {nearest}?" if nearest else f" (see {self.prog} --help)"
        raise UsageError(message + hint)

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        if message:
            self._print_message(message, sys.stderr)
        raise Finished(status)

    def _print_message(self, message: str, file: IO[str] | None = None) -> None:  # type: ignore[override]
        (file or sys.stdout).write(message)


def add_color(to: argparse._ActionsContainer) -> None:
    """The option that says whether there are colours."""
    to.add_argument(
        "--color", choices=["auto", "always", "never"], default="auto", metavar="WHEN", help="auto, always or never"
    )


def add_listing(to: argparse._ActionsContainer) -> None:
    """The options of a command that lists something."""
    to.add_argument("--format", choices=["text", "json"], default="text", metavar="FMT", help="text or json")
    to.add_argument("--wide", action="store_true", help="the whole table, however wide")


def names(text: str) -> list[str]:
    """Names separated by commas."""
    return [name.strip() for name in text.split(",") if name.strip()]


def date(text: str) -> datetime.date:
    """A day as YYYY-MM-DD."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date of the form YYYY-MM-DD") from None


def model(text: str) -> str:
    """The id of a model, as the Claude API or another platform has it, in the form of the Claude API."""
    from batchlint.dialects.job_model import claude_id

    try:
        return claude_id(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def jobs(text: str) -> int:
    """A number of processes."""
    number = int(text) if text.isascii() and text.isdigit() else 0
    if not 0 < number <= MOST_JOBS:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of processes from 1 to {MOST_JOBS}")
    return number


def count(text: str) -> int:
    """A whole number from 0 on; `80_000` and `80,000` are understood."""
    try:
        number = int(text.replace(",", "").replace("_", ""))
    except ValueError:
        number = -1
    if number < 0:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number >= 0")
    return number
