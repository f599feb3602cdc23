"""Says what a file is that was given as something else."""

from __future__ import annotations

from batchlint.sources import UNREADABLE, Irregularity, Item


def what_it_is(line: Item | Irregularity | None) -> str:
    """What a line, an element, or what stands in place of one is, as in "this is ..."; None: there is nothing."""
    if line is None:
        return "an empty file"
    if isinstance(line, Irregularity):
        return "an empty file" if line.kind == "empty-file" else f"no text that can be read ({line.detail})"
    if line.value is UNREADABLE:
        return "not JSON"
    if not isinstance(line.value, dict):
        return "a list of something else"
    from batchlint.facts import dialects

    dialect = dialects().of_item(line.value)
    if dialect is not None:
        return dialect.name
    if "params" in line.value:
        return "a batch of requests"
    return "something else (its fields are " + ", ".join(repr(name[:40]) for name in list(line.value)[:5]) + ")"
