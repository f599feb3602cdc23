"""Reads a built site: every link in it leads somewhere, and nothing comes from elsewhere.

python tools/check_site.py site
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

LOADED = {("script", "src"), ("img", "src"), ("iframe", "src"), ("link", "href"), ("source", "src"), ("form", "action")}
"""Tags whose attribute is fetched, or sent to, without a click."""
LINKED = {("a", "href")}
ADDRESS_ONLY = frozenset(("canonical", "prev", "next", "alternate", "edit"))
"""Relations of a link tag that name an address, and load nothing."""
IN_STYLE = re.compile(r"(?:url\(\s*['\"]?|@import\s+['\"])(https?:|//)")


class Page(HTMLParser):
    """What a page links to, loads, and can be linked to."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.ids.update(given[name] for name in ("id", "name") if name in given)
        for name, value in given.items():
            if (tag, name) in LOADED and given.get("rel", "") not in ADDRESS_ONLY:
                self.loads.append(value)
            if (tag, name) in LINKED:
                self.links.append(value)


def problems(site: Path) -> Iterator[str]:
    """Each thing that is wrong with the site, in a line."""
    pages = {path.resolve(): Page(path) for path in sorted(site.rglob("*.html"))}
    for path, page in pages.items():
        name = path.relative_to(site.resolve())
        for target in page.loads:
            if urlsplit(target).netloc:
                yield f"{name}: loads {target}"
            elif not target.startswith("data:") and not _file(path, target, site).exists():
                yield f"{name}: loads {target}, which is not there"
        for target in page.links:
            parts = urlsplit(target)
            if parts.scheme or parts.netloc:
                continue
            file = _file(path, target, site) if parts.path else path
            if not file.exists():
                yield f"{name}: links to {target}, which is not there"
            elif parts.fragment and file in pages and unquote(parts.fragment) not in pages[file].ids | {"__comments"}:
                yield f"{name}: links to {target}, and there is no such heading"
    for style in site.rglob("*.css"):
        if IN_STYLE.search(style.read_text(encoding="utf-8")):
            yield f"{style.relative_to(site)}: loads from elsewhere"


def _file(page: Path, target: str, site: Path) -> Path:
    path = unquote(urlsplit(target).path)
    file = (site.resolve() / path.lstrip("/")) if path.startswith("/") else page.parent / path
    file = file.resolve()
    return file / "index.html" if file.is_dir() else file


def main(arguments: list[str]) -> int:
    """Prints what is wrong; returns 1 if anything is."""
    found = list(problems(Path(arguments[0])))
    print("\n".join(found) or "every link leads somewhere, and nothing is loaded from elsewhere")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
