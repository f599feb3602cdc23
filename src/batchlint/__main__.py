"""`python -m batchlint`, and the command `batchlint`."""

from __future__ import annotations

import sys


def run() -> None:
    """Runs the command line and ends the process with its exit code."""
    from batchlint.cli import guarded_main

    sys.exit(guarded_main(sys.argv[1:]))


if __name__ == "__main__":
    run()
