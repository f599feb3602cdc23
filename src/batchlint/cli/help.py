"""`batchlint help [COMMAND]`: what batchlint does in one screen, or the options of a command."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import TextIO

from batchlint.cli import CLEAN, COMMANDS, Finished, UsageError
from batchlint.cli.parser import Parser
from batchlint.spelling import meant
from batchlint.terminal.paint import Paint
from batchlint.terminal.screen import screen_of
from batchlint.terminal.wrap import wrapped

SUMMARY = "Finds what the Claude API would refuse in a Message Batch, before it is sent."
EXAMPLES = {
    "batchlint requests.jsonl": "check a file, a folder, or - (standard input)",
    "batchlint fix requests.jsonl": "show what would be mended",
    "batchlint stats requests.jsonl": "estimate tokens and cost",
}
EXIT_CODES = "Exit codes: 0 clean, 1 findings, 2 wrong call, 3 unreadable file, 70 a bug."


def parser() -> Parser:
    """The options of help, for completion."""
    result = Parser(prog="batchlint help", usage="batchlint help [COMMAND]", description="What a command does.")
    result.add_argument("command", nargs="?", choices=list(COMMANDS), metavar="COMMAND", help="one of them")
    return result


def main(arguments: Sequence[str]) -> int:
    """Shows the help."""
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        show(sys.stdout)
        return CLEAN
    if len(arguments) > 1:
        raise UsageError("name one command: batchlint help COMMAND")
    (name,) = arguments
    if name not in COMMANDS:
        nearest = meant(name, COMMANDS)
        hint = f"did you mean {nearest!r}?" if nearest else "batchlint --help lists them"
        raise UsageError(f"there is no command {name!r}; {hint}")
    try:
        importlib.import_module(f"batchlint.cli.{name}").main(["--help"])
    except Finished as finished:
        return finished.status
    return CLEAN


def show(stream: TextIO) -> None:
    """Writes the first screen."""
    for line in overview(Paint(screen_of(stream))):
        stream.write(line + "\n")


def overview(paint: Paint) -> Iterator[str]:
    """The lines of the first screen: what it does, examples, the commands, the options of check by group."""
    yield from wrapped(SUMMARY, paint.screen)
    yield ""
    yield from _pairs(EXAMPLES, paint)
    yield ""
    yield f"{paint.painted('Commands', 'bold')} (batchlint help COMMAND says more)"
    yield from _pairs(COMMANDS, paint)
    yield ""
    yield f"{paint.painted('Options', 'bold')} of check (batchlint help check says what each does)"
    for title, options in option_groups():
        yield from wrapped(f"{title}: {', '.join(options)}", paint.screen, "  ", "    ")
    yield from wrapped(EXIT_CODES, paint.screen)


def _pairs(words: Mapping[str, str], paint: Paint) -> Iterator[str]:
    """Words in one column, what they mean in the next."""
    wide = max(map(len, words))
    for word, what in words.items():
        first, *rest = wrapped(what, paint.screen, f"  {word:{wide}}  ")
        yield first.replace(word, paint.painted(word, "note"), 1)
        yield from rest


def option_groups() -> Iterator[tuple[str, list[str]]]:
    """The options of check by group, each by its longest name."""
    from argparse import SUPPRESS

    from batchlint.cli.check_parser import parser

    for group in parser()._action_groups:
        names = [
            max(action.option_strings, key=len)
            for action in group._group_actions
            if action.option_strings and action.help is not SUPPRESS
        ]
        if names and group.title and names != ["--help"]:
            yield group.title.partition(" (")[0], names
