"""How many input tokens a request has, estimated offline: `estimate`, `largest_parts`, `over_limit`.

`params` is what the schema has accepted, or a part of it: any member may be missing, types of blocks may be unknown.
Whatever the text, nothing is raised but DamagedRanksError (the installation is broken). How it is done, and how well:
docs/tokens.md.
"""

from __future__ import annotations

from batchlint.tokens.bound import upper_bound
from batchlint.tokens.counting import Estimate, Part, estimate, largest_parts, over_limit
from batchlint.tokens.ranks import DamagedRanksError

__all__ = ["DamagedRanksError", "Estimate", "Part", "estimate", "largest_parts", "over_limit", "upper_bound"]
