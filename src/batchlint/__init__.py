"""batchlint finds in seconds, offline, what the Claude API would refuse in a Message Batch hours later."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from batchlint.resources import __version__

__all__ = ["LocatedFinding", "Options", "__version__", "check_file", "check_requests"]

if TYPE_CHECKING:
    from batchlint.finding import LocatedFinding
    from batchlint.library import check_file, check_requests
    from batchlint.options import Options


def __getattr__(name: str) -> Any:
    """The library calls, imported when somebody asks for them: the command line does not."""
    if name in ("check_file", "check_requests"):
        from batchlint import library

        return getattr(library, name)
    if name == "Options":
        from batchlint.options import Options

        return Options
    if name == "LocatedFinding":
        from batchlint.finding import LocatedFinding

        return LocatedFinding
    raise AttributeError(name)
