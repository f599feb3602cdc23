"""The text of `--version`."""

from __future__ import annotations

import platform

from batchlint import __version__


def version_text(verbose: bool) -> str:
    """The version in a line; with more lines, what it runs on and how, and how old the facts are."""
    lines = [f"batchlint {__version__}"]
    if verbose:
        from batchlint.engine.native import state
        from batchlint.facts import knowledge

        library, reason = state()
        lines.append(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}")
        lines.append(f"native scanner: {'used' if library else 'not used'} ({reason})")
        lines.append(f"facts: {knowledge.summary()}")
        lines += (f"  {name} {day}" for name, day in knowledge.days().items())
    return "\n".join(lines) + "\n"
