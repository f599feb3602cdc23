"""Which files a pull request or a push changes, as git tells."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Sequence


def changed_files(base: str) -> frozenset[str] | None:
    """The files below the working folder that differ from a commit, without deleted ones; None where git cannot tell.

    A checkout of depth 1 does not hold the commit; it is fetched then.
    """
    if not re.fullmatch(r"[0-9a-f]{40,64}", base) or not base.strip("0"):
        return None
    if _git("cat-file", "-e", f"{base}^{{commit}}") is None:
        _git("fetch", "--quiet", "--no-tags", "--depth=1", "origin", base)
    # What the base has got since the branch left it is no change of the branch, where the history is there to tell.
    together = _git("merge-base", base, "HEAD")
    names = _git(
        "diff", "--name-only", "--relative", "-z", "--diff-filter=d", together.strip() if together else base, "HEAD"
    )
    return None if names is None else frozenset(os.path.normpath(name) for name in names.split("\0") if name)


def among(files: Sequence[str], changed: frozenset[str]) -> list[str]:
    """The files that are among the changed ones, in their order."""
    return [path for path in files if os.path.normpath(os.path.relpath(path)) in changed]


def _git(*words: str) -> str | None:
    """What git prints; None where it fails or is not there."""
    try:
        done = subprocess.run(("git", *words), capture_output=True, check=False)
    except OSError:
        return None
    return os.fsdecode(done.stdout) if done.returncode == 0 else None
