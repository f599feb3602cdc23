"""Fixes: edits at symbolic places; the bytes are worked out late, as lines and columns are.

These are all kinds of edit that there are. `batchlint.fixing.resolving` turns those of one item into bytes,
`batchlint.fixing.forms` those of a whole file.
"""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

Pointer = tuple[str | int, ...]
"""A place inside an item as keys and indexes: `("params", "messages", 0, "content")`."""
Safety = Literal["safe", "unsafe"]
"""Safe: the API refuses what is there, and there is one right answer, or no meaning changes. Unsafe: what comes out is
accepted, and means or costs something else."""


class Rename(NamedTuple):
    """Gives a member another name; nothing happens where the object has that name already."""

    pointer: Pointer
    name: str


class Replace(NamedTuple):
    """Puts another JSON value in the place of one; of a text, only what differs is touched."""

    pointer: Pointer
    value: Any
    """May hold `Copied` and `Unquoted` in the place of any value."""


class Remove(NamedTuple):
    """Takes out a member, or an element of a list, with its comma."""

    pointer: Pointer


class Insert(NamedTuple):
    """Adds a member to an object; nothing happens where the object has that name already."""

    pointer: Pointer
    """The object."""
    name: str
    value: Any
    """May hold `Copied` and `Unquoted` in the place of any value."""
    first: bool = False
    """Whether it is to be the first member; otherwise it is the last."""


class Reorder(NamedTuple):
    """Puts the elements of a list into another order, each as it is written."""

    pointer: Pointer
    order: tuple[int, ...]
    """The indexes in their new order."""


class KeepLast(NamedTuple):
    """Takes out all members of one name but the last, where all have the same value; otherwise nothing happens."""

    pointer: Pointer


class Unpack(NamedTuple):
    """Puts the elements of a list in the place of the whole item that holds it, each an item of its own."""

    pointer: Pointer


class ReplaceSurrogates(NamedTuple):
    """Puts U+FFFD in the place of every half of a surrogate pair in the string that has one at this offset."""

    offset: int
    """Absolute, in bytes."""


class Splice(NamedTuple):
    """Puts other bytes in the place of some, which are named by absolute offsets."""

    offset: int
    end_offset: int
    text: bytes = b""


class OneValueALine(NamedTuple):
    """Puts each value of the file on one line of its own, without commas between them."""


class Recode(NamedTuple):
    """Writes the file in UTF-8, where its first bytes are the mark of UTF-16 or UTF-32."""


class Copied(NamedTuple):
    """Stands in a value for another value of the item, as it is written there."""

    pointer: Pointer


class Unquoted(NamedTuple):
    """Stands in a value for the JSON that a string of the item holds, as it is written in there."""

    pointer: Pointer


Edit = (
    Rename
    | Replace
    | Remove
    | Insert
    | Reorder
    | KeepLast
    | Unpack
    | ReplaceSurrogates
    | Splice
    | OneValueALine
    | Recode
)
FORMS = (OneValueALine, Recode)
"""Edits of the form of a whole file."""
UNPLACED = (*FORMS, Splice, ReplaceSurrogates)
"""Edits that name no place by a pointer."""


class Fix(NamedTuple):
    """The edits that mend a problem: all of them are made, or none."""

    safety: Safety
    edits: tuple[Edit, ...]

    @property
    def of_form(self) -> bool:
        """Whether it changes the form of the whole file."""
        return isinstance(self.edits[0], FORMS)

    @property
    def may_uncover(self) -> bool:
        """Whether rules may have something to say afterwards that they could not say before: of a model that is known
        now, of a value that is where it is looked at.
        """
        return any(isinstance(edit, (Rename, Replace, Insert)) for edit in self.edits)

    def below(self, pointer: Pointer) -> Fix:
        """The same, where what it changes is at this pointer."""
        return Fix(self.safety, tuple(_below(pointer, edit) for edit in self.edits))


def _below(pointer: Pointer, edit: Edit) -> Edit:
    return edit if isinstance(edit, UNPLACED) else edit._replace(pointer=(*pointer, *edit.pointer))


def safe(*edits: Edit) -> Fix:
    """The one right answer to something that the API refuses, or a change that changes no meaning."""
    return Fix("safe", edits)


def unsafe(*edits: Edit) -> Fix:
    """What makes a request acceptable, and means or costs something else."""
    return Fix("unsafe", edits)
