"""A byte order mark at the beginning of the file.

Some editors and spreadsheet programs put the three bytes EF BB BF before the text. The API's reader and Python's
`json.loads` refuse them; a program that reads the file as `utf-8-sig` and writes the body anew does not notice.

Example: a file saved as "UTF-8 with BOM".

Instead: a file saved as "UTF-8".
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.rule import Metadata, Problem
from batchlint.sources.item import Irregularity

META = Metadata(
    severity="warning",
    impact="batch",
    since="0.1.0",
    wakes_on=("source:byte-order-mark",),
    source="RFC 8259, section 8.1: must not be added",
    checked="2026-11-23",
)


def check(irregularity: Irregularity) -> Iterator[Problem]:
    yield Problem(
        pointer=irregularity.pointer or (),
        message="the file begins with a byte order mark, which most readers of JSON refuse",
        help="save the file as UTF-8 without BOM",
    )
