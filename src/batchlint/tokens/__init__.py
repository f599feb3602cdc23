"""How many input tokens a request has, estimated offline: `estimate`, `largest_parts`, `over_limit`.

`params` is what the schema has accepted, or a part of it: any member may be missing, types of blocks may be unknown.
Whatever the text, nothing is raised but DamagedRanksError (the installation is broken). How it is done, and how well:
docs/tokens.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from batchlint.tokens.bound import closer_bound, upper_bound

__all__ = [
    "DamagedRanksError",
    "Estimate",
    "TokenShare",
    "closer_bound",
    "estimate",
    "largest_parts",
    "over_limit",
    "upper_bound",
]

if TYPE_CHECKING:
    from batchlint.tokens.counting import Estimate, TokenShare, estimate, largest_parts, over_limit
    from batchlint.tokens.ranks import DamagedRanksError


def __getattr__(name: str) -> Any:
    """What counts, imported when somebody asks for it: most requests are surely within every limit by their bound."""
    if name == "DamagedRanksError":
        from batchlint.tokens.ranks import DamagedRanksError

        return DamagedRanksError
    if name in __all__:
        from batchlint.tokens import counting

        return getattr(counting, name)
    raise AttributeError(name)
