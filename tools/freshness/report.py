"""The differences as Markdown, for an issue or a pull request."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from .changes import Change

MOST_DETAILS = 20
"""Lines of details a difference; what a new type is in full is in the schemas."""


def markdown(old: str, new: str, changes: Sequence[Change], trouble: Sequence[str]) -> Iterator[str]:
    """The lines of the report."""
    yield f"# anthropic {new}, seen from the facts of {old}"
    yield ""
    by_hand = sum(change.by_hand for change in changes) + len(trouble)
    if not changes and not trouble:
        yield "Nothing that batchlint knows of has changed" + ("." if old == new else " but the number of the SDK.")
        return
    yield f"{_count(len(changes), 'difference')}; {by_hand} of them for a person to look at (marked with **!**)."
    for line in trouble:
        yield f"\n**!** {line}"
    for section, group in groupby(changes, key=lambda change: change.section):
        yield f"\n## {section}\n"
        for change in group:
            yield from _one(change)


def _one(change: Change) -> Iterator[str]:
    yield f"- {'**!** ' if change.by_hand else ''}{change.what}"
    for line in change.details[:MOST_DETAILS]:
        yield f"  {line}" if line.startswith(("-", ">")) else f"  - {line}"
    if len(change.details) > MOST_DETAILS:
        yield f"  - and {len(change.details) - MOST_DETAILS} lines more (tools/generate_schemas.py --check)"
    yield f"  - batchlint today: {change.today}"
    yield f"  - edit: {change.edit}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
