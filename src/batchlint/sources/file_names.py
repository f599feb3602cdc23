"""How batch files are called: what a search of a folder and the hook look into, and which names say more."""

from __future__ import annotations

import functools
import re

ENDINGS = r"(?i)\.(jsonl|ndjson|json)(\.(gz|zst))?$"
"""Paths of files that may hold a batch; what they hold decides (`batchlint.sources.search`).

The hook's definition repeats this pattern, since pre-commit reads no Python; a test compares them.
"""
FILES = (
    r"(?i)(^|/)("
    # JSONL: batch*, *requests*, and batch or retry as a word of the name
    r"(batch(?!lint)[^/]*|[^/]*requests[^/]*|([^/]*[._-])?(batch|batches|retry|needs-fix)([._-][^/]*)?)\.(jsonl|ndjson)"
    # JSON has many other uses, so the name has to say more
    r"|(([^/]*[._-])?batch[._-]?requests|batch(es)?|requests)([._-]?[0-9][^/]*)?\.json"
    r"|[^/]+\.(batch|batches|requests)\.json"
    r")$"
)
"""Names that say batch: such a file is taken also where its content leaves it open."""

EXCLUDED = (
    r"(?i)(^|/)("
    # what comes back
    r"(results?|outputs?|responses?|answers)([._-][^/]*)?"
    # the same, and what is next to a batch, as the last word
    r"|[^/]*[._-](results?|outputs?|responses?|answers|errors?|manifest|map|ledger|schema|config|settings|lock)"
    r"([._-]?[0-9][^/]*)?"
    r"|[^/]*(pull|merge|feature|change|http)[._-]?requests[^/]*"
    r")\.(jsonl|ndjson|json)$"
)
"""Names that look like it and say something else."""

SKIPPED_FOLDERS = frozenset(
    ("node_modules", "bower_components", "__pycache__", "site-packages", "venv", "virtualenv", "htmlcov")
)
"""Folders that are not searched, next to hidden ones: what others have written."""


@functools.cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    return re.compile(FILES), re.compile(EXCLUDED)


def can_hold_batch(name: str) -> bool:
    """Whether a file of this name is worth a look."""
    return name.lower().endswith((".jsonl", ".ndjson", ".json"))


def is_batch_name(path: str) -> bool:
    """Whether a path, with "/", is called like a batch file."""
    files, excluded = _patterns()
    return files.search(path) is not None and excluded.search(path) is None
