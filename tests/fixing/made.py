"""Files that are fixed in memory."""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.config import Configuration
from batchlint.config.select import selected
from batchlint.config.settings import settings
from batchlint.engine import Engine
from batchlint.finding import Finding
from batchlint.fixing.linting import RulebookLinter
from batchlint.fixing.passes import Fixed, fixed
from batchlint.options import Options
from batchlint.rulebook import Rulebook
from batchlint.rules import all_rules
from batchlint.sources import Source, source_of_bytes


def lint(source: Source, options: Options, select: list[str] | None = None) -> Iterator[Finding]:
    """The problems of a file, as if nothing had been read before."""
    return Engine(options, selected(all_rules(), select)).check(source)


def fix(data: bytes, options: Options, *, unsafe: bool = False, select: list[str] | None = None) -> tuple[bytes, Fixed]:
    """The bytes after the fixes, and what came of them."""
    with source_of_bytes(data) as source:
        done = fixed(source, RulebookLinter(rulebook(options, select)), unsafe=unsafe)
        with done.source:
            return done.source.read(0, done.source.size), done


def rulebook(options: Options, select: list[str] | None) -> Rulebook:
    """A rulebook of these rules."""
    given = {
        "select": select,
        "api-version": options.api_version,
        "betas": options.betas,
        "as-of": options.as_of,
        "max-tokens-per-request": options.max_tokens_per_request,
        "max-request-bytes": options.max_request_bytes,
        "strict": options.strict,
    }
    made = settings(Configuration(), given, all_rules())
    return Rulebook(Engine(made.options, made.rules, made.severities), made)
