"""The table that `calibrate_tokens.py` prints: errors by kind of content, and of requests by size and source."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from token_fit import Numbers
from token_intervals import FEW, Tested
from token_samples import REQUEST

FLOORS = (200, 2_000, 8_000)
"""Tokens above which errors are reported."""


def print_table(generation: str, tested: Sequence[Tested], below: Numbers, above: Numbers) -> None:
    """Errors, and the part of counts that lies inside of the interval."""
    rows = [(f"requests > {floor:,}", [t for t in tested if is_request(t, floor)]) for floor in FLOORS]
    sources = sorted({test.sample.source for test in tested if is_request(test, FLOORS[0])})
    rows += [(name, [t for t in tested if is_request(t, FLOORS[0]) and t.sample.source == name]) for name in sources]
    kinds = sorted({test.sample.kind for test in tested} - {REQUEST})
    rows += [(kind, [t for t in tested if t.sample.kind == kind and t.sample.tokens > FEW]) for kind in kinds]
    print(f"\n{generation:44} {'n':>5}  median  signed     p95   worst  inside")
    for name, row in rows:
        if row:
            errors = np.array([test.error for test in row])
            size = np.abs(errors)
            usual = f"{np.median(size):7.1%} {np.median(errors):+7.1%}"
            inside = sum(test.is_inside(below, above) for test in row) / len(row)
            print(f"{name:44} {len(row):5} {usual} {np.quantile(size, 0.95):7.1%} {size.max():7.0%} {inside:7.1%}")


def is_request(test: Tested, floor: int) -> bool:
    """Whether it is a recorded request of more than so many tokens."""
    return test.sample.kind == REQUEST and test.sample.tokens > floor
