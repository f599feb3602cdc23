"""The page around the sections: its head, its style and script, and what the browser may do with it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from importlib.resources import files
from typing import NamedTuple

from batchlint import __version__
from batchlint.html.text import escaped


class Section(NamedTuple):
    """A part of the page under a heading of its own."""

    title: str
    content: Iterable[str]
    """Pieces of HTML."""


def page(title: str, subtitle: str, sections: Iterable[Section]) -> Iterator[str]:
    """The lines of the page. `title` and `subtitle` are plain text, what the sections hold is HTML."""
    style, script = (_resource(name) for name in ("page.css", "page.js"))
    policy = (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    yield "<!doctype html>"
    yield '<html lang="en">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="referrer" content="no-referrer">'
    yield '<meta name="color-scheme" content="light dark">'
    yield f'<meta name="generator" content="batchlint {__version__}">'
    yield f"<title>{escaped(title)}</title>"
    yield f"<style>{style}</style>"
    yield "</head>"
    yield "<body>"
    yield f"<header><h1>{escaped(title)}</h1><p>{escaped(subtitle, longest=2_000)}</p></header>"
    yield "<main>"
    for number, section in enumerate(sections, 1):
        yield f'<section aria-labelledby="section-{number}">'
        yield f'<h2 id="section-{number}">{escaped(section.title)}</h2>'
        yield from section.content
        yield "</section>"
    yield "</main>"
    yield f"<footer><p>made by batchlint {__version__}</p></footer>"
    yield f"<script>{script}</script>"
    yield "</body>"
    yield "</html>"


def numbers(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    """The few numbers that say most, each with what it counts."""
    yield '<dl class="numbers">'
    for name, value in pairs:
        yield f"<div><dt>{escaped(name)}</dt><dd>{escaped(value)}</dd></div>"
    yield "</dl>"


def paragraph(text: str) -> str:
    """A sentence or two, given as plain text."""
    return f"<p>{escaped(text, longest=2_000)}</p>"


def folded(summary: str, content: Iterable[str]) -> Iterator[str]:
    """HTML that is shown when somebody wants to see it."""
    yield f"<details><summary>{escaped(summary)}</summary>"
    yield from content
    yield "</details>"


def _resource(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    """The text's hash as a content security policy names it."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
