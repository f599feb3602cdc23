"""`batchlint models`: what the rules know of each model."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from batchlint.cli.parser import Parser, date
from batchlint.facts import models
from batchlint.facts.knowledge import summary
from batchlint.facts.model import Model, ThinkingMode, ToolPrompt

DESCRIPTION = (
    "The model table that the rules use. What is not known of a model is left blank, and no rule speaks of it."
)


def main(arguments: Sequence[str]) -> int:
    """Prints the table, as text or as JSON."""
    parser = Parser(prog="batchlint models", description=DESCRIPTION)
    parser.add_argument("--format", choices=["text", "json"], default="text")
    parser.add_argument(
        "--as-of", type=date, default=datetime.date.today(), metavar="DATE", help="the day (default: today)"
    )
    options = parser.parse_args(arguments)
    if options.format == "json":
        import json

        json.dump([_object(model) for model in models()], sys.stdout, indent=1, default=str)
        sys.stdout.write("\n")
    else:
        for line in _table(options.as_of):
            sys.stdout.write(line + "\n")
        sys.stdout.write(f"\n{summary()}\n")
    return 0


def _object(model: Model) -> dict[str, Any]:
    values = {name: getattr(model, name) for name in Model.__annotations__}
    return {name: _plain(value) for name, value in values.items() if value is not None}


def _plain(value: Any) -> Any:
    if isinstance(value, ThinkingMode | ToolPrompt):
        value = value._asdict()
    if isinstance(value, Mapping):
        return {name: _plain(inner) for name, inner in value.items()}
    return list(value) if isinstance(value, tuple) else value


def _table(day: datetime.date) -> list[str]:
    rows = [list(COLUMNS), *([cell(model, day) for cell in COLUMNS.values()] for model in models())]
    widths = [max(len(row[column]) for row in rows) for column in range(len(COLUMNS))]
    return ["  ".join(f"{cell:{width}}" for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


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
