"""Prints how batchlint is laid out: how many modules there are, how many lie flat in the package, every import circle,
and every name that two classes have.

    python tools/structure.py [--way FILE]

Every import counts, also one inside a function or under TYPE_CHECKING: whoever reads one module of a circle has to know
all of them. --way checks FILE and prints through which modules it went, in the order in which each was entered first.
"""

from __future__ import annotations

import argparse
import ast
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import FrameType

SOURCE = Path(__file__).resolve().parent.parent / "src"
Graph = Mapping[str, frozenset[str]]
"""The modules that each module imports."""


def main(arguments: list[str] | None = None) -> int:
    """Runs the command line; returns 1 where there is an import circle or a repeated class name."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--way", metavar="FILE", help="through which modules the check of this file goes")
    chosen = parser.parse_args(arguments)
    graph = imports(SOURCE)
    found, repeated = circles(graph), repeated_classes(SOURCE)
    print(
        f"{len(graph)} modules, {len(flat(SOURCE))} of them flat in batchlint, {len(found)} import circles, "
        f"{len(repeated)} names of several classes"
    )
    for circle in found:
        print(f"circle of {len(circle)}: {', '.join(circle)}")
    for name, modules in repeated.items():
        print(f"class {name}: {', '.join(modules)}")
    if chosen.way:
        entered = way(chosen.way)
        print(f"{len(set(entered))} modules, {len(entered)} moves from one to another; first entered in this order:")
        print("\n".join(dict.fromkeys(entered)))
    return 1 if found or repeated else 0


def imports(source: Path) -> Graph:
    """What each module below a folder of sources imports of the others."""
    names = {name_of(path, source): path for path in sorted(source.rglob("*.py"))}
    return {
        name: frozenset(imported(ast.parse(path.read_bytes()), frozenset(names))) - {name}
        for name, path in names.items()
    }


def imported(tree: ast.Module, names: frozenset[str]) -> Iterator[str]:
    """Those of the named modules that a module imports; `from x import y` imports x.y where that is one of them."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in names)
        elif isinstance(node, ast.ImportFrom) and node.module in names:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in names else node.module


def flat(source: Path) -> list[str]:
    """The modules that lie in the package itself, in none of its folders."""
    return sorted(path.stem for path in (source / "batchlint").glob("*.py"))


def repeated_classes(source: Path) -> dict[str, list[str]]:
    """The names that classes in several modules have, with those modules: one word for two things misleads a reader."""
    modules: dict[str, list[str]] = {}
    for path in sorted(source.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.ClassDef):
                modules.setdefault(node.name, []).append(name_of(path, source))
    return {name: found for name, found in sorted(modules.items()) if len(found) > 1}


def circles(graph: Graph) -> list[list[str]]:
    """The groups of modules that import each other, each in alphabetical order."""
    reached = {name: reachable(graph, name) for name in graph}
    groups = {
        frozenset(other for other in reached[name] if name in reached[other]) for name in graph if name in reached[name]
    }
    return sorted(map(sorted, groups))


def reachable(graph: Graph, start: str) -> set[str]:
    """The modules that a module imports, directly or through others."""
    found: set[str] = set()
    waiting = [*graph[start]]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(graph[name])
    return found


def way(path: str) -> list[str]:
    """The modules of batchlint that the check of a file enters, each time that it goes from one into another."""
    from batchlint import check_file

    check_file(path)  # What is imported or compiled once is no part of the way.
    entered: list[str] = []

    def watch(frame: FrameType, event: str, _argument: object) -> None:
        name = frame.f_globals.get("__name__", "")
        if event == "call" and name.startswith("batchlint") and name != (entered[-1] if entered else ""):
            entered.append(name)

    sys.setprofile(watch)
    try:
        check_file(path)
    finally:
        sys.setprofile(None)
    return entered


def name_of(path: Path, source: Path) -> str:
    """The name of the module in a file."""
    parts = path.relative_to(source).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


if __name__ == "__main__":
    sys.exit(main())
