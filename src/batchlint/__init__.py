"""batchlint finds in seconds, offline, what the Claude API would refuse in a Message Batch hours later."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from batchlint.resources import __version__

__all__ = [
    "LocatedFinding",
    "Options",
    "RequestErrors",
    "Result",
    "__version__",
    "check_file",
    "check_requests",
    "raise_on_errors",
    "read_results",
]

if TYPE_CHECKING:
    from batchlint.finding import LocatedFinding
    from batchlint.library import RequestErrors, check_file, check_requests, raise_on_errors
    from batchlint.options import Options
    from batchlint.results.reading import Result, read_results

_HOMES = {
    "LocatedFinding": "finding",
    "Options": "options",
    "RequestErrors": "library",
    "Result": "results.reading",
    "check_file": "library",
    "check_requests": "library",
    "raise_on_errors": "library",
    "read_results": "results.reading",
}


def __getattr__(name: str) -> Any:
    """The calls for programs, imported when somebody asks for them: the command line does not."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
