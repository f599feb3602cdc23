"""Hooks of the site (mkdocs.yml): files of the repository become pages, and every rule is in the navigation."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files

PROJECT = Path(__file__).resolve().parent.parent
PAGES = ("CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "CODE_OF_CONDUCT.md")
"""Files at the top of the repository that are pages of the site too."""
BOOSTS = (("api-said", 3), ("rules/", 2), ("faq", 1.5), ("CHANGELOG", 0.2), ("CONTRIBUTING", 0.2), ("releasing", 0.2))
"""How much more or less than others a page counts in the search, by how its name begins."""
LINK = re.compile(r"(\]\()(?![a-z]+:|#)([^)\s#]+)([^)\s]*\))")
PROJECT_SECTION = "The project"
MORE_SECTION = "More"


def on_config(config: Any) -> Any:
    """Completes the navigation: each rule, pages that nobody has named, and the project's own files."""
    docs = Path(config.docs_dir)
    named = set(_pages(config.nav))
    for section in config.nav:
        if isinstance(section, dict) and "Rules" in section:
            section["Rules"] += sorted(f"rules/{path.name}" for path in (docs / "rules").glob("*.md"))
    more = sorted(path.name for path in docs.glob("*.md") if path.name not in named)
    config.nav += [{MORE_SECTION: more}] if more else []
    config.nav.append({PROJECT_SECTION: list(PAGES)})
    return config


def _pages(entries: list[Any]) -> list[str]:
    pages = []
    for entry in entries:
        if isinstance(entry, str):
            pages.append(entry)
        else:
            for value in entry.values():
                pages += _pages(value) if isinstance(value, list) else [value]
    return pages


def on_files(files: Files, config: Any) -> Files:
    """Adds the files at the top of the repository, and those that pages link to, such as schemas and examples."""
    for name in PAGES:
        files.append(File.generated(config, name, content=(PROJECT / name).read_text(encoding="utf-8")))
    for folder in ("schemas", "examples"):
        for path in sorted((PROJECT / folder).rglob("*.json*")):
            files.append(File.generated(config, path.relative_to(PROJECT).as_posix(), abs_src_path=str(path)))
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Leads links the way that files have in the site, where the top of the repository and docs/ are one folder.

    The search prefers what people look for when something has failed.
    """
    source = page.file.src_uri
    page.meta["search"] = {"boost": next((boost for begin, boost in BOOSTS if source.startswith(begin)), 1)}
    at = source if source in PAGES else f"docs/{source}"

    def led(link: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(at), link[2]))
        place = target.removeprefix("docs/")
        return f"{link[1]}{posixpath.relpath(place, posixpath.dirname(source) or '.')}{link[3]}"

    return LINK.sub(led, markdown)
