"""The command line: which command is meant, and what becomes of errors."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence

COMMANDS = {
    "check": "find what the API would refuse (what PATH alone means)",
    "fix": "mend what has one right answer: a diff, a new file, or in place",
    "stats": "requests, bytes, tokens and cost by model",
    "split": "parts under the limits",
    "ids": "legal custom_ids with a stored map, and the way back",
    "baseline": "accept today's findings; only new ones fail from then on",
    "submit": "check, send, and note what was sent (needs the api extra)",
    "fetch": "save the results of batches (needs the api extra)",
    "log": "what was sent, when, in which attempt",
    "results": "what came back: classes, causes, where in the source",
    "retry": "a new batch of just what is worth sending again",
    "merge": "results of parts or attempts in one file",
    "config": "the settings in force for a file, and where each comes from",
    "shard": "check one of many files, on whatever machine",
    "join": "one report of all shards",
    "lsp": "findings in an editor (needs the lsp extra)",
    "schema": "the JSON Schemas, for editors and other tools",
    "rules": "every rule in a line; with WORD, those that speak of it",
    "rule": "one rule's page",
    "models": "what the rules know of each model",
    "completion": "completion for bash, zsh or fish",
    "help": "the options of a command",
}
"""The commands by name, each a module of this package with a `main(arguments) -> int`."""

READING_URLS = ("check", "stats", "baseline", "shard", "join", "config")
"""The commands that take URLs."""
URL_COMMANDS = "check, stats, baseline and shard"

CLEAN, FINDINGS, USAGE, UNREADABLE, BUG = 0, 1, 2, 3, 70


class UsageError(Exception):
    """The command line or the configuration is wrong; the message is one line."""


class Finished(Exception):
    """The command is done before its work began, as with `--help`."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


def main(arguments: Sequence[str]) -> int:
    """Runs one command and returns its exit code; a wrong call is reported in one line."""
    try:
        if any("\0" in argument for argument in arguments):
            raise UsageError("there is a NUL byte in an argument; no path has one")
        if not arguments:
            importlib.import_module(f"{__name__}.help").show(sys.stderr)
            return USAGE
        name, rest = _command(list(arguments))
        if name not in READING_URLS and (url := next(filter(_is_url, rest), None)):
            raise UsageError(f"{url}: batchlint {name} works on files of this machine; {URL_COMMANDS} read URLs")
        return int(importlib.import_module(f"{__name__}.{name}").main(rest))
    except UsageError as error:
        tell(f"error: {error}")
        return USAGE
    except Finished as finished:
        return finished.status


def _command(arguments: list[str]) -> tuple[str, list[str]]:
    """The name of the command that is meant, and its arguments. Raises `UsageError` for one that is misspelt."""
    first = arguments[0] if arguments else ""
    if first in ("-h", "--help"):
        return "help", []
    if first in COMMANDS:
        return first, arguments[1:]
    if first.replace("-", "").isalpha() and not first.startswith("-") and not os.path.lexists(first):
        from batchlint.spelling import meant

        nearest = meant(first, COMMANDS)
        if nearest is not None:
            raise UsageError(f"there is no command and no file {first!r}; did you mean {nearest!r}?")
    return "check", arguments


def _is_url(argument: str) -> bool:
    return argument.partition("://")[0].isalnum() and "://" in argument


def guarded_main(arguments: Sequence[str]) -> int:
    """`main`, with a closed pipe ending quietly, Ctrl-C as a shell expects it, and a bug told as one."""
    try:
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(errors="backslashreplace")  # What an encoding lacks is written out, and no crash.
        status = main(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has what it wanted. Python would complain once more when it closes stdout at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLEAN
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        from batchlint.cli.crash import crash_report

        sys.stderr.write(crash_report(error, arguments))
        return BUG
    return status


def tell(text: str) -> None:
    """A line on standard error, where everything goes that is not a finding; on a terminal it is wrapped."""
    from batchlint.reports.plain import plain

    line = f"batchlint: {plain(text)}"
    if sys.stderr.isatty():
        from batchlint.terminal.screen import screen_of

        screen = screen_of(sys.stderr)
        if len(line) > screen.prose or not line.isascii():
            from batchlint.terminal.wrap import wrapped

            line = "\n".join(wrapped(line, screen, indent="  "))
    sys.stderr.write(f"{line}\n")
