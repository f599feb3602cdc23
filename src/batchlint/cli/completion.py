"""`batchlint completion SHELL`: what lets a shell complete commands and options."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import resources

from batchlint.cli import CLEAN
from batchlint.cli.parser import Parser

SHELLS = ("bash", "zsh", "fish")
DESCRIPTION = """\
Prints the completion of a shell.

bash: batchlint completion bash > ~/.local/share/bash-completion/completions/batchlint

zsh: batchlint completion zsh > ~/.zfunc/_batchlint, where ~/.zfunc is in fpath

fish: batchlint completion fish > ~/.config/fish/completions/batchlint.fish"""


def main(arguments: Sequence[str]) -> int:
    """Prints the completion that was generated when batchlint was built (tools/generate_completions.py)."""
    options = parser().parse_args(arguments)
    file = resources.files("batchlint.cli") / "completions" / f"batchlint.{options.shell}"
    sys.stdout.write(file.read_text(encoding="utf-8"))
    return CLEAN


def parser() -> Parser:
    """The options of completion."""
    result = Parser(prog="batchlint completion", usage="batchlint completion SHELL", description=DESCRIPTION)
    result.add_argument("shell", choices=SHELLS, metavar="SHELL", help=", ".join(SHELLS))
    return result
