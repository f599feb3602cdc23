"""`batchlint config [PATH]`: what a file is held to, and where each value comes from."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from batchlint.cli import CLEAN, UsageError
from batchlint.cli.args import given_values
from batchlint.cli.check import configurations
from batchlint.cli.check_parser import parser
from batchlint.config import ConfigError
from batchlint.config.select import UnknownRule
from batchlint.config.settings import Settings, settings
from batchlint.reports.plain import plain
from batchlint.rules import all_rules
from batchlint.terminal.paint import Paint
from batchlint.terminal.screen import screen_of
from batchlint.terminal.wrap import wrapped

DESCRIPTION = """\
The settings in force for a file, or for the files of a folder, and where each value comes from.

Takes the options of `batchlint check` too, and shows what they change."""


def main(arguments: Sequence[str]) -> int:
    """Shows the values in force, as text or with --format json."""
    args = parser(
        prog="batchlint config", usage="batchlint config [OPTIONS] [PATH]", description=DESCRIPTION, epilog=None
    ).parse_args(arguments)
    if len(args.paths) > 1:
        raise UsageError("name one file or folder")
    if args.format not in ([], ["json"], ["full"]):
        raise UsageError("--format is json here, or left out")
    path = args.paths[0] if args.paths else "./"
    rules = all_rules()
    try:
        configuration = configurations(args)(_as_folder(path))
        made = settings(configuration, given_values(args), rules)
    except (ConfigError, UnknownRule) as error:
        raise UsageError(error) from None
    if args.format == ["json"]:
        from batchlint.reports.dumped import dumped

        shown = {"path": path, "configuration": configuration.path, "values": _object(made)}
        sys.stdout.write(dumped(shown, indent=1) + "\n")
        return CLEAN
    paint = Paint(screen_of(sys.stdout, args.color))
    about = f"{plain(path)} uses {plain(configuration.path or 'no configuration file')}"
    rules_line = f"{len(made.rules)} of {len(rules)} rules are in force"
    for line in (*wrapped(about, paint.screen), "", *_lines(made, paint), "", rules_line):
        sys.stdout.write(line + "\n")
    return CLEAN


def _as_folder(path: str) -> str:
    import os

    return f"{path}/" if os.path.isdir(path) and not path.endswith("/") else path


def _lines(made: Settings, paint: Paint) -> Iterator[str]:
    """Each key with its value, and where that comes from."""
    shown = {key: _shown(value) for key, value in made.values.items()}
    keys, values = max(map(len, shown)), min(max(map(len, shown.values())), 24)
    for key, text in shown.items():
        first, *rest = wrapped(plain(f"{text:{values}}  {made.origins[key]}"), paint.screen, f"{key:{keys}}  ")
        yield paint.painted(first[:keys], "bold") + first[keys:]
        yield from rest


def _shown(value: Any) -> str:
    """A value on one line, as it would be in a configuration."""
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, frozenset):
        likes = getattr(value, "like", {})
        return ", ".join(f"{name} (like {likes[name]})" if name in likes else name for name in sorted(value)) or "none"
    if isinstance(value, tuple | list):
        pairs = (
            each if isinstance(each, str) else ": ".join(filter(None, (each[0], ", ".join(each[1])))) for each in value
        )
        return "; ".join(pairs) if value and not isinstance(value[0], str) else ", ".join(pairs) or "-"
    return str(value)


def _object(made: Settings) -> Mapping[str, Any]:
    return {key: {"value": _plain_value(value), "from": made.origins[key]} for key, value in made.values.items()}


def _plain_value(value: Any) -> Any:
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple | list):
        return list(value) if not value or isinstance(value[0], str) else {p: list(n) for p, n in value}
    return value if value is None or isinstance(value, bool | int | str) else str(value)
