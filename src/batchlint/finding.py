"""Findings, with a symbolic place, and with line and column once they are shown."""

from __future__ import annotations

from typing import Any, NamedTuple

from batchlint.edits import Safety
from batchlint.rule import Impact, Pointer, Problem, Rule, Severity
from batchlint.sources.item import Irregularity, Stretch


class Finding(NamedTuple):
    """A problem that a rule found, and what it is in: an item, an irregularity of the file, or the whole file."""

    rule: Rule
    severity: Severity
    impact: Impact
    problem: Problem
    path: str
    index: int | None = None  # type: ignore[assignment]  # the name hides tuple.index, which nobody asks for
    custom_id: str | None = None
    item: Stretch | None = None
    irregularity: Irregularity | None = None
    lines: int = 1
    """How many broken lines it stands for, where no report names each."""

    @property
    def number(self) -> int:
        """How many findings it stands for."""
        return (1 + self.problem.more) * self.lines


class Range(NamedTuple):
    """A place in a file: lines and columns from 1, columns in code points and in bytes, offsets in bytes; ends are
    exclusive.
    """

    line: int
    column: int
    end_line: int
    end_column: int
    offset: int
    end_offset: int
    byte_column: int = 1
    end_byte_column: int = 1


class LocatedEdit(NamedTuple):
    """A text, and the place in whose place it comes."""

    range: Range
    text: str


class LocatedFix(NamedTuple):
    """The fix for a finding: all of the edits together, in the order of the file."""

    safety: Safety
    edits: tuple[LocatedEdit, ...] | None
    """None where they are too many, or their texts too long, to be shown: `batchlint fix` makes them."""


class RelatedPlace(NamedTuple):
    """Another place that a finding speaks of."""

    path: str
    line: int
    column: int
    message: str


class Frame(NamedTuple):
    """The piece of a line that a finding is shown on, cut to a readable width."""

    text: str
    """Printable: what a terminal could take for a command is written out, base64 is left out."""
    start: int
    """Columns into `text`, from 0."""
    length: int


class LocatedFinding(NamedTuple):
    """A finding as the reports take it."""

    rule: Rule
    """The rule that found it; `rule.name` is its name, `rule.summary` a line about it."""
    severity: Severity
    """error: the API refuses this; warning: it depends on something outside the file."""
    impact: Impact
    """batch: nothing of the batch runs; request: this one fails; waste: it runs, and costs."""
    message: str
    """What is wrong, in a line."""
    help: str
    """What to change; may be empty."""
    api_error: str | None
    """What the API would answer; None where that is not known."""
    path: str
    """The file, as it was given."""
    range: Range | None
    """Where it is in the file; None for a finding about the whole file."""
    index: int | None  # type: ignore[assignment]
    """The request, counted from 0; None for a finding about the whole file."""
    custom_id: str | None
    """The id of the request, where it has one that is a string."""
    pointer: Pointer | None
    """Where it is in the request: keys and positions from the outside to the inside; () is the whole request."""
    related: tuple[RelatedPlace, ...]
    """Other places that it speaks of."""
    frame: Frame | None
    """The piece of the line, for reports that show it."""
    more: int = 0
    """How many others of its kind in the request it stands for."""
    variant: str = ""
    """What is wrong there, where the rule finds different things at one place."""
    fix: LocatedFix | None = None
    """What `batchlint fix` would do about it, where there is something, and a report shows it."""


Shape = tuple[str, Severity, str]
"""What findings of one cause have in common: the rule, the severity, and the pointer with `*` for every index."""


def shape_of(rule: Rule, severity: Severity, pointer: Pointer | None) -> Shape:
    """The shape of a finding: a mistake of a generator is in every request in the same shape."""
    starred = "" if pointer is None else "/".join("*" if isinstance(key, int) else key for key in pointer)
    return (rule.name, severity, starred)


def pointer_text(pointer: Pointer) -> str:
    """A pointer in the form of RFC 6901: `/params/messages/0`."""
    return "".join(f"/{str(key).replace('~', '~0').replace('/', '~1')}" for key in pointer)


def custom_id_of(value: Any, field: str = "custom_id") -> str | None:
    """The id of a decoded item, where it is a string."""
    custom_id = value.get(field) if isinstance(value, dict) else None
    return custom_id if isinstance(custom_id, str) else None
