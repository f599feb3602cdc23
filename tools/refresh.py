"""Shows how a release of the official SDK differs from what batchlint knows, and writes what needs no judgement.

    python tools/refresh.py [--sdk VERSION|latest|FOLDER] [--npm [VERSION|FOLDER]] [--write] [--report FILE]

The SDK is downloaded by pip into a folder of its own. Exit codes: 0 nothing for a person to look at; 1 something is;
2 it could not be downloaded or read.
"""

from __future__ import annotations

import argparse
import datetime
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from freshness import snapshot
from freshness.changes import Change, changes
from freshness.download import NotDownloaded, npm_sdk, python_sdk
from freshness.npm import only_in_npm, read_npm
from freshness.project import Project
from freshness.report import markdown
from freshness.sdk import Sdk, read_sdk
from freshness.types import NotGenerated, TypeChange, changed_types, generated
from freshness.writing import write

HERE = Path(__file__).resolve().parent.parent


class Comparison(NamedTuple):
    """A new SDK next to what the project knows."""

    old: Sdk
    new: Sdk
    changes: list[Change]
    trouble: list[str]
    """Why the schemas could not be made; empty: they are in the folder `schemas`."""


def main(arguments: list[str] | None = None) -> int:
    """Runs the command line; returns the exit code."""
    options = parser().parse_args(arguments)
    project = Project(options.project.resolve())
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        try:
            found = compared(project, options, folder)
        except (NotDownloaded, FileNotFoundError, SyntaxError, ValueError, KeyError) as error:
            print(f"refresh: {error}", file=sys.stderr)
            return 2
        report = "\n".join(markdown(found.old.version, found.new.version, found.changes, found.trouble)) + "\n"
        if options.report:
            options.report.write_text(report, encoding="utf-8", newline="\n")
        else:
            sys.stdout.write(report)
        if options.write and found.trouble:
            print("refresh: nothing is written before the schemas can be made", file=sys.stderr)
        elif options.write:
            for path in write(project, found.new, folder / "schemas", options.day):
                print(f"written: {path}", file=sys.stderr)
    return 1 if found.trouble or any(change.by_hand for change in found.changes) else 0


def compared(project: Project, options: argparse.Namespace, folder: Path) -> Comparison:
    """Downloads, reads and compares; any of the errors that `main` names may come of it."""
    where = python_sdk(options.sdk, folder / "sdk")
    old, new = snapshot.read(project.snapshot), read_sdk(where)
    types: list[TypeChange] = []
    trouble = []
    try:
        generated(where, project.overlay, folder / "schemas")
        types += changed_types(project.schemas, folder / "schemas")
    except NotGenerated as error:
        trouble.append(f"the schemas cannot be made of it: {error}")
    found = list(changes(project, old, new, types))
    if options.npm:
        found += only_in_npm(project, new, read_npm(npm_sdk(options.npm, folder / "npm")))
    return Comparison(old, new, found, trouble)


def parser() -> argparse.ArgumentParser:
    """The options."""
    result = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    result.add_argument("--sdk", default="latest", metavar="VERSION", help="a number, a folder that has it, or latest")
    result.add_argument("--npm", nargs="?", const="latest", metavar="VERSION", help="look into the npm package too")
    result.add_argument("--write", action="store_true", help="write what needs no judgement, after the report")
    result.add_argument("--report", type=Path, metavar="FILE", help="where the report goes (default: standard output)")
    result.add_argument(
        "--project", type=Path, default=HERE, metavar="DIR", help="another checkout (default: this one)"
    )
    today = datetime.date.today()
    day = datetime.date.fromisoformat
    result.add_argument("--day", type=day, default=today, metavar="DATE", help="the day of looking (default: today)")
    return result


if __name__ == "__main__":
    sys.exit(main())
