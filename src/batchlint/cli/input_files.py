"""The files to lint: those that are named, and those that a search of folders finds."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from batchlint.cli import UsageError
from batchlint.sources.reach import is_url


class InputFiles(NamedTuple):
    """The files to be linted, each once, and how many others were looked at."""

    files: list[str]
    passed_over: int
    """Files that may hold a batch by their names, and hold something else."""


def input_files(paths: Sequence[str]) -> list[str]:
    """The files that these paths name, each once. Raises `UsageError` where there is none."""
    return inputs_of(paths).files


def inputs_of(paths: Sequence[str], *, only_batches: bool = False, may_be_none: bool = False) -> InputFiles:
    """The files that these paths name, and what is in the folders among them.

    Named files are taken whatever they hold, unless `only_batches`. Raises `UsageError` where there is no file, unless
    that is wanted or `only_batches` leaves none.
    """
    if not paths:
        raise UsageError("no file given; name a batch file, a folder, or - for standard input (see batchlint --help)")
    if paths.count("-") > 1:
        raise UsageError("- is standard input, and can be given once")
    taken: dict[str, str] = {}
    others = set()
    for file, is_batch in _looked_at(paths, only_batches):
        if is_batch:
            taken.setdefault(file if is_url(file) else os.path.normpath(file), file)
        else:
            others.add(os.path.normpath(file))
    if not (taken or only_batches or may_be_none):
        folders = ", ".join(paths)
        raise UsageError(f"no batch file in {folders}: no .jsonl, .ndjson or .json file there begins with a request")
    return InputFiles(list(taken.values()), len(others - taken.keys()))


def named_files(paths: Iterable[str]) -> Iterator[str]:
    """The paths, with the batch files that a URL means in place of a URL."""
    for path in paths:
        yield from (file for file, is_batch in _found_at(path) if is_batch) if is_url(path) else [path]


def _found_at(url: str) -> Iterator[tuple[str, bool]]:
    from batchlint.sources.search import batch_objects

    return batch_objects(url)


def _looked_at(paths: Sequence[str], only_batches: bool) -> Iterator[tuple[str, bool]]:
    """Each file, and whether it is to be linted."""
    for path in paths:
        if is_url(path):
            yield from _found_at(path)
        elif os.path.isdir(path):
            from batchlint.sources.search import batch_files

            for file, is_batch in batch_files(path):
                yield os.path.normpath(file), is_batch
        elif only_batches and os.path.isfile(path):  # of a pipe, a look would take what is in it
            from batchlint.sources.search import holds_batch

            yield path, holds_batch(path)
        else:
            yield path, True
