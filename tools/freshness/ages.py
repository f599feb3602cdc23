"""When each fact was last looked at: read from the files that say it, and moved to another day in their text."""

import ast
import datetime
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from .project import Project
from .toml_text import with_table, with_value

CHECKED = re.compile(r"^checked = \d{4}-\d{2}-\d{2}$", re.MULTILINE)
RULE_CHECKED = re.compile(r'^    checked="\d{4}-\d{2}-\d{2}",$', re.MULTILINE)
TABLE = re.compile(r"^\[([^\[\]]+)\]", re.MULTILINE)


class Dated(NamedTuple):
    """Something that was looked at on a day."""

    name: str
    """`models`, `models.claude-opus-5`, `overlay`, `overlay.limit.Params/messages`, `rules.batch-size`."""
    checked: datetime.date
    source: str
    path: Path


def dated(project: Project) -> Iterator[Dated]:
    """Everything with a day of its own: files of facts, entries that state their own, the overlay, the rules."""
    for path in sorted(project.facts.glob("*.toml")):
        document = tomllib.loads(path.read_text(encoding="utf-8"))
        yield Dated(path.stem, document["checked"], document["source"], path)
        for table, entry in _entries(document):
            if "checked" in entry:
                yield Dated(f"{path.stem}.{table}", entry["checked"], entry.get("source", document["source"]), path)
    yield from _of_the_overlay(project)
    for path in sorted(project.rules.glob("[a-z]*.py")):
        yield from _of_a_rule(path)


def touched(each: Dated, text: str, day: datetime.date) -> str:
    """The text of its file with that day; a file of facts as a whole takes its entries along."""
    kind, _, entry = each.name.partition(".")
    if kind == "rules":
        return RULE_CHECKED.sub(f'    checked="{day}",', text, count=1)
    if not entry:
        return CHECKED.sub(f"checked = {day}", text)
    if kind == "overlay":
        return _with_overlay_entry(text, entry, day)
    return with_table(text, f"[{_header(text, entry)}]", lambda table: with_value(table, "checked", str(day)))


def named(project: Project, name: str) -> Dated:
    """What has that name; an entry of a file of facts may have no day of its own yet. KeyError where there is none."""
    for each in dated(project):
        if each.name == name:
            return each
    kind, _, entry = name.partition(".")
    path = project.facts / f"{kind}.toml"
    document = tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    for table, values in _entries(document):
        if table == entry:
            return Dated(name, document["checked"], values.get("source", document["source"]), path)
    raise KeyError(name)


def _entries(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The tables of a file by their names: `claude-opus-5` for `[model.claude-opus-5]`, `headers` for `[headers]`."""
    for name, table in document.items():
        if isinstance(table, dict):
            yield name, table
            yield from ((inner, each) for inner, each in table.items() if isinstance(each, dict))


def _header(text: str, entry: str) -> str:
    """The header of an entry's table as it is written; KeyError where it has none, as an inline table."""
    for header in TABLE.findall(text):
        if entry in (header.strip('"'), header.partition(".")[2].strip('"')):
            return str(header)
    raise KeyError(entry)


def _of_the_overlay(project: Project) -> Iterator[Dated]:
    tables = tomllib.loads(project.overlay.read_text(encoding="utf-8"))
    stated = [
        (kind, entry)
        for kind, entries in tables.items()
        for entry in (entries if isinstance(entries, list) else ())
        if isinstance(entry, dict) and "checked" in entry
    ]
    if stated:
        oldest = min(entry["checked"] for _, entry in stated)
        yield Dated("overlay", oldest, f"{len(stated)} entries, each with its own", project.overlay)
    for kind, entry in stated:
        name = f"overlay.{kind}.{_first_place(entry)}"
        yield Dated(name, entry["checked"], entry["source"], project.overlay)


def _first_place(entry: dict[str, Any]) -> str:
    """What an entry of the overlay is about, or the first of several places."""
    places = entry["at"] if "at" in entry else entry["definitions"]
    return str(places if isinstance(places, str) else places[0])


def _with_overlay_entry(text: str, name: str, day: datetime.date) -> str:
    """The overlay with the day of the entry of that kind which names this place first."""
    kind, _, place = name.partition(".")
    blocks = re.split(r"(?m)^(?=\[\[)", text)
    for index, block in enumerate(blocks):
        about = rf'^(?:at|definitions) = \[?\s*"{re.escape(place)}"'
        if block.startswith(f"[[{kind}]]") and re.search(about, block, re.MULTILINE):
            blocks[index] = CHECKED.sub(f"checked = {day}", block)
            return "".join(blocks)
    raise KeyError(name)


def _of_a_rule(path: Path) -> Iterator[Dated]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Metadata":
            values = {str(each.arg): each.value for each in node.keywords}
            name = f"rules.{path.stem.replace('_', '-')}"
            day = datetime.date.fromisoformat(ast.literal_eval(values["checked"]))
            yield Dated(name, day, ast.literal_eval(values["source"]), path)
