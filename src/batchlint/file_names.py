"""How batch files are called: what a search of a folder takes, and the hook's `files` and `exclude` by default.

The hook's definition repeats these two patterns, since pre-commit reads no Python; a test holds them to be the same.
"""

from __future__ import annotations

import functools
import re

FILES = (
    r"(?i)(^|/)("
    # line-JSON: batch*, *requests*, and batch or retry as a word of the name
    r"(batch(?!lint)[^/]*|[^/]*requests[^/]*|([^/]*[._-])?(batch|batches|retry|needs-fix)([._-][^/]*)?)\.(jsonl|ndjson)"
    # JSON has many other uses, so the name has to say more
    r"|(([^/]*[._-])?batch[._-]?requests|batch(es)?|requests)([._-]?[0-9][^/]*)?\.json"
    r"|[^/]+\.(batch|batches|requests)\.json"
    r")$"
)
"""Paths that are taken."""

EXCLUDED = (
    r"(?i)(^|/)("
    # what comes back
    r"(results?|outputs?|responses?|answers)([._-][^/]*)?"
    # the same, and what stands beside a batch, as the last word
    r"|[^/]*[._-](results?|outputs?|responses?|answers|errors?|manifest|map|ledger|schema|config|settings|lock)"
    r"([._-]?[0-9][^/]*)?"
    r"|[^/]*(pull|merge|feature|change|http)[._-]?requests[^/]*"
    r")\.(jsonl|ndjson|json)$"
)
"""Paths that are not taken, though they look like it."""

SKIPPED_FOLDERS = frozenset(
    ("node_modules", "bower_components", "__pycache__", "site-packages", "venv", "virtualenv", "htmlcov")
)
"""Folders that are not searched, beside hidden ones: what others have written."""


@functools.cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    return re.compile(FILES), re.compile(EXCLUDED)


def is_batch_name(path: str) -> bool:
    """Whether a path, with "/", is called like a batch file."""
    files, excluded = _patterns()
    return files.search(path) is not None and excluded.search(path) is None
