"""What checks the built site finds what is wrong with one; building it needs the extra `docs`, and is CI's."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

PROJECT = Path(__file__).parent.parent
FINE = '<p id="a">x</p><a href="b.html#c">y</a><a href="https://example.com">z</a><script src="s.js"></script>'


def checked(site: Path) -> tuple[int, list[str]]:
    command = [sys.executable, str(PROJECT / "tools" / "check_site.py"), str(site)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    return done.returncode, done.stdout.splitlines()


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "a.html").write_text(FINE, encoding="utf-8")
    (tmp_path / "b.html").write_text('<h2 id="c">x</h2><a href="a.html#a">y</a><a href="#c">z</a>', encoding="utf-8")
    (tmp_path / "s.js").touch()
    (tmp_path / "s.css").write_text("a { background: url(data:x) url(b.png) }", encoding="utf-8")
    return tmp_path


def test_a_site_that_is_whole(site: Path) -> None:
    assert checked(site) == (0, ["every link leads somewhere, and nothing is loaded from elsewhere"])


@pytest.mark.parametrize(
    ("page", "says"),
    [
        ('<a href="gone.html">x</a>', "links to gone.html, which is not there"),
        ('<a href="a.html#gone">x</a>', "links to a.html#gone, and there is no such heading"),
        ('<a href="#gone">x</a>', "links to #gone, and there is no such heading"),
        ('<script src="https://example.com/x.js"></script>', "loads https://example.com/x.js"),
        ('<link rel="stylesheet" href="//example.com/x.css">', "loads //example.com/x.css"),
        ('<img src="gone.png">', "loads gone.png, which is not there"),
        ('<form action="https://example.com"></form>', "loads https://example.com"),
    ],
)
def test_what_is_wrong_is_named(site: Path, page: str, says: str) -> None:
    (site / "c.html").write_text(page, encoding="utf-8")
    assert checked(site) == (1, [f"c.html: {says}"])


def test_a_style_that_loads_from_elsewhere_is_named(site: Path) -> None:
    (site / "t.css").write_text("@import 'https://example.com/x.css'", encoding="utf-8")
    assert checked(site) == (1, ["t.css: loads from elsewhere"])


def test_the_navigation_names_pages_that_exist() -> None:
    text = (PROJECT / "mkdocs.yml").read_text(encoding="utf-8")
    pages = re.findall(r"[\w-]+\.md", str(yaml.safe_load(text)["nav"]))
    assert len(pages) == len(set(pages))
    for page in pages:
        assert (PROJECT / "docs" / page).exists()


def test_every_rule_s_page_has_its_parts() -> None:
    for path in (PROJECT / "docs" / "rules").glob("*.md"):
        headings = re.findall(r"^## (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
        order = ["What it finds", "What the API does", "Example", "Instead"]
        assert headings == sorted(headings, key=order.index), path.name
        assert set(headings) & {"What it finds", "What the API does"}, path.name
