"""`batchlint rule NAME`: one rule's page."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from batchlint.cli import UsageError
from batchlint.cli.parser import Parser, add_color
from batchlint.config.select import UnknownRule, known
from batchlint.resources import rule_url
from batchlint.rule import Rule
from batchlint.rules import all_rules
from batchlint.terminal.paint import Paint
from batchlint.terminal.screen import screen_of
from batchlint.terminal.wrap import wrapped


def main(arguments: Sequence[str]) -> int:
    """Shows the page of a rule."""
    options = parser().parse_args(arguments)
    rules = all_rules()
    try:
        (name,) = known(rules, [options.name])
    except UnknownRule as error:
        raise UsageError(error) from None
    rule = rules[name]
    if options.format == "json":
        from batchlint.cli.rules import as_object
        from batchlint.reports.dumped import dumped

        sys.stdout.write(dumped(as_object(rule) | {"page": rule.page}, indent=1) + "\n")
        return 0
    for line in page_lines(rule, Paint(screen_of(sys.stdout, options.color))):
        sys.stdout.write(line + "\n")
    return 0


def page_lines(rule: Rule, paint: Paint) -> Iterator[str]:
    """The page for a screen: paragraphs wrapped, code as it is."""
    summary, _, page = rule.page.partition("\n")
    name = paint.linked(paint.painted(rule.name, rule.severity), rule_url(rule.name))
    yield f"{name} ({rule.severity}, impact: {rule.impact}, since {rule.since})"
    yield ""
    for line in wrapped(summary, paint.screen):
        yield paint.painted(line, "bold")
    yield ""
    in_code = False
    paragraph: list[str] = []
    for line in [*page.strip().splitlines(), ""]:
        in_code ^= line.startswith("```")
        if in_code or line.startswith(("```", " ", "|")) or not line:
            yield from _wrapped(paragraph, paint)
            paragraph = []
            blanks = " " * (len(line) - len(line.lstrip()))
            yield from wrapped(line.strip(), paint.screen, blanks, blanks + "  ")
        elif line.startswith(("- ", "* ")):
            yield from _wrapped(paragraph, paint)
            paragraph = [line]
        else:
            paragraph.append(line)
    yield from wrapped(f"Source: {rule.source} (checked {rule.checked})", paint.screen)


def _wrapped(paragraph: list[str], paint: Paint) -> Iterator[str]:
    if paragraph:
        yield from wrapped(" ".join(paragraph), paint.screen, indent="  " if paragraph[0][:2] in ("- ", "* ") else "")


def parser() -> Parser:
    """The options of rule."""
    result = Parser(prog="batchlint rule", usage="batchlint rule [OPTIONS] NAME", description="One rule's page.")
    result.add_argument("name", metavar="NAME", help="the rule's name, as in the brackets of a finding")
    result.add_argument("--format", choices=["text", "json"], default="text", metavar="FMT", help="text or json")
    add_color(result)
    return result
