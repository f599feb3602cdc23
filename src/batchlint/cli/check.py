"""`batchlint PATH...`: lints batch files."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from batchlint import __version__
from batchlint.cli import CLEAN, FINDINGS, UNREADABLE, UsageError, tell
from batchlint.cli.parser import Parser, count, date, names
from batchlint.engine import Engine
from batchlint.options import DEFAULT_TOKEN_LIMIT, Options
from batchlint.reports import FORMATS, Look, Report, make_report
from batchlint.rules import all_rules
from batchlint.run import Run
from batchlint.schema import API_VERSIONS
from batchlint.select import UnknownRule, lowered, selected
from batchlint.tally import Tally

DESCRIPTION = """\
Finds what the Claude API would refuse in Message Batch files, before they are sent.

Files are line-JSON, a JSON array, or {"requests": [...]}; - is standard input.
Other commands: batchlint rules, batchlint rule NAME."""
EPILOG = "Exit codes: 0 clean, 1 findings that fail, 2 wrong call or configuration, 3 a file cannot be read, 70 a bug."


def main(arguments: Sequence[str]) -> int:
    """Lints the files and returns the exit code."""
    chosen = parser().parse_args(arguments)
    if not chosen.paths:
        raise UsageError("no file given; name a batch file, or - for standard input (see batchlint --help)")
    options = lint_options(chosen)
    rules = all_rules()
    try:
        engine = Engine(
            options, selected(rules, chosen.select, chosen.extend_select, chosen.ignore), lowered(rules, chosen.warn)
        )
    except UnknownRule as error:
        raise UsageError(error) from None
    run = Run(engine, [report(chosen)], chosen.stdin_filename)
    run.check(chosen.paths)
    run.close()
    for path, reason in run.unreadable:
        tell(f"{path}: cannot be read: {reason.strerror or reason}")
    if not chosen.quiet:
        say_clean(run.tally, len(chosen.paths) - len(run.unreadable))
    return exit_code(run, chosen)


def exit_code(run: Run, chosen: argparse.Namespace) -> int:
    """3 where a file could not be read, 1 where findings fail, unless `--exit-zero`."""
    if run.unreadable:
        return UNREADABLE
    failing = run.tally.errors + (run.tally.warnings if chosen.strict else 0)
    return FINDINGS if failing and not chosen.exit_zero else CLEAN


def say_clean(tally: Tally, files: int) -> None:
    """Tells a person that everything was read and nothing found."""
    if files and not tally.rules:
        plural = "s" if files != 1 else ""
        tell(f"no findings in {tally.requests:,} requests of {files} file{plural}")


def report(chosen: argparse.Namespace) -> Report:
    """The report that was asked for, on standard output."""
    wants_color = chosen.color == "always" or (
        chosen.color == "auto"
        and sys.stdout.isatty()
        and not os.environ.get("NO_COLOR")
        and os.environ.get("TERM") != "dumb"
    )
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    return make_report(chosen.format, sys.stdout, Look(wants_color, chosen.max_findings), chosen.api_version)


def lint_options(chosen: argparse.Namespace) -> Options:
    """What the command line says of the things outside the file."""
    betas = None
    if chosen.beta:
        betas = frozenset(name for name in chosen.beta if name != "none")
        if len(betas) != len(set(chosen.beta)) and betas:
            raise UsageError("--beta none says that there are no beta headers; it cannot stand beside --beta NAME")
    given = {} if chosen.as_of is None else {"as_of": chosen.as_of}
    return Options(
        api_version=chosen.api_version,
        betas=betas,
        max_tokens_per_request=chosen.max_tokens_per_request,
        max_request_bytes=chosen.max_request_bytes or None,
        strict=chosen.strict,
        **given,
    )


def parser() -> Parser:
    """The options of check; the contract says what they are called."""
    result = Parser(prog="batchlint", usage="batchlint [OPTIONS] PATH...", description=DESCRIPTION, epilog=EPILOG)
    result.add_argument("paths", nargs="*", metavar="PATH", help=argparse.SUPPRESS)
    add = result.add_argument
    add("--format", choices=list(FORMATS), default="full", metavar="FMT", help=f"{', '.join(FORMATS)} (default: full)")
    add("--select", type=names, action="extend", metavar="RULES", help="only these rules (names by commas)")
    add("--extend-select", type=names, action="extend", default=[], metavar="RULES", help="these rules too")
    add("--ignore", type=names, action="extend", default=[], metavar="RULES", help="not these rules")
    add("--warn", type=names, action="extend", default=[], metavar="RULES", help="these rules as warnings")
    add("--strict", action="store_true", help="warnings fail too")
    add(
        "--max-tokens-per-request",
        type=count,
        default=DEFAULT_TOKEN_LIMIT,
        metavar="N",
        help=f"estimated input tokens (default {DEFAULT_TOKEN_LIMIT:,}; 0: off)",
    )
    add("--max-request-bytes", type=count, metavar="N", help="bytes that one request may have (default: no limit)")
    add("--api-version", choices=API_VERSIONS, metavar="V", help=f"anthropic-version: {' or '.join(API_VERSIONS)}")
    add(
        "--beta",
        action="append",
        default=[],
        metavar="NAME",
        help="anthropic-beta header of the batch (repeatable; none)",
    )
    add("--as-of", type=date, metavar="DATE", help="day of submission (default: today)")
    add("--no-config", action="store_true", help="read no configuration file")
    add(
        "--max-findings",
        type=count,
        default=50,
        metavar="N",
        help="findings shown in full and concise (default 50; 0: all)",
    )
    add("--stdin-filename", metavar="NAME", help="what standard input is called in the findings")
    add("--no-progress", action="store_true", help="no progress on standard error")
    add("--color", choices=["auto", "always", "never"], default="auto", metavar="WHEN", help="auto, always or never")
    add("--quiet", action="store_true", help="say nothing but findings")
    add("--exit-zero", action="store_true", help="exit 0 also where findings fail")
    add("--version", action="version", version=f"batchlint {__version__}")
    return result
