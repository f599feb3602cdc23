"""What `--version` says."""

from __future__ import annotations

import platform

from batchlint import __version__


def version_text(verbose: bool) -> str:
    """The version in a line; with more lines, what it runs on and whether the scanner is used."""
    lines = [f"batchlint {__version__}"]
    if verbose:
        from batchlint.engine.native import state

        library, reason = state()
        lines.append(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}")
        lines.append(f"native scanner: {'used' if library else 'not used'} ({reason})")
    return "\n".join(lines) + "\n"
