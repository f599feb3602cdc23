"""What the text of a Python module says: it is read and never run, so that no SDK has to be installed for it."""

import ast
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path


@cache
def parsed(path: Path) -> ast.Module:
    """A module as a tree; an empty one where there is none."""
    return ast.parse(path.read_text(encoding="utf-8") if path.is_file() else "")


def reached(package: Path, *starts: str) -> list[Path]:
    """The modules of a package that these lead to by their relative imports, themselves among them, sorted."""
    waiting = [package / start for start in starts if (package / start).is_file()]
    found: set[Path] = set()
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += _imported(path)
    return sorted(found)


def _imported(path: Path) -> Iterator[Path]:
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.ImportFrom) and node.level and node.module:
            module = path.parents[node.level - 1].joinpath(*node.module.split(".")).with_suffix(".py")
            if module.is_file() and not module.name.startswith("_"):
                yield module


def literals(path: Path) -> tuple[str, ...]:
    """The texts inside the `Literal[...]` of a module, in its order."""
    return tuple(text for node in ast.walk(parsed(path)) for text in _literal(node))


def _literal(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id == "Literal":
        inner = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        yield from (each.value for each in inner if isinstance(each, ast.Constant) and isinstance(each.value, str))


def assigned(path: Path, name: str) -> ast.expr | None:
    """What a module gives a name at its top level; None where it does not."""
    for node in parsed(path).body:
        if isinstance(node, ast.Assign) and any(_is(target, name) for target in node.targets):
            return node.value
        if isinstance(node, ast.AnnAssign) and _is(node.target, name):
            return node.value
    return None


def _is(target: ast.expr, name: str) -> bool:
    return isinstance(target, ast.Name) and target.id == name


def docstrings(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Every docstring with its place: `Class`, `Class.member`, or the name of a type that is by itself."""
    yield from _below_assignments(tree.body, "")
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            if text := ast.get_docstring(node):
                yield node.name, text
            yield from _below_assignments(node.body, f"{node.name}.")


def _below_assignments(body: list[ast.stmt], owner: str) -> Iterator[tuple[str, str]]:
    for before, node in pairwise(body):
        if isinstance(before, ast.AnnAssign) and isinstance(before.target, ast.Name) and isinstance(node, ast.Expr):
            value = node.value
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                yield owner + before.target.id, value.value


def function_docstrings(path: Path, class_name: str, function: str) -> Iterator[str]:
    """The docstrings of a method of a class, those of its overloads among them."""
    for owner in parsed(path).body:
        if isinstance(owner, ast.ClassDef) and owner.name == class_name:
            for node in owner.body:
                if isinstance(node, ast.FunctionDef) and node.name == function:
                    yield ast.get_docstring(node) or ""
