"""The report of a bug in batchlint itself."""

from __future__ import annotations

import platform
import traceback
from collections.abc import Sequence

from batchlint import __version__


def crash_report(error: BaseException, arguments: Sequence[str]) -> str:
    """A short report of what to send: where it broke and with what versions, nothing of the files that were read.

    The text of the error is left out: it may quote the file.
    """
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    places = [f"    {each.name} ({each.filename.rpartition('batchlint')[2]}:{each.lineno})" for each in frames]
    return "\n".join(
        [
            "batchlint: this is a bug in batchlint, not in your file. Please report it with these lines:",
            f"    batchlint {__version__}, Python {platform.python_version()}, {platform.platform(terse=True)}",
            f"    {type(error).__module__}.{type(error).__qualname__}",
            *places,
            f"    options: {' '.join(each for each in arguments if each.startswith('--')) or 'none'}",
            "",
        ]
    )
