"""Breaks the code in small ways, one at a time, and lists the breaks that no test notices.

    python tools/mutants.py [--sample N] [--seed N] [PATH ...]

PATHs are modules or folders below src/batchlint; by default engine, sources, results and reports. Everything happens in
a copy of the project, and the tests that run are those of the part that was broken (`TESTS`), then the quick ones of
all parts. A survivor is a hole in the tests, or a change that changes nothing: write the test, or add the line to
`tools/mutants.toml` with the reason. It takes a while: half a minute or so for each break.
"""

from __future__ import annotations

import argparse
import ast
import copy
import os
import random
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

PROJECT = Path(__file__).resolve().parent.parent
PACKAGE = Path("src/batchlint")
PARTS = ("engine", "sources", "results", "reports")
TESTS = {
    "engine": (
        "tests/engine/test_dispatch.py",
        "tests/engine/test_custom_ids.py",
        "tests/engine/test_size.py",
        "tests/engine/test_usual.py",
    ),
    "sources": ("tests/sources", "tests/test_containers.py"),
    "results": ("tests/results",),
    "reports": ("tests/reports", "tests/test_outputs.py", "tests/test_baseline.py"),
}
QUICK = ("-m", "quick", "tests")
TIMEOUT = 900
"""Seconds; a break that makes the tests hang is noticed too."""
BUILT = tuple(f"src/batchlint/{name}" for name in ("tokens/cl100k.bin", "engine/scanner.bin", "engine/scanner.sum"))

SWAPS: dict[type[ast.AST], Any] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
}


class Mutant(NamedTuple):
    """One break: `old` becomes `new` in the bytes from `start` to `end` of a file."""

    path: str
    line: int
    start: int
    end: int
    old: str
    new: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.old} -> {self.new}"

    @property
    def key(self) -> str:
        """How `tools/mutants.toml` names it: without the line, which moves."""
        return f"{self.path}: {self.old} -> {self.new}"


def main(arguments: list[str] | None = None) -> int:
    """Runs the command line; returns 1 where a break survives that nobody has explained."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", metavar="PATH", default=list(PARTS))
    parser.add_argument("--sample", type=int, default=40, metavar="N", help="so many breaks (default 40; 0: all)")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="which ones")
    args = parser.parse_args(arguments)
    found = [mutant for name in args.paths for mutant in mutants_below(PROJECT / PACKAGE / name)]
    explained = tomllib.loads((PROJECT / "tools/mutants.toml").read_text(encoding="utf-8"))["survivors"]
    chosen = [mutant for mutant in found if mutant.key not in explained]
    random.Random(args.seed).shuffle(chosen)
    chosen = chosen[: args.sample or None]
    print(
        f"{len(found):,} breaks, {len(found) - len(explained):,} not explained; {len(chosen):,} are tried", flush=True
    )
    survivors = 0
    with tempfile.TemporaryDirectory() as name:
        folder = copied(Path(name))
        for words in {words for mutant in chosen for words in tests_of(mutant)}:
            if not passes(words, folder):
                sys.exit(f"these tests fail without a break: pytest {' '.join(words)}")
        for mutant in chosen:
            if survives(mutant, folder):
                survivors += 1
                print(f"survived: {mutant}", flush=True)
    print(f"{len(chosen) - survivors:,} noticed, {survivors:,} survived")
    return 1 if survivors else 0


def mutants_below(path: Path) -> Iterator[Mutant]:
    """The breaks of a module, or of the modules of a folder."""
    for file in sorted(path.rglob("*.py")) if path.is_dir() else [path.with_suffix(".py")]:
        yield from mutants_of(file.relative_to(PROJECT).as_posix(), file.read_bytes())


def mutants_of(path: str, source: bytes) -> Iterator[Mutant]:
    """The breaks of a module's text."""
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    for node in expressions(ast.parse(source)):
        start = starts[node.lineno - 1] + node.col_offset
        end = starts[(node.end_lineno or node.lineno) - 1] + (node.end_col_offset or 0)
        for broken in broken_forms(node):
            yield Mutant(path, node.lineno, start, end, ast.unparse(node), f"({ast.unparse(broken)})")


def expressions(tree: ast.AST) -> Iterator[ast.expr]:
    """The expressions of a module that run: no annotations, and nothing under TYPE_CHECKING."""
    for name, value in ast.iter_fields(tree):
        for node in value if isinstance(value, list) else [value]:
            if not isinstance(node, ast.AST) or name in ("annotation", "returns"):
                continue
            if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
                continue
            if isinstance(node, ast.expr):
                yield node
            if not isinstance(node, ast.JoinedStr):
                yield from expressions(node)


def broken_forms(node: ast.expr) -> Iterator[ast.expr]:
    """What can be made of an expression by one small change."""
    if isinstance(node, ast.Compare) and type(node.ops[0]) in SWAPS:
        changed = copy.deepcopy(node)
        changed.ops[0] = SWAPS[type(node.ops[0])]()
        yield changed
    elif isinstance(node, ast.BoolOp | ast.BinOp) and type(node.op) in SWAPS:
        operation = copy.deepcopy(node)
        operation.op = SWAPS[type(node.op)]()
        yield operation
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node.operand
    elif isinstance(node, ast.Constant) and node.value.__class__ is bool:
        yield ast.Constant(not node.value)
    elif isinstance(node, ast.Constant) and node.value.__class__ is int:
        yield ast.Constant(node.value + 1)
    elif isinstance(node, ast.IfExp):
        yield ast.IfExp(ast.UnaryOp(ast.Not(), node.test), node.body, node.orelse)


def copied(folder: Path) -> Path:
    """A copy of the project's files in a folder, with what was built into it."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, check=True, capture_output=True).stdout
    for name in [*listed.decode().split("\0"), *BUILT]:
        if name and (PROJECT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(PROJECT / name, folder / name)
    return folder


def survives(mutant: Mutant, folder: Path) -> bool:
    """Whether the tests pass with a break in the copy of the project."""
    path = folder / mutant.path
    whole = path.read_bytes()
    path.write_bytes(whole[: mutant.start] + mutant.new.encode() + whole[mutant.end :])
    try:
        return all(passes(words, folder) for words in tests_of(mutant))
    finally:
        path.write_bytes(whole)


def tests_of(mutant: Mutant) -> list[tuple[str, ...]]:
    """The tests to run for a break, those that notice most first."""
    part = mutant.path.removeprefix(f"{PACKAGE.as_posix()}/").partition("/")[0]
    return [TESTS[part], QUICK] if part in TESTS else [QUICK]


def passes(words: tuple[str, ...], folder: Path) -> bool:
    """Whether these tests pass in a folder."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-n0", "-p", "no:cacheprovider", *words]
    environment = {**os.environ, "PYTHONPATH": str(folder / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, timeout=TIMEOUT, check=False)
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
