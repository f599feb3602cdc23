"""Reads a page as a browser would, as far as the tests need it."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from html.parser import HTMLParser

RAW = ("style", "script")
VOID = ("meta", "input", "link", "br")


class Page(HTMLParser):
    """The elements, attributes and texts of a page. Fails where an element is not closed as it should be."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: Counter[str] = Counter()
        self.attributes: list[tuple[str, str, str]] = []
        """Element, name and value."""
        self.texts: list[str] = []
        self.raw: dict[str, str] = {}
        """What is in the style and in the script."""
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements[tag] += 1
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements[tag] += 1
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] in RAW:
            self.raw[self._open[-1]] = data
        else:
            self.texts.append(data)

    @property
    def words(self) -> str:
        """All texts of the page."""
        return "".join(self.texts)

    @property
    def policy(self) -> str:
        """The content security policy."""
        return next(value for _, name, value in self.attributes if name == "content" and "default-src" in value)


def is_self_contained(page: Page) -> None:
    """Asserts that a page loads nothing, and that its policy lets nothing run but its own style and script."""
    for element, name, value in page.attributes:
        assert not name.startswith("on"), (element, name)
        assert name not in ("style", "src", "srcset", "action", "formaction", "xlink:href"), (element, name)
        assert name != "href", (element, value)
    assert not page.elements.keys() & {"img", "iframe", "object", "embed", "link", "base", "form", "audio", "video"}
    assert page.elements["script"] == page.elements["style"] == 1
    assert "default-src 'none'" in page.policy
    for kind in RAW:
        digest = base64.b64encode(hashlib.sha256(page.raw[kind].encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in page.policy
    assert "unsafe" not in page.policy
