"""The items of a file, and irregularities of the file's own form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from batchlint.facts.dialect import ItemDialect


class Unreadable:
    """The type of `UNREADABLE`, the value of an item whose bytes nobody can decode."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "UNREADABLE"

    def __bool__(self) -> bool:
        return False

    def __reduce__(self) -> str:
        return "UNREADABLE"  # the same one object on the other side of a process boundary


UNREADABLE: Final = Unreadable()


class Unread(dict[str, Any]):
    """Stands for the value of an item that is too large to be decoded: of what it holds, the id alone is known."""


class Foreign(dict[str, Any]):
    """Stands for the value of an item that is not of its file's dialect; it is empty."""

    def __init__(self, what: ItemDialect, instead: str, body: dict[str, Any] | None = None) -> None:
        super().__init__()
        self.body = body
        """Its body, where this is in a form that the platform takes too, though not the one that is checked."""
        self.what = what
        """What the item is."""
        self.instead = instead
        """Advice about it, as a sentence without a capital."""


class Irregularity(NamedTuple):
    """Something about the file's own form, told at its place.

    `kind` is the name of the rule that speaks of it, `detail` the variable part of the message. Offsets are
    absolute and in bytes, the end is exclusive; `line` counts from 1 and is the line of `offset`, `line_offset`
    the byte where that line begins (the first line begins after a byte order mark). `index` is the item that it
    belongs to, None for the whole file; `pointer` leads into that item, where it is known.
    """

    kind: str
    offset: int
    end_offset: int
    line: int
    line_offset: int
    index: int | None  # type: ignore[assignment]  # the name hides tuple.index, which nobody asks for
    detail: str
    pointer: tuple[str | int, ...] | None = None
    more: int = 0
    """How many others of its kind in the item it stands for."""
    lines: int = 1
    """How many broken lines it stands for, where no report names each; it is about the first of them."""


class Stretch(NamedTuple):
    """The bytes of an item, by where they are: an absolute offset, a length in bytes, and the line that begins at
    `line_offset`.
    """

    offset: int
    length: int
    line: int
    line_offset: int


class Item(NamedTuple):
    """One item of the file: `raw` is its own bytes exactly, without blanks, commas or line ends around it.

    `index` counts from 0 (a broken line that is not blank counts), `offset` is the absolute byte offset of
    `raw`, `line` and `line_offset` belong to that byte. `value` is the decoded JSON value, or `UNREADABLE`.
    """

    index: int  # type: ignore[assignment]
    offset: int
    line: int
    line_offset: int
    raw: bytes
    value: Any
    irregularities: tuple[Irregularity, ...] = ()
    given: Any = None
    """The value as the file has it, where `value` is another form of it (`batchlint.dialects`)."""

    @property
    def written(self) -> Any:
        """The decoded value as the file has it."""
        return self.value if self.given is None else self.given

    @property
    def stretch(self) -> Stretch:
        """Where it is."""
        return Stretch(self.offset, len(self.raw), self.line, self.line_offset)
