"""The command line: which command is meant, and what becomes of errors."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence

COMMANDS = {
    "check": "lint batch files (what is meant where no command is named)",
    "fix": "mend what has one right answer",
    "stats": "requests, bytes, tokens and cost by model",
    "ids": "legal custom_ids with a stored map, and the way back",
    "results": "what came back: classes, causes, where in the source",
    "submit": "lint, send, and note what was sent (needs the api extra)",
    "fetch": "save the results of batches (needs the api extra)",
    "log": "what was sent, when, in which attempt",
    "retry": "a new batch of just what is worth sending again",
    "split": "parts under the limits",
    "merge": "results of parts or attempts joined",
    "config": "the settings in force for a file, and where each comes from",
    "baseline": "accept today's findings",
    "shard": "check a file for a run over more of them than one machine has",
    "join": "the reports of all shards",
    "lsp": "findings in an editor (needs the lsp extra)",
    "schema": "the JSON Schemas, for editors and other tools",
    "models": "the model table that the rules use",
    "rules": "every rule in a line",
    "rule": "one rule's page",
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
        name, rest = (
            ("check", list(arguments))
            if not arguments or arguments[0] not in COMMANDS
            else (arguments[0], list(arguments[1:]))
        )
        if name not in READING_URLS and (url := next(filter(_is_url, rest), None)):
            raise UsageError(f"{url}: batchlint {name} works on files of this machine; {URL_COMMANDS} read URLs")
        return int(importlib.import_module(f"{__name__}.{name}").main(rest))
    except UsageError as error:
        tell(f"error: {error}")
        return USAGE
    except Finished as finished:
        return finished.status


def _is_url(argument: str) -> bool:
    return argument.partition("://")[0].isalnum() and "://" in argument


def guarded_main(arguments: Sequence[str]) -> int:
    """`main`, with a closed pipe ending quietly, Ctrl-C as a shell expects it, and a bug told as one."""
    try:
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
    """A line on standard error, where everything goes that is not a finding."""
    from batchlint.reports.plain import plain

    sys.stderr.write(f"batchlint: {plain(text)}\n")
