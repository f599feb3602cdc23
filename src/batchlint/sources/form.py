"""How items follow each other in a list, and in a file of values without separators."""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple


class Form(NamedTuple):
    """How items are one after the other."""

    beginning: re.Pattern[bytes]
    """Where an item probably begins."""
    lead: int
    """Bytes of that match that come before the item."""
    commas: bool
    """Whether a comma is between items."""
    behind: tuple[bytes, ...]
    """What may come after an item."""


LISTED: Final = Form(re.compile(rb'\{[ \t\r\n]*+"(?:custom_id|params)"'), 0, True, (b",", b"]", b""))
"""Items of a list. Objects inside an item may begin like this too, hence the proof."""
CONCATENATED: Final = Form(re.compile(rb"\n\{"), 1, False, (b",", b"{", b"[", b""))
"""Values one after the other, over several lines, with nothing between them."""

GoesOn = Literal["after", "next", "nowhere"]
"""Where the cursor is after an item: after it, at the next one because what is between could not be read, or
at the end.
"""
