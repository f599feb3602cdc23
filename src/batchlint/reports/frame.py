"""Reads the piece of a line that shows a finding, however long the line is; each report cuts it to its width."""

from __future__ import annotations

import re

from batchlint.finding import Frame
from batchlint.reports.plain import plain
from batchlint.sources import Source

SIDE = 240
"""Characters kept of the place itself, before it, and after it: more than a screen is wide."""
LONG_OBJECT = 60
"""Bytes of an object or a list from which on it is shown by where it opens."""
READ = 4 * (SIDE + 200)
"""Bytes read on either side: enough for that many characters of four bytes."""
ELISION = "…"
BASE64_RUN = r"[A-Za-z0-9+/]{40,}={0,2}"
"""A run that is no text for a reader; it is shown by its first characters."""


def frame_of(source: Source, offset: int, end_offset: int) -> Frame:
    """The piece of the line around a place, readable and printable, with the place's columns in it."""
    start = max(offset - READ, 0)
    around = source.read(start, min(end_offset, offset + READ) - start + READ)
    at = offset - start
    before = around[:at].rpartition(b"\n")[2]
    inside = around[at : at + min(end_offset - offset, READ)]
    if inside[:1] in (b"{", b"[") and len(inside) > LONG_OBJECT:
        inside = inside[:1]  # A long object is shown by where it opens.
    inside = inside.partition(b"\n")[0]
    rest = around[at + len(inside) :].partition(b"\n")[0]

    before_text = shown(before)
    inside_text = shown(inside)
    after_text = shown(rest)
    cut_before = len(before_text) > SIDE or (start > 0 and len(before) == at)
    before_text = (ELISION if cut_before else "") + before_text[-SIDE:]
    if len(inside_text) > SIDE:
        inside_text, after_text = inside_text[:SIDE] + ELISION, ""
    if len(after_text) > SIDE:
        after_text = after_text[:SIDE] + ELISION
    # Two harmless pieces can make a command to a CI service's log side by side (see `plain`); columns stay as they are.
    text = re.sub(r"##(?=\w*\[)", "#·", before_text + inside_text + after_text)
    return Frame(text, len(before_text), max(len(inside_text), 1))


def shown(raw: bytes) -> str:
    """Bytes of a line as people may see them: printable, and base64 by its first characters."""
    text = raw.rstrip(b"\r").decode("utf-8", errors="replace")
    return plain(re.sub(BASE64_RUN, lambda run: run[0][:8] + ELISION, text))
