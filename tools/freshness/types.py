"""How the types of a request and of a result differ: the generated schemas, by member and by type."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from schemas.drift import drift

GENERATOR = Path(__file__).resolve().parent.parent / "generate_schemas.py"
DEFINITION = re.compile(r'#/\$defs/(\w+)"')
SDK_NUMBER = "Item.x-batchlint.sdk"
BETA_NAMES = "Item.x-batchlint.beta."


class NotGenerated(Exception):
    """The schemas cannot be made of the new SDK; the message is what the generator says."""


class TypeChange(NamedTuple):
    """What is new, gone or other at one member or type."""

    at: str
    """As `Params.tools`, or `Tool` for a type as a whole."""
    lines: tuple[str, ...]
    """As `tools/generate_schemas.py --check` shows them."""

    @property
    def needs_header(self) -> bool:
        """Whether only the SDK's beta types have it, so that it needs a header that the facts have to name."""
        return any(BETA_NAMES in line for line in self.lines)

    @property
    def tags(self) -> set[str]:
        """The values and types that the lines name in quotes."""
        return {text for line in self.lines for text in re.findall(r'"(\w+)"', line)}


def generated(folder: Path, overlay: Path, output: Path) -> None:
    """Writes the schemas of the SDK in a folder into another folder. Raises NotGenerated."""
    paths = [str(folder), *filter(None, [os.environ.get("PYTHONPATH")])]
    command = [sys.executable, str(GENERATOR), "--output", str(output), "--overlay", str(overlay)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment, check=False)
    if done.returncode:
        raise NotGenerated(done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "no schema was made")


def changed_types(old: Path, new: Path) -> Iterator[TypeChange]:
    """What the schemas in one folder say otherwise than those in the other, each thing once."""
    lines: dict[str, None] = {}
    for path in sorted(new.glob("*.schema.json")):
        lines |= dict.fromkeys(drift(_schema(old / path.name), _schema(path)))
    groups: dict[str, list[str]] = {}
    for line in lines:
        where = line.split(" ", 1)[1].split(": ", 1)[0].strip()
        if where != SDK_NUMBER:
            for place in _places(where, line):
                groups.setdefault(place, []).append(line)
    yield from (TypeChange(place, tuple(found)) for place, found in sorted(_with_their_types(groups).items()))


def _schema(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def _places(where: str, line: str) -> Iterator[str]:
    """The members that a line is about: `Params.tools` for `Params.tools[].bash_20250124.$ref`."""
    if where.startswith(BETA_NAMES):
        definition, member = where.removeprefix(BETA_NAMES).split("/")
        names = re.findall(r'"(\w+)"', line) if member == "*" else [member]
        yield from (f"{definition}.{name}" for name in names)
        return
    definition, _, rest = where.partition(".")
    member = rest.partition(".")[0].partition("[")[0]
    yield definition if member in ("required", "additionalProperties") else f"{definition}.{member}"


def _with_their_types(groups: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """A type that is new or gone as a whole is reported at the member that leads to it, where there is one."""
    led_by = {name: place for place, lines in groups.items() for name in DEFINITION.findall("\n".join(lines))}
    kept: dict[str, list[str]] = {}
    for place in sorted(groups, key=lambda place: (_leader(place, led_by) != place, place)):
        kept.setdefault(_leader(place, led_by), []).extend(groups[place])
    return kept


def _leader(place: str, led_by: Mapping[str, str]) -> str:
    """The member at which a place is reported: the one that leads to its type, or to that one's, and so on."""
    seen = {place}
    while (leading := led_by.get(place.partition(".")[0], place)) not in seen:
        seen.add(leading)
        place = leading
    return place
