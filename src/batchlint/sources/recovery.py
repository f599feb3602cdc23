"""Finds where reading can go on after an item that is broken."""

from __future__ import annotations

from typing import Final

from batchlint.sources.form import Form, GoesOn
from batchlint.sources.lexemes import BLANKS, BRACE, skip_blanks
from batchlint.sources.skipping import brackets
from batchlint.sources.window import Window

NEAR: Final = 1 << 14
"""Bytes after a fault in which the end of the item is looked for by its brackets, before anything else is tried."""
OVERLAP: Final = 256
"""Bytes kept while looking through the file for the next item, so that its beginning is not cut in two."""


def recover(window: Window, fault: int, form: Form) -> tuple[bytes, GoesOn]:
    """Moves the cursor past an item that is broken `fault` bytes after its beginning, to where reading can go on.

    Gives the bytes that were passed over, as far as they were kept.
    """
    while len(window.data) - window.at < fault + NEAR and window.more():
        pass
    data, at = window.data, window.at
    fault += at
    place = _place_to_go_on(data, at, fault, form)
    if place is None:
        return data[at:].rstrip(BLANKS), _search(window, form)
    window.at, goes_on = place
    passed = data[at : window.at].rstrip(BLANKS)
    return (passed if goes_on == "after" else passed.removesuffix(b",").rstrip(BLANKS)), goes_on


def _place_to_go_on(data: bytes, at: int, fault: int, form: Form) -> tuple[int, GoesOn] | None:
    """The best guess within what has been read, for an item that begins at `at`."""
    begun = _next_beginning(data, at + 1, fault, fault + OVERLAP, form)
    if begun is not None and begun <= fault:
        return begun, "next"  # The text goes wrong where the next item begins: this one has no end.
    closed = _by_brackets(data, at, fault, fault + NEAR, form)
    if closed is not None:
        return closed
    begun = _next_beginning(data, at + 1, fault, len(data), form)
    return (begun, "next") if begun is not None else _by_brackets(data, at, fault, len(data), form)


def remark(window: Window, form: Form, goes_on: GoesOn) -> str:
    """Words on where reading goes on, if that is not right after the item."""
    if goes_on == "next":
        return f"; reading continues at the next item, line {window.line()[0]}"
    return "; nothing after it can be read" if goes_on == "nowhere" and form.commas else ""


def _by_brackets(data: bytes, at: int, fault: int, limit: int, form: Form) -> tuple[int, GoesOn] | None:
    """Where the brackets that open at `at` close, if an item may end there.

    An item that begins before that, as if it were a member of an object, shows that a closing brace is missing.
    """
    if data[at] not in b"{[":
        return None
    for place, due in brackets(data, at, limit):
        if not due:
            behind = skip_blanks(data, place + 1)
            return (place + 1, "after") if data[behind : behind + 1] in form.behind else None
        if place > at and data[place] == BRACE and due[-2] == ord("}"):
            following = form.beginning.match(data, place - form.lead)
            if following and following.end() > fault and (_before(data, place) == b",") == form.commas:
                return place, "next"
    return None


def _next_beginning(data: bytes, start: int, fault: int, limit: int, form: Form) -> int | None:
    """Where, before `limit`, the next item seems to begin; one that a fault is at the beginning of is meant too."""
    for match in form.beginning.finditer(data, max(start, fault - OVERLAP), limit):
        place = match.start() + form.lead
        if match.end() > fault and not (form.commas and _before(data, place) in (b":", b"[")):
            return place
    return None


def _before(data: bytes, place: int) -> bytes:
    """The last byte before a place that is no blank, if it is not far off."""
    return data[max(place - OVERLAP, 0) : place].rstrip(BLANKS)[-1:]


def _search(window: Window, form: Form) -> GoesOn:
    """Slides the window to where the next item seems to begin, or to the end."""
    while not window.ended:
        window.at = max(window.at, len(window.data) - OVERLAP)
        window.more()
        following = _next_beginning(window.data, 1, 0, len(window.data), form)
        if following is not None:
            window.at = following
            return "next"
    window.at = len(window.data)
    return "nowhere"
