"""`python tools/pictures.py`: makes the pictures of pages in docs/images anew. Needs playwright and a Chromium."""

from __future__ import annotations

import contextlib
import io
import shutil
import sys
import tempfile
from pathlib import Path

PROJECT = Path(__file__).parent.parent
REQUESTS = 100_000
WIDTH, HEIGHT = 1000, 760
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def main() -> int:
    """Makes the pictures; 0."""
    from playwright.sync_api import sync_playwright

    sys.path.insert(0, str(PROJECT))
    from batchlint.cli import main as batchlint
    from tests.results.batch import write_batch

    images = PROJECT / "docs" / "images"
    images.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as driver, contextlib.chdir(name):
        folder = Path()
        write_batch(folder, REQUESTS)
        with contextlib.redirect_stdout(io.StringIO()):
            batchlint(["results", "results.jsonl", "--source", "requests.jsonl", "--output", "page.html"])
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        page.goto(Path("page.html").resolve().as_uri())
        page.screenshot(path=str(images / "results-page.png"))
        browser.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
