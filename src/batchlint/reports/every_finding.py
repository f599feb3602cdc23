"""The common part of reports that write every finding as it comes."""

from __future__ import annotations

from batchlint.batch import Batch
from batchlint.finding import Finding


class EveryFinding:
    """Wants every finding, and needs no counts of files. Formats that need no more have `finding` and `close`."""

    shows_frames = False
    shows_fixes = False

    def wants(self, finding: Finding) -> bool:
        return True

    def more(self, finding: Finding) -> None:
        pass

    def file(self, batch: Batch) -> None:
        pass
