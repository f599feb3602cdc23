"""A byte order mark before the first request, or in the middle of joined files.

Some editors and spreadsheet programs put the three bytes EF BB BF before the text. Python's `json.loads` and other
readers refuse them; a program that reads the file as `utf-8-sig` and writes the body anew does not notice.

Example: a file saved as "UTF-8 with BOM".

Instead: a file saved as "UTF-8".
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.edits import Splice, safe
from batchlint.rule import Metadata, Problem
from batchlint.sources.item import Irregularity

META = Metadata(
    severity="warning",
    impact="batch",
    since="0.1.0",
    triggers=("source:byte-order-mark",),
    source="RFC 8259, section 8.1: must not be added",
    checked="2026-11-23",
    fixes=("safe",),
)


def check(irregularity: Irregularity) -> Iterator[Problem]:
    where = "the file begins with" if irregularity.index is None else "in front of this request is"
    yield Problem(
        pointer=irregularity.pointer or (),
        message=f"{where} a byte order mark, which many readers of JSON refuse",
        help="save the file as UTF-8 without BOM",
        fix=safe(Splice(irregularity.offset, irregularity.end_offset)),
    )
