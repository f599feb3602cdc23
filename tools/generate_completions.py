"""Writes the shell completions, which `batchlint completion` prints, from the parsers of the commands.

python tools/generate_completions.py            writes them
python tools/generate_completions.py --check    names what is out of date
"""

from __future__ import annotations

import argparse
import importlib
import sys
from pathlib import Path

import shtab

from batchlint.cli import COMMANDS
from batchlint.cli.completion import SHELLS
from batchlint.cli.parser import Parser

FOLDER = Path(__file__).parent.parent / "src" / "batchlint" / "cli" / "completions"
FILES = ("FILE", "PATH", "RESULTS", "OUT", "MAP", "SHARD", "BATCH_ID|FILE", "FMT[=FILE]", "[FMT=]FILE")
FOLDERS = ("DIR",)


def main() -> int:
    """Writes or compares."""
    check = "--check" in sys.argv[1:]
    stale = []
    for shell in SHELLS:
        path = FOLDER / f"batchlint.{shell}"
        text = completion(shell)
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            stale.append(path.name)
            if not check:
                path.parent.mkdir(exist_ok=True)
                path.write_text(text, encoding="utf-8")
    for name in stale:
        print(f"{name} {'is out of date' if check else 'written'}")
    return int(check and bool(stale))


def completion(shell: str) -> str:
    """The completion of a shell, with one line feed at its end and no blanks at the end of lines."""
    text = shtab.complete(whole_parser(), shell)
    if shell == "bash":  # In place of a command there may be a file, as for check.
        first = "_shtab_batchlint_pos_0_choices="
        text = text.replace(first, f"_shtab_batchlint_pos_0_COMPGEN=_shtab_compgen_files\n{first}", 1)
    return "\n".join(line.rstrip() for line in text.splitlines()) + "\n"


def whole_parser() -> argparse.ArgumentParser:
    """All commands in one parser; a path in place of a command is a file, as for check."""
    result = parser_of("check")
    result.prog = "batchlint"
    result._actions[:] = [action for action in result._actions if action.option_strings]
    for group in result._action_groups:
        group._group_actions[:] = [action for action in group._group_actions if action.option_strings]
    commands = result.add_subparsers(dest="command", parser_class=Parser)
    for name, what in COMMANDS.items():
        commands.add_parser(name, parents=[parser_of(name)], add_help=False, help=what, description=what)
    for each in (result, *commands.choices.values()):
        for action in each._actions:
            mark(action)
    return result


def mark(action: argparse.Action) -> None:
    """Says what the value of an option is completed with."""
    if action.choices is None and action.metavar in FILES:
        action.complete = shtab.FILE  # type: ignore[attr-defined]
    elif action.metavar in FOLDERS:
        action.complete = shtab.DIRECTORY  # type: ignore[attr-defined]


def parser_of(name: str) -> Parser:
    """The parser of a command."""
    module = "check_parser" if name in ("check", "baseline", "config") else name
    parser: Parser = importlib.import_module(f"batchlint.cli.{module}").parser()
    return parser


if __name__ == "__main__":
    sys.exit(main())
