"""Small changes to the text of a TOML file that leave everything else as it is, comments among it."""

import re
from collections.abc import Callable

TABLE = re.compile(r"^\[", re.MULTILINE)


def with_table(text: str, header: str, change: Callable[[str], str]) -> str:
    """The text with one table changed, from the line of its header up to the next; KeyError where there is none."""
    begin = re.search(rf"^{re.escape(header)}[^\n]*\n", text, re.MULTILINE)
    if begin is None:
        raise KeyError(header)
    following = TABLE.search(text, begin.end())
    end = following.start() if following else len(text)
    return text[: begin.start()] + change(text[begin.start() : end]) + text[end:]


def with_value(table: str, name: str, value: str, after: str = "") -> str:
    """A table with a member set; one that it lacks comes below the member `after`, or below the header."""
    line = f"{name} = {value}\n"
    changed, found = re.subn(rf"^{name} = .*\n", lambda match: line, table, count=1, flags=re.MULTILINE)
    if found:
        return changed
    place = re.search(rf"^{after} = .*\n", table, re.MULTILINE) if after else None
    at = place.end() if place else table.index("\n") + 1
    return table[:at] + line + table[at:]


def without(table: str, name: str) -> str:
    """A table without a member."""
    return re.sub(rf"^{name} = .*\n", "", table, flags=re.MULTILINE)


def key(name: str) -> str:
    """A name as a key: bare where it can be, quoted otherwise."""
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else f'"{name}"'
