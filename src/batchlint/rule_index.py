"""What the rules say of themselves, read without importing them: 150 modules would take longer than a small file.

A rule's summary and metadata are literals, so they can be read from the text of its module. A build writes those of all
rules into one file, which an installed package reads instead; in a checkout the modules themselves are read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from batchlint.rule import Metadata

INDEX = "index.json"


class Described(NamedTuple):
    """A rule module by what it says of itself."""

    module: str
    summary: str
    """The first line of its docstring."""
    metadata: Metadata


def described(path: Path) -> Described:
    """What a rule module says of itself; ValueError where its META is not written in literals."""
    import ast

    tree = ast.parse(path.read_text(encoding="utf-8"))
    for statement in tree.body:
        if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == "META":
            assert isinstance(statement.value, ast.Call)
            values = {str(keyword.arg): ast.literal_eval(keyword.value) for keyword in statement.value.keywords}
            return Described(path.stem, (ast.get_docstring(tree) or "").partition("\n")[0], Metadata(**values))
    raise ValueError(f"{path.name} has no META")


def index_text(directory: Path) -> str:
    """The index of a directory of rule modules, as a build writes it."""
    rules = [described(path) for path in sorted(directory.glob("[a-z]*.py"))]
    rows = [[each.module, each.summary, each.metadata._asdict()] for each in rules]
    return json.dumps(rows, separators=(",", ":"))


def indexed(directory: Path) -> list[Described]:
    """The rules by the index that a build left in the directory; empty where there is none."""
    try:
        rows = json.loads((directory / INDEX).read_bytes())
    except OSError:
        return []
    return list(_read(rows))


def _read(rows: list[list[object]]) -> Iterator[Described]:
    for module, summary, values in rows:
        assert isinstance(values, dict)
        plain: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in values.items()
        }
        yield Described(str(module), str(summary), Metadata(**plain))
