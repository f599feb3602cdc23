"""The pages in a real browser: what only it can say. Skipped where there is no browser, or nothing that drives it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from batchlint.cli import main
from tests.results.batch import write_batch
from tests.results.made import TODAY, answer, refusal, request, written

pytestmark = pytest.mark.browser

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
HOSTILE = "<script>document.title = 'run'</script>"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install '.[browser]'")
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    with api.sync_playwright() as driver:
        path = path or (driver.chromium.executable_path if Path(driver.chromium.executable_path).exists() else None)
        if path is None:
            pytest.skip("there is no Chromium here")
        running = driver.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield running
        running.close()


class Seen:
    """A page that is open, and what the browser said of it."""

    def __init__(self, browser: Any, path: Path, width: int = 1000, scheme: str = "light") -> None:
        self.context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
        self.page = self.context.new_page()
        self.said: list[str] = []
        self.requests: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", lambda asked: self.requests.append(asked.url))
        self.page.goto(path.as_uri())
        self.url = path.as_uri()


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("results")
    source, came = write_batch(folder, 1600)
    out = folder / "results.html"
    main(["results", str(came), "--source", str(source), *TODAY, "--output", str(out)])
    return out


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("findings")
    source, _ = write_batch(folder, 1600)
    out = folder / "findings.html"
    main(["check", str(source), *TODAY, "--quiet", "--output", str(out)])
    return out


@pytest.fixture(scope="module")
def stats(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stats")
    source, _ = write_batch(folder, 1600)
    out = folder / "stats.html"
    main(["stats", str(source), "--no-progress", "--output", str(out)])
    return out


@pytest.fixture(params=["results", "findings", "stats"])
def path(request: pytest.FixtureRequest) -> Path:
    found: Path = request.getfixturevalue(request.param)
    return found


def test_nothing_leaves_the_page_and_nothing_is_complained_of(browser: Any, path: Path) -> None:
    seen = Seen(browser, path)
    assert seen.said == []
    assert seen.requests == [seen.url]


@pytest.mark.parametrize("width", [360, 768, 1400])
def test_it_fits_the_width(browser: Any, path: Path, width: int) -> None:
    seen = Seen(browser, path, width)
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= width


def test_it_is_dark_where_the_reader_wants_it_dark(browser: Any, path: Path) -> None:
    papers = {
        scheme: Seen(browser, path, scheme=scheme).page.evaluate("getComputedStyle(document.body).backgroundColor")
        for scheme in ("light", "dark")
    }
    assert papers["light"] == "rgb(255, 255, 255)"
    assert papers["dark"] != papers["light"]


def test_the_picture_has_its_bars_and_they_are_seen(browser: Any, results: Path) -> None:
    bars = Seen(browser, results).page.locator("svg.chart").first.locator("rect")
    assert bars.count() == 160 + 16
    box = bars.nth(0).bounding_box()
    assert box["width"] > 1
    assert box["height"] > 50
    expired = Seen(browser, results).page.locator("svg.chart rect.late").first.bounding_box()
    assert expired["x"] > 0.85 * 1000


def test_a_click_sorts_and_a_second_one_turns_the_order(browser: Any, results: Path) -> None:
    page = Seen(browser, results).page
    table = page.locator("table", has=page.locator("caption", has_text="classes")).first
    button = table.get_by_role("button", name="requests")

    def counts() -> list[int]:
        return [int(each.replace(",", "")) for each in table.locator("tbody td.number").all_inner_texts()]

    head = table.locator("th", has=page.get_by_role("button", name="requests"))
    button.click()
    assert counts() == sorted(counts(), reverse=True), "of numbers the largest first"
    assert head.get_attribute("aria-sort") == "descending"
    button.press("Enter")
    assert counts() == sorted(counts())
    assert head.get_attribute("aria-sort") == "ascending"


def test_words_filter_a_table(browser: Any, results: Path) -> None:
    page = Seen(browser, results).page
    page.locator("summary").first.click()
    table = page.locator("details .table").first
    table.locator("input").fill("1,591")
    assert table.locator("tbody tr:visible").count() == 1
    table.locator("input").fill("")
    assert table.locator("tbody tr:visible").count() == 160


def test_everything_is_reached_by_the_keyboard(browser: Any, path: Path) -> None:
    page = Seen(browser, path).page
    names = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        names.add(page.evaluate("document.activeElement.tagName"))
    assert {"SUMMARY", "BUTTON"} <= names


def test_pictures_have_a_title_a_description_and_a_table(browser: Any, path: Path) -> None:
    page = Seen(browser, path).page
    for figure in page.locator("figure").all():
        assert figure.locator("svg title").first.text_content()
        assert figure.locator("svg desc").first.text_content()
        assert figure.locator("table").count() == 1
    assert page.locator("svg:not([role=img]):not([aria-hidden=true])").count() == 0


def test_what_a_file_says_is_text(browser: Any, tmp_path: Path) -> None:
    requests = written(tmp_path, "requests.jsonl", request(HOSTILE), request("b", HOSTILE, **{HOSTILE: 1}))
    came = written(tmp_path, "results.jsonl", answer("b", model=HOSTILE), refusal(HOSTILE, HOSTILE))
    for command in (
        ["results", came, "--source", requests, *TODAY],
        ["check", "--quiet", requests, *TODAY],
        ["stats", requests],
    ):
        out = tmp_path / "page.html"
        main([*command, "--output", str(out)])
        page = Seen(browser, out).page
        assert HOSTILE in page.locator("body").inner_text()
        assert page.title() != "run"
