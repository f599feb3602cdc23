"""Notes about beta headers that this version does not know: the API refuses a whole batch for one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def unknown_beta_lines(declared: Iterable[str]) -> Iterator[str]:
    """A note for each declared header that is not among the known ones; it may be newer than this version."""
    from batchlint.facts import betas, errors

    known, refusal = betas(), errors().templates["unknown_beta"].text
    for header in sorted(set(declared) - known.statuses.keys()):
        shown = header[:80]
        nearest = known.nearest(header)
        meant = f"; did you mean {nearest}?" if nearest else ", which may be older than the header"
        yield f'note: "{shown}" is not a beta header that this version of batchlint knows{meant}'
        yield f"  the API refuses the whole batch for a header that it does not know: {refusal.format(header=shown)}"
