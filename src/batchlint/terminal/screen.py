"""The screen that a report is written for: a width, an encoding, colours and links or none.

Where nothing else is known, a screen has 80 columns: also for a pipe or a file, so that what is piped reads the same
everywhere. COLUMNS says another width.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import NamedTuple, TextIO

DEFAULT_WIDTH = 80
LEAST_WIDTH = 40
"""Columns below which nothing is laid out; a narrower terminal wraps by itself."""
PROSE_WIDTH = 120
"""Columns of a paragraph at most: longer lines are hard to read."""
SIGNS = {
    "…": "...",
    "█": "#",
    "▏": "#",
    "▎": "#",
    "▍": "#",
    "▌": "#",
    "▋": "#",
    "▊": "#",
    "▉": "#",
    "─": "-",
    "│": "|",
    "·": ".",
}
"""What we draw with, and what stands for it where an encoding has no such sign."""
VTE_WITH_LINKS = 5001
"""Version of the library of GNOME's terminals from which on they know links; 5000 crashes on them."""
TERMINALS_WITH_LINKS = {"ghostty", "Hyper", "iTerm.app", "mintty", "rio", "Tabby", "vscode", "WezTerm", "zed"}
TERMS_WITH_LINKS = ("alacritty", "contour", "foot", "xterm-ghostty", "xterm-kitty")


class Screen(NamedTuple):
    """How wide, in which encoding, and whether with colours and links."""

    width: int = DEFAULT_WIDTH
    color: bool = False
    links: bool = False
    encoding: str = "utf-8"

    @property
    def prose(self) -> int:
        """Columns of a paragraph."""
        return min(self.width, PROSE_WIDTH)

    def shown(self, text: str) -> str:
        """The text as it will appear there: what the encoding has no sign for is replaced, or written out."""
        if text.isascii() or self.encoding == "utf-8":
            return text
        return replaced(text, self.encoding)


def replaced(text: str, encoding: str) -> str:
    """The text in characters that an encoding has; our own signs by their like, others written out as `\\u1234`."""
    try:
        text.encode(encoding)
        return text
    except UnicodeEncodeError:
        pass
    for sign, stand_in in SIGNS.items():
        if sign in text and not _has(encoding, sign):
            text = text.replace(sign, stand_in)
    return text.encode(encoding, errors="backslashreplace").decode(encoding)


def _has(encoding: str, text: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def screen_of(stream: TextIO | None = None, when: str = "auto", environment: Mapping[str, str] = os.environ) -> Screen:
    """What a stream is written for, standard output by default; `when` is --color: always, never, or auto."""
    stream = sys.stdout if stream is None else stream
    return Screen(
        width_of(stream, environment),
        wants_color(stream, when, environment),
        knows_links(stream, environment),
        encoding_of(stream),
    )


def width_of(stream: TextIO, environment: Mapping[str, str] = os.environ) -> int:
    """The columns of a stream: what COLUMNS says, what the terminal says, or 80."""
    said = environment.get("COLUMNS", "")
    columns = int(said) if said.isascii() and said.isdigit() and len(said) < 6 else 0
    if not columns:
        try:
            columns = os.get_terminal_size(stream.fileno()).columns
        except (OSError, ValueError, AttributeError):
            columns = 0
    return max(columns, LEAST_WIDTH) if columns else DEFAULT_WIDTH


def wants_color(stream: TextIO, when: str = "auto", environment: Mapping[str, str] = os.environ) -> bool:
    """Whether a stream is painted.

    --color decides; then NO_COLOR, then FORCE_COLOR and CLICOLOR_FORCE, as other programs take them; then whether it is
    a terminal that knows colours.
    """
    if when != "auto":
        return when == "always"
    if environment.get("NO_COLOR"):
        return False
    for name in ("FORCE_COLOR", "CLICOLOR_FORCE"):
        if environment.get(name):
            return environment[name] not in ("0", "false")
    return stream.isatty() and environment.get("TERM") != "dumb" and environment.get("CLICOLOR") != "0"


def knows_links(stream: TextIO, environment: Mapping[str, str] = os.environ) -> bool:
    """Whether a stream is a terminal that is known to take links (OSC 8); others may show them as dirt."""
    forced = environment.get("FORCE_HYPERLINK")
    if forced:
        return forced != "0"
    if not stream.isatty() or environment.get("TERM") == "dumb" or environment.get("CI"):
        return False
    version = environment.get("VTE_VERSION", "")
    return (
        environment.get("TERM_PROGRAM") in TERMINALS_WITH_LINKS
        or environment.get("TERM", "").startswith(TERMS_WITH_LINKS)
        or any(environment.get(name) for name in ("WT_SESSION", "KONSOLE_VERSION", "DOMTERM", "KITTY_WINDOW_ID"))
        or (version.isdigit() and int(version) >= VTE_WITH_LINKS)
    )


def encoding_of(stream: TextIO) -> str:
    """The encoding of a stream by its usual name; utf-8 where it has none, as a file in memory."""
    name = (getattr(stream, "encoding", None) or "utf-8").lower().replace("_", "-")
    return "utf-8" if name in ("utf8", "utf-8-sig", "cp65001") or name.startswith("utf-16") else name
