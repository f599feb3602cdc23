"""`python -I -m batchlint.action`, as action.yml calls it; isolated, so that nothing of the checkout is imported."""

from __future__ import annotations

import os
import sys

from batchlint.action.step import run

sys.exit(run(os.environ))
