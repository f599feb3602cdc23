"""The sentences of the official Python SDK that state a refusal, and what batchlint makes of each.

The SDK's types are held against the schemas by `generate_schemas.py`; its docstrings and error classes say more than
types can. `sdk_sentences.toml` lists every such sentence that was read, with the rule that holds it or the reason why
none does. This script shows what an installed SDK says beyond that list (exit 1), and what it no longer says.

    python tools/sdk_sentences.py [FOLDER OF THE SDK]
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

LISTED = Path(__file__).with_suffix(".toml")
REQUESTS = (
    *("beta/message_create_params.py", "message_create_params.py"),
    *("beta/messages/batch_create_params.py", "messages/batch_create_params.py"),
)
"""The modules, below `types`, that say what a request may hold."""
ERRORS = "shared/error_details.py"
"""The module that names the refusals with a code of their own: whatever they say counts."""
OTHERS = frozenset({"organization", "environments", "shared"})
"""Folders of refusals that only other endpoints give."""
STATES_A_REFUSAL = re.compile(
    r"reject|refus|\bmust\b|cannot|can't|\bnot (?:\w+ )?(?:allowed|available|supported|permitted|accept)|don't support"
    r"|\b400\b|at most|at least|exactly one|invalid|\brequires\b|unsupported|limit of|exceed|only (?:permitted|accept)"
    r"|does not accept|never by|conflict|errored|less than",
    re.IGNORECASE,
)
SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z`\"])|\n\s*\n|\n\s*[-*] ")


def sentences(package: Path) -> dict[str, str]:
    """Every sentence that states a refusal, with the module (below `types`) that says it first."""
    types = package / "types"
    found: dict[str, str] = {}
    requests = [file for file in _reachable(types, [types / name for name in REQUESTS]) if not _is_answer(file)]
    errors = [file for file in _reachable(types, [types / ERRORS]) if OTHERS.isdisjoint(file.parts)]
    for file in (*requests, *errors):
        for sentence in _sentences_of(file):
            if file in errors or STATES_A_REFUSAL.search(sentence):
                found.setdefault(sentence, file.relative_to(types).with_suffix("").as_posix())
    return found


def listed() -> dict[str, dict[str, str]]:
    """The sentences that were read, with `rule` or `why`."""
    return {entry["text"]: entry for entry in tomllib.loads(LISTED.read_text(encoding="utf-8"))["sentence"]}


def _is_answer(file: Path) -> bool:
    """Whether a module describes what the API answers, where another one says how it is sent back."""
    return file.with_name(f"{file.stem}_param.py").exists()


def _sentences_of(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield from filter(None, (" ".join(part.split()) for part in SENTENCE_END.split(node.value.value)))


def _reachable(types: Path, starts: Iterable[Path]) -> Iterator[Path]:
    """These modules and those that they import from, inside `types`; no package as a whole."""
    waiting, seen = list(starts), set()
    while waiting:
        file = waiting.pop(0)
        if file not in seen and file.is_file() and file.is_relative_to(types):
            seen.add(file)
            yield file
            waiting.extend(_imported(file))


def _imported(file: Path) -> Iterator[Path]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level and node.module:
            yield file.parents[node.level - 1].joinpath(*node.module.split(".")).with_suffix(".py")


def main(arguments: list[str]) -> int:
    """Shows the difference to the list; 1 where something is not on it."""
    if arguments:
        package = Path(arguments[0])
    else:
        import anthropic

        package = Path(anthropic.__file__).parent
    said, known = sentences(package), listed()
    for sentence, module in said.items():
        if sentence not in known:
            print(f"not listed: {module}: {sentence}")
    for sentence in sorted(known.keys() - said.keys()):
        print(f"not said by this SDK: {sentence}")
    return 1 if said.keys() - known.keys() else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
