"""Colours, links, and the piece of a line with its marks, for reports that people read."""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.finding import Frame
from batchlint.terminal.frame import fitted
from batchlint.terminal.screen import Screen
from batchlint.terminal.wrap import wrapped

CODES = {
    "error": "1;91",
    "warning": "1;93",
    "good": "1;92",
    "note": "1;94",
    "bold": "1",
    "faint": "2",
    "removed": "31",
    "added": "32",
}
BAR = "  |"


class Paint:
    """Lays text out for a screen, and paints it where colours are wanted."""

    def __init__(self, screen: Screen = Screen()) -> None:  # noqa: B008  # it is immutable
        self.screen = screen

    def painted(self, text: str, what: str) -> str:
        """The text in the colour of `what`, one of `CODES`."""
        return f"\x1b[{CODES[what]}m{text}\x1b[0m" if self.screen.color and text else text

    def linked(self, text: str, url: str | None) -> str:
        """The text as a link (OSC 8), where there is an address and the terminal takes links."""
        if url is None or not self.screen.links or not url.isascii() or not url.isprintable():
            return text
        return f"\x1b]8;;{url}\x1b\\{text}\x1b]8;;\x1b\\"

    def titled(self, title: str, text: str, what: str, url: str | None = None) -> Iterator[str]:
        """A headline: its title in a colour, the text in bold, wrapped under its beginning."""
        first, *rest = wrapped(text, self.screen, f"{title}: ", "    ")
        behind = first.removeprefix(f"{title}: ") if first != f"{title}:" else ""
        head = self.linked(self.painted(title, what), url) + ":"
        yield f"{head} {self.painted(behind, 'bold')}" if behind else head
        for line in rest:
            yield f"    {self.painted(line.removeprefix('    '), 'bold')}"

    def noted(self, text: str) -> Iterator[str]:
        """Lines that add something to what was said."""
        for number, line in enumerate(wrapped(text, self.screen, "  = ")):
            yield line if number else f"  {self.painted('=', 'note')} {line[4:]}"

    def placed(self, place: str, about: str) -> Iterator[str]:
        """The line that says where something is, and what is there: on one line, or on two; a place is never broken."""
        arrow = f" {self.painted('-->', 'note')} "
        place = self.screen.shown(place)
        if not about:
            yield arrow + place
            return
        one = next(iter(wrapped(about, self.screen, f" --> {place}  ", "     ")))
        if one == f" --> {place}  {self.screen.shown(about)}":
            yield f"{arrow}{place}  {self.screen.shown(about)}"
            return
        yield arrow + place
        yield from wrapped(about, self.screen, "     ")

    def framed(self, frame: Frame, what: str) -> Iterator[str]:
        """The piece of a line with marks below the place."""
        fit = fitted(frame, self.screen)
        bar = self.painted(BAR, "note")
        yield bar
        yield f"{bar} {fit.text}"
        yield f"{bar} {' ' * fit.start}{self.painted('^' * fit.length, what)}"
