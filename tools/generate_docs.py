"""Writes the pages of the rules and their table from the rules themselves, or says what is out of date (--check).

    python tools/generate_docs.py [--check]

docs/rules.md is the table, docs/rules/NAME.md a page each, docs/api-said.md the API's sentences. The names of the
rules in schemas/config.schema.json come from here too, and with a public home the addresses in snippets and schemas.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import api_said
from home import with_home, with_id, with_version
from rule_page import cell, page

from batchlint.rule import Rule
from batchlint.rules import all_rules

PROJECT = Path(__file__).resolve().parent.parent
GENERATED = ("rules.md", "api-said.md")
PAGES = PROJECT / "docs" / "rules"


def main(arguments: list[str] | None = None) -> int:
    """Runs the command line; returns 1 where --check finds something out of date."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing, name what is out of date")
    check = parser.parse_args(arguments).check
    wanted = dict(files())
    stale = [path for path, text in wanted.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    unwanted = [path for path in PAGES.glob("*.md") if path not in wanted]
    for path in [*stale, *unwanted]:
        print(f"{'out of date' if check else 'written' if path in stale else 'removed'}: {path.relative_to(PROJECT)}")
    if check:
        return 1 if stale or unwanted else 0
    PAGES.mkdir(parents=True, exist_ok=True)
    for path in stale:
        path.write_text(wanted[path], encoding="utf-8", newline="\n")
    for path in unwanted:
        path.unlink()
    return 0


def files() -> Iterator[tuple[Path, str]]:
    """Every generated file and what it should hold."""
    rules = list(all_rules().values())
    names = {rule.name for rule in rules}
    yield PROJECT / "docs" / "rules.md", overview(rules)
    for rule in rules:
        yield PAGES / f"{rule.name}.md", page(rule, names)
    yield PROJECT / "docs" / "api-said.md", api_said.page()
    schema = PROJECT / "schemas" / "config.schema.json"
    yield schema, with_id(with_names(schema.read_text(encoding="utf-8"), rules), "config")
    for kind in ("findings", "results-report"):
        schema = PROJECT / "schemas" / f"{kind}.schema.json"
        yield schema, with_id(schema.read_text(encoding="utf-8"), kind)
    for shown in (PROJECT / "README.md", *sorted((PROJECT / "docs").glob("*.md"))):
        if shown.name not in GENERATED:
            yield shown, with_home(shown.read_text(encoding="utf-8"))
    for stated in (PROJECT / "CITATION.cff", PROJECT / "packaging" / "conda-forge" / "recipe.yaml"):
        yield stated, with_version(stated.read_text(encoding="utf-8"))


def overview(rules: list[Rule]) -> str:
    """The table of all rules, with the source of each."""
    lines = [
        "# Rules",
        "",
        f"{len(rules)} rules. An error is what the API refuses; a warning depends on something outside the file, or",
        "is accepted but almost certainly unintended. Impact: `batch` refuses the whole batch when it is created,",
        "`request` fails one request hours later, `waste` runs and costs. Fix: which fixes",
        "[`batchlint fix`](fix.md) has for it; unsafe ones are made only with `--unsafe`.",
        "",
        "| rule | severity | impact | fix | finds | source | checked |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for rule in rules:
        name = f"[{rule.name}](rules/{rule.name}.md)"
        kind = (rule.severity, rule.impact, ", ".join(rule.fixes))
        cells = (name, *kind, cell(rule.summary), cell(rule.source), rule.checked)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def with_names(schema: str, rules: list[Rule]) -> str:
    """The schema of the configuration with the names of the rules."""
    document = json.loads(schema)
    document["$defs"]["rule"]["enum"] = [rule.name for rule in rules]
    return json.dumps(document, indent=1) + "\n"


if __name__ == "__main__":
    sys.exit(main())
