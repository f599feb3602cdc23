"""Cuts items out of a window: by where the next one seems to begin, proved by parsing, or else by the grammar."""

from __future__ import annotations

import re
from collections.abc import Generator
from typing import Any, Final, Literal, NamedTuple

from batchlint.sources.decode import decode, read_json
from batchlint.sources.faults import CutShortError, NotJsonError
from batchlint.sources.flaws import Flaw, placed
from batchlint.sources.item import UNREADABLE, Item
from batchlint.sources.lexemes import BLANKS, COMMA, skip_blanks
from batchlint.sources.locate import bracketed_end
from batchlint.sources.window import Window

NEAR: Final = 1 << 14
"""Bytes behind a fault in which the end of the broken item is looked for by its brackets, before anything else."""
OVERLAP: Final = 256
"""Bytes kept while looking through the file for the next item, so that its beginning is not cut in two."""


class Form(NamedTuple):
    """How items stand one after the other: the pattern of where one probably begins, how many bytes of the match
    come before it, and whether a comma separates them.
    """

    beginning: re.Pattern[bytes]
    lead: int
    commas: bool


LISTED: Final = Form(re.compile(rb'\{[ \t\r\n]*+"(?:custom_id|params)"'), 0, True)
"""Items of a list: objects inside an item may look like this too, hence the proof."""
LOOSE: Final = Form(re.compile(rb"\n\{"), 1, False)
"""Values one after the other, over several lines, with nothing between them."""

GoesOn = Literal["behind", "next", "nowhere"]
"""Where the cursor stands after an item: behind it, at the next one because what is between could not be read, or
at the end.
"""


def quick_items(window: Window, index: int, form: Form) -> Generator[Item, None, tuple[int, int]]:
    """The items from the cursor on as far as guessing carries, with the cursor left at the first that needs the
    grammar.

    Returns the next index, and the absolute offset before which guessing again leads to nothing.
    """
    while True:
        data, base, at, lead = window.data, window.base, window.at, form.lead
        for match in form.beginning.finditer(data, at + 1):
            cut = match.start() + lead
            end = cut - 1
            while data[end] in BLANKS:
                end -= 1
            if form.commas:
                if data[end] != COMMA:
                    continue  # an object inside the item
                end -= 1
                while data[end] in BLANKS:
                    end -= 1
            raw = data[at : end + 1]
            try:
                value = read_json(raw)
            except ValueError:
                return index, base + cut
            line, line_offset = window.line()
            yield Item(index, base + at, line, line_offset, raw, value)
            index += 1
            window.at = at = cut
        if at == 0 or not window.more():
            return index, window.base + len(window.data)


def exact_item(window: Window, index: int, form: Form) -> tuple[Item, GoesOn]:
    """The item at the cursor by the grammar, with the cursor moved on."""
    line, line_offset = window.line()
    offset = window.here
    value: Any = UNREADABLE
    goes_on: GoesOn = "behind"
    try:
        end = window.value_end()
    except CutShortError as cut:
        text = raw = window.data[window.at :].rstrip(BLANKS)
        end = cut.end - window.at
        flaws: tuple[Flaw, ...] = (Flaw("truncated-json", end, end, f"inside {cut.within}"),)
        window.at, goes_on = len(window.data), "nowhere"
    except NotJsonError as broken:
        fault = broken.start - window.at
        text = window.data[window.at : broken.end]
        raw, goes_on = pass_over(window, fault, form)
        flaws = (Flaw(broken.kind, fault, len(text), broken.detail + _where(window, form, goes_on)),)
    else:
        text = raw = window.data[window.at : end]
        window.at = end
        value, flaws = decode(raw)
    told = placed(flaws, text, index, offset, line, line_offset) if flaws else ()
    return Item(index, offset, line, line_offset, raw, value, told), goes_on


def pass_over(window: Window, fault: int, form: Form) -> tuple[bytes, GoesOn]:
    """Moves the cursor past an item that is broken `fault` bytes behind its beginning, to where reading can go on.

    Gives the bytes that were passed over, as far as they were kept.
    """
    while len(window.data) - window.at < fault + NEAR and window.more():
        pass
    data, at = window.data, window.at
    end = _closed_end(data, at, at + fault + NEAR, form)
    if end is None:
        following = _next_beginning(data, at + 1, at + fault, form)
        if following is not None:
            window.at = following
            return data[at:following].rstrip(BLANKS).removesuffix(b",").rstrip(BLANKS), "next"
        end = _closed_end(data, at, len(data), form)
    if end is not None:
        window.at = end
        return data[at:end], "behind"
    return data[at:].rstrip(BLANKS), _search(window, form)


def _where(window: Window, form: Form, goes_on: GoesOn) -> str:
    """Words on where reading goes on, if that is not right behind the item."""
    if goes_on == "next":
        return f"; reading goes on at the next item, line {window.line()[0]}"
    return "; nothing behind it can be read" if goes_on == "nowhere" and form.commas else ""


def _closed_end(data: bytes, at: int, limit: int, form: Form) -> int | None:
    """Where the brackets close that open at `at`, if an item may end there."""
    end = bracketed_end(data, at, limit) if data[at] in b"{[" else None
    if end is None:
        return None
    behind = skip_blanks(data, end)
    return end if data[behind : behind + 1] in ((b",", b"]", b"") if form.commas else (b",", b"{", b"[", b"")) else None


def _next_beginning(data: bytes, start: int, fault: int, form: Form) -> int | None:
    """Where the next item seems to begin; one that a fault stands at the beginning of is meant too."""
    for match in form.beginning.finditer(data, max(start, fault - 64)):
        cut = match.start() + form.lead
        if match.end() > fault and (
            not form.commas or data[max(cut - OVERLAP, 0) : cut].rstrip(BLANKS)[-1:] not in (b":", b"[")
        ):
            return cut
    return None


def _search(window: Window, form: Form) -> GoesOn:
    """Slides the window to where the next item seems to begin, or to the end."""
    while not window.ended:
        window.at = max(window.at, len(window.data) - OVERLAP)
        window.more()
        following = _next_beginning(window.data, 1, 0, form)
        if following is not None:
            window.at = following
            return "next"
    window.at = len(window.data)
    return "nowhere"
