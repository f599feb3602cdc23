"""`python -m batchlint`, and the command `batchlint`."""

from __future__ import annotations

import gc
import sys

COLLECTED_AFTER = 100_000
"""New objects after which Python looks for circles among them; by itself it does after 700."""
KEPT = 4_000_000
"""Bytes of a block after whose end the allocator of glibc keeps as much memory for the next one. By itself it gives
that of each long text back to the system, and asks for it anew page by page: a third of the time that they take."""


def run() -> None:
    """Runs the command line and ends the process with its exit code."""
    # A start makes many objects and no circles, and what is decoded has none: looking for them takes a tenth of it all.
    gc.set_threshold(COLLECTED_AFTER)
    bytes(KEPT)  # freed at once
    from batchlint.cli import guarded_main

    status = guarded_main(sys.argv[1:])
    gc.freeze()  # The process ends here, and its memory with it: Python need not look for circles once more.
    sys.exit(status)


if __name__ == "__main__":
    run()
