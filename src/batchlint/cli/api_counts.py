"""`check --count-tokens api`: the API counts the requests that may be too long."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from batchlint.cli import UsageError, tell
from batchlint.rulebook import Rulebooks
from batchlint.schema import API_VERSIONS

if TYPE_CHECKING:
    from batchlint.online.token_counts import TokenCounts


def count_with_api(rulebooks: Rulebooks, files: Sequence[str], progress: bool) -> Rulebooks:
    """The rulebooks, with exact counts for these files. What cannot be counted stays estimated, and is said."""
    if "-" in files:
        raise UsageError("--count-tokens api reads the files twice, which standard input cannot be")
    from batchlint.online.client import NotReady, api_client
    from batchlint.online.token_counts import count_tokens

    tokens: dict[str, int] = {}
    failures: list[str] = []
    try:
        for path in files:
            options = rulebooks.of(path).settings.options
            client = api_client(options.api_version or API_VERSIONS[-1], options.betas or ())
            found = count_tokens(client, path, options, _show if progress and sys.stderr.isatty() else _silent)
            tokens |= found.tokens
            failures += found.failures
    except NotReady as error:
        raise UsageError(error) from None
    finally:
        if progress and sys.stderr.isatty():
            sys.stderr.write("\r\x1b[K")
    if tokens or failures:
        tell(f"{len(tokens):,} requests counted by the API")
    if failures:
        tell(f"{len(failures):,} could not be counted, and stay estimated; the first: {failures[0]}")
    return rulebooks.with_exact_tokens(tokens)


def _show(counts: TokenCounts) -> None:
    sys.stderr.write(f"\r\x1b[K{len(counts.tokens):,} requests counted by the API")
    sys.stderr.flush()


def _silent(counts: TokenCounts) -> None:
    pass
