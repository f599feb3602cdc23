"""Finds the files that a pull request or a push changes, by git."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Sequence


def changed_files(base: str, head: str = "", *, deleted: bool = False) -> frozenset[str] | None:
    """The files below the working folder that a change has changed; None where git cannot tell. Deleted ones are among
    them only where `deleted` says so.

    `base` is the commit before the change, `head` the last commit of a pull request. Where HEAD is the merge of it, as
    GitHub checks it out, what counts is what the merge brings to its first parent: that is newer than `base` where the
    pull request is stale.
    """
    target = _merged_into(head)
    if target and _is_here(target):
        return _differing(target, deleted)
    if not re.fullmatch(r"[0-9a-f]{40,64}", base) or not base.strip("0"):
        return None
    _is_here(base)
    # What the base has got since the branch left it is no change of the branch, where the history is there to tell.
    together = _git("merge-base", base, "HEAD")
    return _differing(together.strip() if together else base, deleted)


def _merged_into(head: str) -> str | None:
    """The commit that HEAD merges `head` into; None where HEAD is no such merge. A shallow checkout knows it too."""
    commit = _git("cat-file", "-p", "HEAD") or ""
    parents = [
        line.removeprefix("parent ") for line in commit.partition("\n\n")[0].splitlines() if line[:7] == "parent "
    ]
    return parents[0] if len(parents) == 2 and parents[1] == head else None


def _is_here(commit: str) -> bool:
    """Whether the checkout holds a commit, or has got it now: one of depth 1 does not, and may fetch it."""
    exists = ("cat-file", "-e", f"{commit}^{{commit}}")
    if _git(*exists) is None:
        _git("fetch", "--quiet", "--no-tags", "--depth=1", "origin", commit)
    return _git(*exists) is not None


def _differing(commit: str, deleted: bool) -> frozenset[str] | None:
    """The files of HEAD that are not as they are in a commit."""
    which = ("--no-renames",) if deleted else ("--diff-filter=d",)
    names = _git("diff", "--name-only", "--relative", "-z", *which, commit, "HEAD")
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
