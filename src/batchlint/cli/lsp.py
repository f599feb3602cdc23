"""`batchlint lsp`: a language server on standard input and output."""

from __future__ import annotations

import os
from collections.abc import Sequence

from batchlint.cli import CLEAN, UsageError
from batchlint.cli.parser import Parser

DESCRIPTION = """\
A language server for batch files: findings while typing, quick fixes, pages of rules, and completion.

An editor starts it and speaks to it on standard input and output (docs/editors.md)."""


def main(arguments: Sequence[str]) -> int:
    """Serves one editor until it is told to end."""
    parser().parse_args(arguments)
    from batchlint.rulebook import Rulebooks

    try:
        from batchlint.lsp.server import make_server
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in ("pygls", "lsprotocol"):
            raise
        raise UsageError(
            "batchlint lsp needs pygls, which is not installed: install batchlint with its lsp extra"
        ) from None
    from batchlint.config import Closest

    server = make_server(lambda: Rulebooks(Closest().above, {}))
    # The server closes what it speaks on; the command still has its own.
    with os.fdopen(os.dup(0), "rb") as heard, os.fdopen(os.dup(1), "wb") as said:
        server.start_io(heard, said)
    return CLEAN


def parser() -> Parser:
    """The options of lsp."""
    result = Parser(prog="batchlint lsp", usage="batchlint lsp", description=DESCRIPTION)
    result.add_argument("--stdio", action="store_true", help="what editors add; there is no other way")
    return result
