"""The options of check."""

from __future__ import annotations

import argparse
from typing import Any

from batchlint.cli.args import defaults, given_values
from batchlint.cli.parser import Parser, count, date, jobs, model, names
from batchlint.cli.reaching import add_reach
from batchlint.dialects.detecting import DIALECTS
from batchlint.options import DEFAULT_TOKEN_LIMIT, Options
from batchlint.reports import FORMATS
from batchlint.schema import API_VERSIONS

DESCRIPTION = """\
Finds what the Claude API would refuse in Message Batch files, before they are sent. Files are JSONL, a JSON array, or
{"requests": [...]}; - is standard input, a folder is searched."""
RULE_KEYS = ("select", "extend-select", "ignore", "warn")
EPILOG = """\
Exit codes: 0 clean, 1 findings that fail, 2 wrong call or configuration, 3 a file cannot be read or written, 70 a
bug. batchlint --help lists the other commands."""


def parser(**words: Any) -> Parser:
    """The options of check, called as the contract says; `words` are argparse's for another command's name."""
    words = {"add_help": False, "prog": "batchlint", "usage": "batchlint [OPTIONS] PATH...", "epilog": EPILOG} | words
    result = Parser(**{"description": DESCRIPTION} | words)
    result.set_defaults(**defaults())
    result.add_argument("paths", nargs="*", metavar="PATH", help=argparse.SUPPRESS)
    _add_outputs(result)
    add_reach(result, shown=False)
    add_rules(result)
    add_circumstances(result).add_argument(
        "--count-tokens",
        choices=["estimate", "api"],
        metavar="HOW",
        help="estimate, or api where that is open (needs the api extra)",
    )
    return result


def _add_outputs(result: Parser) -> None:
    add = result.add_argument_group("output").add_argument
    formats = ", ".join(FORMATS)
    add("--format", action="append", metavar="FMT[=FILE]", help=f"{formats} (default: full)")
    add("--output", action="append", metavar="[FMT=]FILE", help="a report into a file, besides the one shown")
    add("--only-batches", action="store_true", help="pass over named files that hold no batch")
    add("--max-findings", type=count, metavar="N", help="groups that full shows (default 50; 0: all)")
    add("--statistics", action="store_true", help="how often each rule found something, in place of the findings")
    add("--stdin-filename", metavar="NAME", help="what standard input is called")
    add("--jobs", type=jobs, metavar="N", help="processes (default: automatic; 1 for small files)")
    add("--no-progress", action="store_true", help="no progress on standard error")
    add("--color", choices=["auto", "always", "never"], metavar="WHEN", help="auto, always or never")
    add("-q", "--quiet", action="store_true", help="print findings only")
    add("--exit-zero", action="store_true", help="exit 0 even if there are failing findings")
    add("-h", "--help", action="help", help="show this help message and exit")
    add("-V", "--version", action="store_true", help="show the version and exit")
    add("--verbose", action="store_true", help="list what is passed over; more with --version")


def add_rules(result: Parser) -> None:
    """The options that say which rules are in force."""
    add = result.add_argument_group("rule selection (comma-separated, repeatable)").add_argument
    add("--select", type=names, action="extend", metavar="RULES", help="only these")
    add("--extend-select", type=names, action="extend", metavar="RULES", help="these too")
    add("--ignore", type=names, action="extend", metavar="RULES", help="not these")
    add("--warn", type=names, action="extend", metavar="RULES", help="these as warnings")
    add("--strict", action="store_const", const=True, help="warnings fail too")
    add("--baseline", metavar="FILE", help="what it accepts does not fail")
    add("--config", metavar="FILE", help="this configuration, for all files")
    add("--no-config", action="store_true", help="no configuration file")


def add_circumstances(result: Parser) -> argparse._ArgumentGroup:
    """The options for the things outside the file on which its verdict hangs."""
    group = result.add_argument_group("the batch")
    add = group.add_argument
    add("--api-version", choices=API_VERSIONS, metavar="V", help=f"anthropic-version: {', '.join(API_VERSIONS)}")
    add("--beta", action="append", metavar="NAME", help="anthropic-beta header (repeatable; or: none)")
    add("--dialect", choices=DIALECTS, metavar="D", help=f"{', '.join(DIALECTS)} (default: auto)")
    add("--model", type=model, metavar="ID", help="the model of a Bedrock or Vertex job")
    add("--whole-job", action="store_const", const=True, help="these files are all that the job has")
    add("--as-of", type=date, metavar="DATE", help="day of submission (default: today)")
    add(
        "--max-tokens-per-request",
        type=count,
        metavar="N",
        help=f"estimated input tokens (default {DEFAULT_TOKEN_LIMIT:,}; 0: off)",
    )
    add("--max-request-bytes", type=count, metavar="N", help="bytes of one request (default: no limit)")
    add("--max-item-bytes", type=count, metavar="N", help="of a request that is read (default 64 MiB; 0: all)")
    return group


def lint_options(args: argparse.Namespace) -> Options:
    """What the command line alone says of the things outside the file."""
    from batchlint.config import Configuration
    from batchlint.config.settings import settings

    given = {key: value for key, value in given_values(args).items() if key not in RULE_KEYS}
    return settings(Configuration(), given, {}).options
