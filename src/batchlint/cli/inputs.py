"""What is to be linted: files as given, and what a search of folders finds."""

from __future__ import annotations

import os
from collections.abc import Sequence

from batchlint.cli import UsageError


def input_files(paths: Sequence[str]) -> list[str]:
    """The files that these paths name, each once. Raises `UsageError` where there is none."""
    if not paths:
        raise UsageError("no file given; name a batch file, a folder, or - for standard input (see batchlint --help)")
    if paths.count("-") > 1:
        raise UsageError("- is standard input, and can be given once")
    files: dict[str, str] = {}
    for path in paths:
        for file in _searched(path) if os.path.isdir(path) else [path]:  # noqa: PTH112
            files.setdefault(os.path.normpath(file), file)
    if not files:
        folders = ", ".join(paths)
        raise UsageError(f"no batch file in {folders}: see docs/usage.md for the names that are taken, or name files")
    return list(files.values())


def _searched(folder: str) -> list[str]:
    from batchlint.search import batch_files

    return [os.path.normpath(path) for path in batch_files(folder)]
