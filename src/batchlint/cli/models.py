"""`batchlint models`: what the rules know of each model."""

from __future__ import annotations

import argparse
import datetime
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from batchlint.cli import UsageError
from batchlint.cli.parser import Parser, add_color, add_listing, date
from batchlint.facts import models
from batchlint.facts.knowledge import summary
from batchlint.facts.model import Model, ThinkingMode, ToolPrompt
from batchlint.spelling import meant
from batchlint.terminal.paint import Paint
from batchlint.terminal.screen import screen_of
from batchlint.terminal.table import TextColumn, laid_out
from batchlint.terminal.wrap import wrapped

DESCRIPTION = """\
The model table that the rules use. What is not known of a model is left blank, and no rule speaks of it. With NAME,
all that is known of one model."""


def main(arguments: Sequence[str]) -> int:
    """Prints the table, as text or as JSON."""
    options = parser().parse_args(arguments)
    found = chosen(options.name)
    if options.format == "json":
        import json

        json.dump([_object(model) for model in found], sys.stdout, indent=1, default=str)
        sys.stdout.write("\n")
        return 0
    paint = Paint(screen_of(sys.stdout, options.color))
    lines = list_lines(found[0], options.as_of, paint) if len(found) == 1 else table_lines(found, options, paint)
    for line in (*lines, "", *wrapped(summary(), paint.screen)):
        sys.stdout.write(line + "\n")
    return 0


def chosen(name: str | None) -> list[Model]:
    """The model of that id or alias, or those that have it in their id. Raises UsageError where there is none."""
    if name is None:
        return list(models())
    one = models().find(name)
    found = [one] if one is not None else [model for model in models() if name.lower() in model.id]
    if not found:
        nearest = meant(name, [model.id for model in models()])
        raise UsageError(f"no model is called {name!r}" + (f"; did you mean {nearest!r}?" if nearest else ""))
    return found


def table_lines(found: Sequence[Model], options: argparse.Namespace, paint: Paint) -> Iterator[str]:
    """The models in a row each, in as many columns as there is room for."""
    ranks = {name: rank for rank, name in enumerate(reversed(COLUMNS)) if name not in ("model", "status")}
    ranks = {name: len(COLUMNS) - rank for name, rank in ranks.items()}
    columns = [TextColumn(name, rank=ranks.get(name, 0)) for name in COLUMNS]
    rows = [[cell(model, options.as_of) for cell in COLUMNS.values()] for model in found]
    table = laid_out(columns, rows, paint, wide=options.wide)
    yield from table.lines
    if table.left_out:
        yield from wrapped(
            f"(no room for: {', '.join(table.left_out)}; --wide shows all, NAME one model)", paint.screen
        )


def list_lines(model: Model, day: datetime.date, paint: Paint) -> Iterator[str]:
    """All that is known of one model, a line each."""
    known = [(name, cell(model, day)) for name, cell in COLUMNS.items()]
    known += [("aliases", ", ".join(model.aliases)), ("source", model.source), ("checked", str(model.checked))]
    wide = max(len(name) for name, _ in known)
    for name, text in known:
        if text:
            first, *rest = wrapped(text, paint.screen, f"{name:{wide}}  ")
            yield paint.painted(first[:wide], "bold") + first[wide:]
            yield from rest


def parser() -> Parser:
    """The options of models."""
    result = Parser(prog="batchlint models", usage="batchlint models [OPTIONS] [NAME]", description=DESCRIPTION)
    result.add_argument("name", nargs="?", metavar="NAME", help="a model's id or alias, or a part of it")
    add_listing(result)
    result.add_argument(
        "--as-of", type=date, default=datetime.date.today(), metavar="DATE", help="the day (default: today)"
    )
    add_color(result)
    return result


def _object(model: Model) -> dict[str, Any]:
    values = {name: getattr(model, name) for name in Model.__annotations__}
    return {name: _plain(value) for name, value in values.items() if value is not None}


def _plain(value: Any) -> Any:
    if isinstance(value, ThinkingMode | ToolPrompt):
        value = value._asdict()
    if isinstance(value, Mapping):
        return {name: _plain(inner) for name, inner in value.items()}
    return list(value) if isinstance(value, tuple) else value


def _status(model: Model, day: datetime.date) -> str:
    if model.retired_on(day):
        return f"retired {model.retires}"
    if model.deprecated_on(day):
        return f"retires {model.retires}" if model.retires else "deprecated"
    return "limited" if model.limited else "active"


def _thinking(model: Model) -> str:
    modes = (
        name + (f"({'|'.join(mode.efforts)})" if mode.efforts else "")
        for name, mode in model.thinking.items()
        if mode.accepted
    )
    return ", ".join(modes)


def _efforts(model: Model) -> str:
    if model.effort_levels is None:
        return ""
    return " ".join(model.effort_levels) or "refused"


def _known(value: bool | None) -> str:
    return {None: "", True: "yes", False: "no"}[value]


COLUMNS: dict[str, Callable[[Model, datetime.date], str]] = {
    "model": lambda model, day: model.id,
    "status": _status,
    "context": lambda model, day: f"{model.context_window:,}" if model.context_window else "",
    "output": lambda model, day: f"{model.max_output:,}" if model.max_output else "",
    "tokenizer": lambda model, day: model.tokenizer or "",
    "prefill": lambda model, day: _known(model.accepts_prefill),
    "forced tool": lambda model, day: _known(model.accepts_forced_tool_choice),
    "system role": lambda model, day: model.system_role or "",
    "sampling": lambda model, day: model.sampling or "",
    "effort": lambda model, day: _efforts(model),
    "thinking": lambda model, day: _thinking(model),
}
