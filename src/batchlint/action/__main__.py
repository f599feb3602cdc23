"""`python -I -m batchlint.action`, as action.yml calls it; isolated, so that nothing of the checkout is imported."""

from __future__ import annotations

import os
import sys

from batchlint.action.step import run

for stream in (sys.stdout, sys.stderr):
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # as the runner reads it, whatever the machine
sys.exit(run(os.environ))
