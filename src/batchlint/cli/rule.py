"""`batchlint rule NAME`: one rule's page."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from batchlint.cli import UsageError
from batchlint.cli.parser import Parser
from batchlint.config.select import UnknownRule, known
from batchlint.rules import all_rules


def main(arguments: Sequence[str]) -> int:
    """Shows the page of a rule."""
    parser = Parser(prog="batchlint rule", description="One rule's page.")
    parser.add_argument("name", metavar="NAME", help="the rule's name, as in the brackets of a finding")
    options = parser.parse_args(arguments)
    rules = all_rules()
    try:
        (name,) = known(rules, [options.name])
    except UnknownRule as error:
        raise UsageError(error) from None
    rule = rules[name]
    summary, _, page = rule.page.partition("\n")
    sys.stdout.write(
        f"{rule.name} ({rule.severity}, impact: {rule.impact}, since {rule.since})\n\n{summary}\n{page.rstrip()}\n\n"
    )
    sys.stdout.write(f"Source: {rule.source} (checked {rule.checked})\n")
    return 0
