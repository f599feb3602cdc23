"""`batchlint rules [WORD]`: every rule in a line, or those that speak of something."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import Any

from batchlint.cli import UsageError
from batchlint.cli.parser import Parser, add_color, add_listing
from batchlint.resources import rule_url
from batchlint.rule import Rule
from batchlint.rules import all_rules
from batchlint.spelling import meant
from batchlint.terminal.paint import Paint
from batchlint.terminal.screen import screen_of
from batchlint.terminal.table import TextColumn, laid_out

FIELDS = ("name", "severity", "impact", "since", "summary", "source", "checked", "fixes")
COLUMNS = (
    TextColumn("rule"),
    TextColumn("severity"),
    TextColumn("impact"),
    TextColumn("fix", rank=1),
    TextColumn("what it finds", prose=True),
)


def main(arguments: Sequence[str]) -> int:
    """Lists the rules."""
    options = parser().parse_args(arguments)
    rules = chosen(all_rules().values(), options.word)
    if options.format == "json":
        from batchlint.reports.dumped import dumped

        sys.stdout.write(dumped([as_object(rule) for rule in rules], indent=1) + "\n")
        return 0
    rows = [[rule.name, rule.severity, rule.impact, mark(rule), rule.summary] for rule in rules]
    for line in laid_out(COLUMNS, rows, Paint(screen_of(sys.stdout, options.color)), wide=options.wide).lines:
        sys.stdout.write(line + "\n")
    return 0


def chosen(rules: Iterable[Rule], word: str | None) -> list[Rule]:
    """The rules whose name or summary has a word; raises UsageError where there is none."""
    every = list(rules)
    found = [rule for rule in every if word is None or word.lower() in f"{rule.name} {rule.summary}".lower()]
    if not found and word is not None:
        nearest = meant(word, [rule.name for rule in every])
        raise UsageError(f"no rule speaks of {word!r}" + (f"; did you mean {nearest!r}?" if nearest else ""))
    return found


def as_object(rule: Rule) -> dict[str, Any]:
    """A rule as the document lists it."""
    return {field: getattr(rule, field) for field in FIELDS} | {"url": rule_url(rule.name)}


def mark(rule: Rule) -> str:
    """What `batchlint fix` does about a rule's findings: nothing, safe fixes, or only unsafe ones."""
    return "fix" if "safe" in rule.fixes else "unsafe fix" if rule.fixes else ""


def parser() -> Parser:
    """The options of rules."""
    result = Parser(
        prog="batchlint rules",
        usage="batchlint rules [OPTIONS] [WORD]",
        description="Every rule: its name, severity, impact, whether batchlint fix mends it, and what it finds.",
    )
    result.add_argument("word", nargs="?", metavar="WORD", help="only rules with this in their name or summary")
    add_listing(result)
    add_color(result)
    return result
