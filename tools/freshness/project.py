"""Where the facts of the project are, and what they say today."""

import datetime
import re
import tomllib
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

Json = dict[str, Any]
REQUIRED = re.compile(r'"anthropic==([^"]+)"')


class Project:
    """The files of a checkout that a new SDK can change, and what they say."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.facts = root / "src" / "batchlint" / "facts"
        self.rules = root / "src" / "batchlint" / "rules"
        self.schemas = root / "schemas"
        self.overlay = root / "tools" / "schemas" / "overlay.toml"
        self.snapshot = root / "tools" / "freshness" / "snapshot.json"
        self.citations = root / "tools" / "freshness" / "citations.toml"
        self.sentences = root / "tools" / "sdk_sentences.toml"
        self.requirements = root / "pyproject.toml"

    def shown(self, path: Path) -> str:
        """A path as it is written in a report: relative to the project."""
        return path.relative_to(self.root).as_posix()

    def table(self, name: str) -> Json:
        """The facts of `NAME.toml`."""
        return tomllib.loads((self.facts / f"{name}.toml").read_text(encoding="utf-8"))

    @property
    def sdk(self) -> str:
        """The number of the SDK that the project is tested with; ValueError where pyproject.toml names none."""
        found = REQUIRED.search(self.requirements.read_text(encoding="utf-8"))
        if not found:
            raise ValueError(f'{self.requirements.name} has no "anthropic==NUMBER"')
        return found[1]

    @cached_property
    def models(self) -> Mapping[str, Json]:
        """The models by id and by alias, each with its `id`."""
        tables = self.table("models")["model"]
        named = {name: {**table, "id": name} for name, table in tables.items()}
        return {name: each for each in named.values() for name in (each["id"], *each.get("aliases", ()))}

    @cached_property
    def headers(self) -> Mapping[str, str]:
        """The list that each beta header is in."""
        lists = self.table("betas")["headers"]
        return {header: name for name, headers in lists.items() if isinstance(headers, list) for header in headers}

    @cached_property
    def creation_errors(self) -> frozenset[str]:
        """The codes of the refusals of a whole batch."""
        return frozenset(self.table("outcomes").get("creation", ()))

    @cached_property
    def tools(self) -> frozenset[str]:
        """The types of tools that tools.toml describes."""
        return frozenset(self.table("tools")["tool"])

    @cached_property
    def rule_texts(self) -> Mapping[str, str]:
        """The source of every rule, by its path as shown."""
        return {self.shown(path): path.read_text(encoding="utf-8") for path in sorted(self.rules.glob("*.py"))}

    @cached_property
    def cited(self) -> list[Json]:
        """Which words of docstrings facts and rules rest on: citations.toml, and the rules of sdk_sentences.toml."""
        entries = [*_tables(self.citations, "cited")]
        for each in _tables(self.sentences, "sentence"):
            if "rule" in each:
                path = self.rules / f"{each['rule'].replace('-', '_')}.py"
                entries.append({"words": each["text"], "by": [self.shown(path)]})
        return entries

    def retirement(self, model: str) -> set[datetime.date]:
        """The days of retirement that the facts know of a model, a disputed one among them."""
        table = self.models.get(model, {})
        return {table[name] for name in ("retires", "retires_disputed") if name in table}


def _tables(path: Path, name: str) -> list[Json]:
    """The tables of that name in a file; none where there is no file."""
    document = tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    tables: list[Json] = document.get(name, [])
    return tables
