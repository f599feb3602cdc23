"""What a release needs to know of the project: python tools/release.py check TAG | notes TAG | platform WHEEL.

check     exits 1 where the tag is not the version in src/batchlint/resources.py, or the changelog has no section for it
notes     prints that section
platform  exits 1 where a wheel's scanner needs a newer glibc than the wheel's name says (auditwheel is needed)
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
VERSION = re.compile(r'^__version__ = "(.+)"$', re.MULTILINE)
GLIBC = re.compile(r"manylinux_(\d+)_(\d+)_")


def main(arguments: list[str]) -> int:
    """Runs the command line; returns 1 for what keeps a release back, 2 for a wrong call."""
    if len(arguments) != 2 or arguments[0] not in COMMANDS:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        COMMANDS[arguments[0]](arguments[1])
    except ValueError as error:
        print(f"release: {error}", file=sys.stderr)
        return 1
    return 0


def check(tag: str) -> None:
    """Raises ValueError where a tag does not fit what the project says of itself."""
    found = VERSION.search((PROJECT / "src" / "batchlint" / "resources.py").read_text(encoding="utf-8"))
    version = found[1] if found else "unknown"
    if tag != f"v{version}":
        raise ValueError(f"the tag is {tag}, and the version of the project is {version}")
    section(tag)


def notes(tag: str) -> None:
    """Prints the section of the changelog for a tag."""
    print(section(tag))


def section(tag: str) -> str:
    """The text below a version's heading in the changelog. Raises ValueError where there is none, or an empty one."""
    changelog = (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8")
    for part in re.split(r"^## ", changelog, flags=re.MULTILINE)[1:]:
        heading, _, text = part.partition("\n")
        if heading.split(" ")[0].strip("[]") == tag.removeprefix("v") and text.strip():
            return text.strip()
    raise ValueError(f"CHANGELOG.md has no section '## {tag.removeprefix('v')} - YEAR-MONTH-DAY' with a text")


def platform(wheel: str) -> None:
    """Raises ValueError where a wheel needs a newer glibc than its name says."""
    report = subprocess.run(["auditwheel", "show", "--json", wheel], capture_output=True, text=True, check=True).stdout
    needs = oldest(json.loads(report)["overall_tag"])
    says = oldest(Path(wheel).name)
    if needs > says:
        raise ValueError(f"{Path(wheel).name} needs glibc {needs[0]}.{needs[1]}")


def oldest(name: str) -> tuple[int, int]:
    """The oldest glibc of the platforms that a name names."""
    found = [(int(major), int(minor)) for major, minor in GLIBC.findall(name)]
    if not found:
        raise ValueError(f"{name} is not for manylinux")
    return min(found)


COMMANDS = {"check": check, "notes": notes, "platform": platform}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
