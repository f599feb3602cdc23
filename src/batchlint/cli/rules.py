"""`batchlint rules`: every rule in a line."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from batchlint.cli.parser import Parser
from batchlint.rule import Rule
from batchlint.rules import all_rules


def main(arguments: Sequence[str]) -> int:
    """Lists the rules."""
    parser = Parser(
        prog="batchlint rules",
        description="Every rule in a line: its name, severity, impact, whether batchlint fix mends it, what it finds.",
    )
    parser.add_argument("--format", choices=["text", "json"], default="text")
    options = parser.parse_args(arguments)
    rules = all_rules().values()
    if options.format == "json":
        import json

        fields = ("name", "severity", "impact", "since", "summary", "source", "checked", "fixes")
        json.dump([{field: getattr(rule, field) for field in fields} for rule in rules], sys.stdout, indent=1)
        sys.stdout.write("\n")
        return 0
    width = max(len(rule.name) for rule in rules)
    for rule in rules:
        sys.stdout.write(f"{rule.name:{width}}  {rule.severity:7}  {rule.impact:7}  {mark(rule):10}  {rule.summary}\n")
    return 0


def mark(rule: Rule) -> str:
    """What `batchlint fix` does about a rule's findings: nothing, safe fixes, or only unsafe ones."""
    return "fix" if "safe" in rule.fixes else "unsafe fix" if rule.fixes else ""
