"""A strict reader of GitHub's workflow commands, by the escaping rules of the official toolkit and the runner."""

from __future__ import annotations

import re
from typing import NamedTuple

DATA = {"%25": "%", "%0D": "\r", "%0A": "\n"}
PROPERTY = DATA | {"%3A": ":", "%2C": ","}


class Command(NamedTuple):
    """A command as the runner understands it."""

    name: str
    properties: dict[str, str]
    message: str


def commands(log: str) -> list[Command]:
    """The commands in a log, in either of the two forms that a runner takes. Raises ValueError for a malformed one."""
    lines = re.split(r"\r\n|\r|\n", log)
    return [command for line in lines if (command := _command(line)) is not None]


def _command(line: str) -> Command | None:
    stripped = line.lstrip()
    if stripped.startswith("::"):
        name_and_properties, separator, message = stripped[2:].partition("::")
        if not separator:
            raise ValueError(f"a command without its end: {line!r}")
        name, _, written = name_and_properties.partition(" ")
        properties = dict(each.split("=", 1) for each in written.split(",")) if written else {}
        return Command(name, {key: _read(value, PROPERTY) for key, value in properties.items()}, _read(message, DATA))
    legacy = re.search(r"##\w*\[([^\]]*)\](.*)", line)
    return Command(legacy[1], {}, legacy[2]) if legacy else None


def _read(text: str, escapes: dict[str, str]) -> str:
    rest = re.sub("|".join(escapes), "", text)
    if "%" in rest or "\r" in rest or "\n" in rest or ("%3A" in escapes and re.search("[:,]", rest)):
        raise ValueError(f"not escaped: {text!r}")
    return re.sub("|".join(escapes), lambda found: escapes[found[0]], text)
