"""The part of the work on a new SDK that needs no judgement: schemas, headers, days of retirement, number, snapshot."""

import datetime
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path

from .changes import list_of, retirements_to_write
from .project import REQUIRED, Project
from .sdk import Sdk
from .snapshot import text_of
from .toml_text import key, with_table, with_value, without

WIDTH = 130
"""Characters of a line of headers."""


def write(project: Project, new: Sdk, schemas: Path, day: datetime.date) -> Iterator[str]:
    """Brings the files of the project up to the SDK; yields the path of each that is changed."""
    wanted = {project.schemas / path.name: path.read_text(encoding="utf-8") for path in schemas.glob("*.schema.json")}
    wanted[project.requirements] = REQUIRED.sub(f'"anthropic=={new.version}"', _text(project.requirements))
    wanted[project.facts / "betas.toml"] = _with_headers(project, new)
    wanted[project.facts / "models.toml"] = _with_retirements(project, new, day)
    wanted[project.snapshot] = text_of(new)
    for path, text in sorted(wanted.items()):
        if not path.exists() or _text(path) != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            yield project.shown(path)


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _with_headers(project: Project, new: Sdk) -> str:
    """betas.toml with the headers that are new, each in its list."""
    text = _text(project.facts / "betas.toml")
    coming: dict[str, list[str]] = {}
    for header in new.headers:
        if header not in project.headers:
            coming.setdefault(list_of(header, new), []).append(header)
    for name, headers in coming.items():
        known = [header for header, each in project.headers.items() if each == name]
        quoted = ", ".join(f'"{header}"' for header in sorted([*known, *headers])) + ","
        lines = textwrap.fill(quoted, WIDTH, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False)
        text = re.sub(rf"^{name} = \[.*?\]", f"{name} = [\n{lines}\n]", text, count=1, flags=re.DOTALL | re.MULTILINE)
    return text


def _with_retirements(project: Project, new: Sdk, day: datetime.date) -> str:
    """models.toml with the days of retirement that are new, as looked at on `day`."""
    text = _text(project.facts / "models.toml")
    for model, retires in retirements_to_write(project, new).items():
        header = f"[model.{key(model)}]"
        text = with_table(text, header, lambda table, retires=retires: _retiring(table, retires, day))  # type: ignore[misc]
    return text


def _retiring(table: str, retires: datetime.date, day: datetime.date) -> str:
    """A model's table with its day of retirement; it was announced on `day` at the latest."""
    if 'status = "active"' in table:
        table = without(with_value(table, "status", '"deprecated"'), "not_sooner_than")
    if not re.search(r"^deprecated = ", table, re.MULTILINE):
        table = with_value(
            table, "deprecated", day.isoformat(), after="released" if "\nreleased" in table else "status"
        )
    table = with_value(table, "retires", retires.isoformat(), after="deprecated")
    source = re.search(r'^source = "(.*)"\n', table, re.MULTILINE)
    known = source[1] if source else "as for the others"
    table = with_value(table, "source", f'"{known}; Python SDK DEPRECATED_MODELS (retires)"')
    return with_value(table, "checked", day.isoformat(), after="source")
