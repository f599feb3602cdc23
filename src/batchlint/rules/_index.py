"""The metadata of the rules, read without importing them: 150 modules would take longer than a small file.

A rule's summary and metadata are literals, so they can be read from the text of its module. A build writes those of all
rules into one file, which an installed package reads instead; in a checkout the modules themselves are read.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, NamedTuple

from batchlint.rule import Metadata

if TYPE_CHECKING:
    from pathlib import Path

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
            return Described(
                path.stem, (ast.get_docstring(tree, clean=False) or "").partition("\n")[0], Metadata(**values)
            )
    raise ValueError(f"{path.name} has no META")


def index_text(directory: Path) -> str:
    """The index of a directory of rule modules, as a build writes it."""
    import json

    rows = [[each.module, each.summary, each.metadata] for each in read_rules(directory)]
    return json.dumps(rows, separators=(",", ":"))


def found_rules(folder: str) -> list[Described]:
    """The rules by the index that a build left in their folder; by their modules where there is none."""
    try:
        with open(os.path.join(folder, INDEX), "rb") as file:
            text = file.read()
    except OSError:
        from pathlib import Path

        return read_rules(Path(folder))
    import jiter

    return [Described(module, summary, _metadata(values)) for module, summary, values in jiter.from_json(text)]


def read_rules(directory: Path) -> list[Described]:
    """The rules of a directory by their modules, in the order of their names."""
    return [described(path) for path in sorted(directory.glob("[a-z]*.py"))]


def _metadata(values: list[Any]) -> Metadata:
    """JSON knows lists, where a rule writes tuples."""
    return Metadata._make(tuple(value) if isinstance(value, list) else value for value in values)
