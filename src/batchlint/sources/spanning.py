"""Finds the whole of a value that line breaks inside its strings have spread over several lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from batchlint.sources.broken import CutShortError, NotJsonError
from batchlint.sources.decode import read_json
from batchlint.sources.grammar import end_of_value
from batchlint.sources.lexemes import BLANKS

if TYPE_CHECKING:
    from batchlint.sources.readable import Readable

FIRST_LOOK: Final = 1 << 12
"""Bytes after the first line that are looked at first; a line that was cut off goes wrong within them."""
FARTHEST: Final = 1 << 24
"""Bytes after the first line within which the value has to end."""
AS_BLANKS: Final = bytes.maketrans(b"\t\r\n", b"   ")
"""What a string may not hold as it is, and a blank in its place: offsets stay as they are."""


def value_over_lines(source: Readable, begin: int, length: int) -> bytes | None:
    """The bytes of the value whose first line, of that length, ends inside a string.

    None where what follows does not go on with it: the line was cut off, or more is wrong.
    """
    ahead = FIRST_LOOK
    while True:
        data = source.read(begin, length + ahead)
        try:
            end = end_of_value(data.translate(AS_BLANKS))
        except NotJsonError:
            return None
        except CutShortError:
            if ahead >= FARTHEST or len(data) < length + ahead:
                return None
            ahead *= 16
            continue
        rest_of_line = data[end:].partition(b"\n")[0]
        return data[:end] if not rest_of_line.strip(BLANKS) and _is_broken_by_line_breaks(data[:end]) else None


def _is_broken_by_line_breaks(text: bytes) -> bool:
    """Whether line breaks inside strings, and tabs, are all that is wrong with a text."""
    written = text.replace(b"\r\n", b"\\n").replace(b"\n", b"\\n").replace(b"\t", b" ")
    try:
        read_json(written)
    except ValueError:
        return False
    return True
