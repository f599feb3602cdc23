"""Says which facts were not looked at for long, and notes that they were looked at.

    python tools/facts.py stale [--days 30]
    python tools/facts.py touch NAME... [--day DATE]

A name is a file of facts (models), an entry of one (models.claude-opus-5), the overlay of the schemas (overlay) or an
entry of it (overlay.limit.Params/messages), all rules (rules) or one (rules.batch-size). A file takes its entries
along.
Exit codes: 0 done, nothing stale; 1 something is stale; 2 there is nothing of that name.
"""

from __future__ import annotations

import argparse
import datetime
import sys
from collections.abc import Sequence
from pathlib import Path

from freshness.ages import dated, named, touched
from freshness.project import Project

HERE = Path(__file__).resolve().parent.parent


def main(arguments: list[str] | None = None) -> int:
    """Runs the command line; returns the exit code."""
    options = parser().parse_args(arguments)
    project = Project(options.project.resolve())
    if options.command == "stale":
        return stale(project, options.day - datetime.timedelta(days=options.days))
    return touch(project, options.names, options.day)


def stale(project: Project, before: datetime.date) -> int:
    """Lists what was last looked at before a day, the oldest first."""
    old = sorted((each for each in dated(project) if each.checked < before), key=lambda each: each.checked)
    for each in old:
        print(f"{each.checked}  {each.name}: {each.source}")
    return 1 if old else 0


def touch(project: Project, names: Sequence[str], day: datetime.date) -> int:
    """Notes that these were looked at on a day; writes nothing where one of the names is unknown."""
    everything = [each for each in dated(project) if each.name.startswith("rules.")]
    texts: dict[Path, str] = {}
    try:
        for name in names:
            for each in everything if name == "rules" else [named(project, name)]:
                before = texts.get(each.path) or each.path.read_text(encoding="utf-8")
                texts[each.path] = touched(each, before, day)
    except KeyError as error:
        print(f"facts: there is no table {error.args[0]!r} with a day (see facts.py stale --days 0)", file=sys.stderr)
        return 2
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8", newline="\n")
        print(f"{day}  {project.shown(path)}")
    if any(project.rules in path.parents for path in texts):
        print("python tools/generate_docs.py writes the pages of the rules")
    return 0


def parser() -> argparse.ArgumentParser:
    """The options."""
    result = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--project", type=Path, default=HERE, metavar="DIR", help="another checkout (default: this one)"
    )
    today, day = datetime.date.today(), datetime.date.fromisoformat
    common.add_argument("--day", type=day, default=today, metavar="DATE", help="the day of looking (default: today)")
    commands = result.add_subparsers(dest="command", required=True)
    old = commands.add_parser("stale", parents=[common], help="what was not looked at for long, with its source")
    old.add_argument("--days", type=int, default=30, metavar="N", help="how long (default: 30)")
    looked = commands.add_parser("touch", parents=[common], help="note that something was looked at")
    looked.add_argument("names", nargs="+", metavar="NAME", help="as stale names it, or rules")
    return result


if __name__ == "__main__":
    sys.exit(main())
