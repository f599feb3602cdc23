"""Draws what a terminal of 80 columns shows of a command as SVG, for the README and the docs.

python tools/terminal_picture.py              writes docs/images/terminal.svg
python tools/terminal_picture.py --check      says whether it is out of date
"""

from __future__ import annotations

import html
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).parent.parent
PICTURE = PROJECT / "docs" / "images" / "terminal.svg"
ARGUMENTS = ["--max-findings", "1", "--as-of", "2026-11-23", "--no-config", "examples/requests.jsonl"]
SHOWN_AS = "batchlint --max-findings 1 examples/requests.jsonl"
COLUMNS = 80
CELL, LINE, MARGIN = 8.4, 20, 16
"""Pixels: the width of a character, the height of a line, and what is around all."""
FONT = "ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace"
INK, PAPER = "#d4d4d4", "#1e1e1e"
COLORS = {"91": "#f14c4c", "92": "#23d18b", "93": "#f5f543", "94": "#3b8eea", "31": "#cd3131", "32": "#0dbc79"}


def main() -> int:
    """Writes the picture, or compares it."""
    text = picture(["\x1b[92m$\x1b[0m " + SHOWN_AS, *shown()])
    if "--check" in sys.argv[1:]:
        return int(PICTURE.read_text(encoding="utf-8") != text)
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(text, encoding="utf-8")
    return 0


def shown() -> list[str]:
    """The lines that the command writes, with their colours."""
    environment = {**os.environ, "COLUMNS": str(COLUMNS), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "batchlint", "--color", "always", *ARGUMENTS]
    done = subprocess.run(command, cwd=PROJECT, env=environment, stdout=subprocess.PIPE, check=False)
    return done.stdout.decode("utf-8").splitlines()


def picture(lines: list[str]) -> str:
    """An SVG of these lines; whoever cannot see it is read them."""
    width, height = round(COLUMNS * CELL + 2 * MARGIN), len(lines) * LINE + 2 * MARGIN
    plain = html.escape("\n".join(re.sub(r"\x1b\[[\d;]*m", "", line) for line in lines))
    rows = "\n".join(
        f'<text x="{MARGIN}" y="{MARGIN + (number + 0.75) * LINE:g}">{"".join(spans(line))}</text>'
        for number, line in enumerate(lines)
        if line
    )
    return f"""\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" aria-labelledby="title description">
<title id="title">batchlint in a terminal</title>
<desc id="description">{plain}</desc>
<rect width="{width}" height="{height}" rx="8" fill="{PAPER}"/>
<g font-family="{FONT}" font-size="14" fill="{INK}" xml:space="preserve">
{rows}
</g>
</svg>
"""


def spans(line: str) -> Iterator[str]:
    """The pieces of a line, each with its colour, and as wide as its characters are in a terminal."""
    color, bold, column = "", False, 0
    for piece in re.split(r"(\x1b\[[\d;]*m)", line):
        if piece.startswith("\x1b["):
            codes = piece[2:-1].split(";")
            color = next((COLORS[code] for code in codes if code in COLORS), "")
            bold = "1" in codes
        elif piece:
            indent = len(piece) - len(piece.lstrip(" "))  # blanks at the beginning would be dropped
            column, piece = column + indent, piece[indent:]
            style = (f' fill="{color}"' if color else "") + (' font-weight="bold"' if bold else "")
            place = f'x="{MARGIN + column * CELL:g}" textLength="{len(piece) * CELL:g}" lengthAdjust="spacingAndGlyphs"'
            yield f"<tspan {place}{style}>{html.escape(piece)}</tspan>"
            column += len(piece)


if __name__ == "__main__":
    sys.exit(main())
