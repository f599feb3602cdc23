"""Runs public test suites where a checkout of one is given; none of their files is part of this project.

    python tools/run_suites.py --json CHECKOUT        nst/JSONTestSuite: what is JSON, and what is not
    python tools/run_suites.py --schema CHECKOUT      json-schema-org/JSON-Schema-Test-Suite, draft 2020-12

Of JSONTestSuite every text is read as a line, in a list and in the body of a request: `y_` has to be read, `n_` has to
fail. Of the other each instance is held as an example against its schema; where batchlint says nothing of a schema
(it is too complex, or a reference leads out of it), that is counted as left open. Exit codes: 0 all agree, 1 some do
not, and are named.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from batchlint.engine import Engine
from batchlint.json_schema.example_check import ExampleCheck
from batchlint.json_schema.metaschema import is_valid
from batchlint.json_schema.stepwise import TooComplexError
from batchlint.options import Options
from batchlint.rules import all_rules
from batchlint.sources import source_of_bytes

NOT_JSON = {"invalid-json", "truncated-json", "invalid-utf-8", "empty-file"}
OPTIONAL = ("ecmascript-regex", "non-bmp-regex", "bignum", "float-overflow")
"""Optional parts that concern what is done here: formats are not checked, and no other draft is known."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", type=Path, metavar="CHECKOUT")
    parser.add_argument("--schema", type=Path, metavar="CHECKOUT")
    args = parser.parse_args()
    outcomes: Counter[str] = Counter()
    for suite, run in ((args.json, json_suite), (args.schema, schema_suite)):
        for outcome, name in run(suite) if suite else ():
            outcomes[outcome] += 1
            if outcome == "differs":
                print(f"differs: {name}")
    print(", ".join(f"{count:,} {outcome}" for outcome, count in sorted(outcomes.items())) or "no checkout is given")
    return 1 if outcomes["differs"] else 0


def json_suite(checkout: Path) -> Iterator[tuple[str, str]]:
    """Each text in each container: `agrees`, `differs`, or `open`, where the suite itself leaves it open."""
    for path in sorted((checkout / "test_parsing").glob("*.json")):
        text = path.read_bytes()
        for name, data in (
            ("line", text + b"\n"),
            ("item", b'{"custom_id": "a", "params": ' + text + b"}\n"),
            ("list", b'[{"custom_id": "a", "params": ' + text + b"}]"),
            ("body", b'{"requests": [{"custom_id": "a", "params": ' + text + b"}]}"),
        ):
            rules = {each.rule.name for each in findings(data) if each.severity == "error"}
            kind = path.name[0]
            if kind == "i":
                yield "open", path.name
            else:
                is_right = not rules & NOT_JSON if kind == "y" else bool(rules)
                yield ("agrees" if is_right else "differs"), f"{path.name} as {name}: {sorted(rules)}"


def findings(data: bytes) -> list[Any]:
    with source_of_bytes(data) as source:
        return list(Engine(Options(), all_rules().values()).check(source))


def schema_suite(checkout: Path) -> Iterator[tuple[str, str]]:
    """Each instance against its schema: `agrees`, `differs`, or `open`, where nothing is said of it."""
    folder = checkout / "tests" / "draft2020-12"
    for path in (*sorted(folder.glob("*.json")), *(folder / "optional" / f"{name}.json" for name in OPTIONAL)):
        for group in json.loads(path.read_bytes()):
            check = ExampleCheck(group["schema"]) if is_valid(group["schema"]) else None
            for test in group["tests"]:
                name = f"{path.name}: {group['description']}: {test['description']}"
                yield verdict(check, test["data"], test["valid"]), name


def verdict(check: ExampleCheck | None, data: Any, is_right: bool) -> str:
    if check is None:
        return "open"
    try:
        fits = check.first_mismatch(data) is None
    except TooComplexError:
        return "open"
    if fits and not is_right:
        return "passed over"
    return "agrees" if fits == is_right else "differs"


if __name__ == "__main__":
    sys.exit(main())
