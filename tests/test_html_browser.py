"""The HTML report in a browser: what a person sees and can do. Needs Chromium (Debian: `apt-get install chromium`)."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

import samples
from govet_py.cli import main
from govet_py.report import render
from test_html import hostile

SHOWCASE = Path(__file__).parent.parent / "testdata" / "showcase"
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome") or ""
WIDE = {"width": 1400, "height": 1000}

pytestmark = [
    pytest.mark.skipif(
        not CHROMIUM and not os.environ.get("CI"),
        reason="NOT TESTED: the HTML report in a browser, for want of Chromium (apt-get install chromium)",
    ),
    pytest.mark.xdist_group("browser"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    assert CHROMIUM, "CI must have Chromium"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="module")
def showcase(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of a scan, as a user gets it."""
    path = tmp_path_factory.mktemp("report") / "report.html"
    assert main(["scan", str(SHOWCASE), "--format", "html", "--output", str(path), "--fail-on", "never"]) == 0
    return path


class Opened:
    """A page, and all that went wrong on it."""

    def __init__(self, page: Page, path: Path) -> None:
        self.page = page
        self.wrong: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("request", lambda request: self.wrong.append(request.url) if request.url.startswith("http") else None)
        page.goto(path.as_uri())

    def _console(self, message: ConsoleMessage) -> None:
        self.wrong.append(f"{message.type}: {message.text}")

    def shown(self) -> int:
        return self.page.locator("article.finding:visible").count()


@pytest.fixture
def opened(browser: Browser, showcase: Path) -> Iterator[Opened]:
    page = browser.new_page(viewport=WIDE)  # type: ignore[arg-type]
    found = Opened(page, showcase)
    yield found
    assert found.wrong == []
    page.close()


def test_a_click_shows_how_it_happens(opened: Opened) -> None:
    race = opened.page.locator("article.finding[data-rule=GV101]").first
    expect(race.locator(".columns")).to_be_hidden()
    race.locator("summary").click()
    expect(race.locator(".columns")).to_be_visible()
    columns = race.locator(".goroutine")
    assert columns.count() == 2
    left, right = columns.nth(0).bounding_box(), columns.nth(1).bounding_box()
    assert left and right
    assert left["y"] == right["y"] and left["x"] + left["width"] <= right["x"], "side by side"
    expect(race.locator(".code mark").first).to_have_text('vars[row["shard"]]')
    race.locator("summary").click()
    expect(race.locator(".columns")).to_be_hidden()


def test_search_narrows_and_escape_clears(opened: Opened) -> None:
    page = opened.page
    everything = opened.shown()
    page.keyboard.press("/")
    page.keyboard.type("scatter.go callback")
    assert opened.shown() == 1
    expect(page.locator("#count")).to_have_text(f"1 of {everything} shown")
    page.keyboard.type(" nowhere")
    expect(page.locator("#none")).to_be_visible()
    expect(page.locator(".rule:visible")).to_have_count(0)
    page.keyboard.press("Escape")
    assert opened.shown() == everything


def test_filters_by_rule_and_confidence_add_up(opened: Opened) -> None:
    page = opened.page
    everything = opened.shown()
    page.get_by_label("GV101 map-race").check()
    assert opened.shown() == page.locator("article.finding[data-rule=GV101]").count() < everything
    page.locator("fieldset[data-key=confidence]").get_by_label("medium").check()
    assert opened.shown() == page.locator("article[data-rule=GV101][data-confidence=medium]").count()
    page.locator("#reset").click()
    assert opened.shown() == everything
    expect(page.locator("#reset")).to_be_hidden()


def test_the_keyboard_is_enough(opened: Opened) -> None:
    page = opened.page
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(page.locator("article.finding").first.locator("summary").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("article.finding details[open]")).to_have_count(1)
    page.keyboard.press("e")
    expect(page.locator("article.finding > details[open]")).to_have_count(opened.shown())
    expect(page.locator("#expand")).to_have_text("Collapse all")
    page.keyboard.press("e")
    expect(page.locator("article.finding > details[open]")).to_have_count(0)


def test_tab_reaches_everything_that_can_be_used(opened: Opened) -> None:
    page = opened.page
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.id || document.activeElement.tagName"))
    assert {"search", "expand", "theme", "INPUT", "SUMMARY"} <= reached


def test_a_link_opens_its_finding(opened: Opened, showcase: Path) -> None:
    finding = opened.page.locator("article.finding").last
    opened.page.goto(f"{showcase.as_uri()}#{finding.get_attribute('id')}")
    expect(finding.locator(".story")).to_be_visible()
    expect(finding).to_be_in_viewport()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_readable_in_both_schemes(browser: Browser, showcase: Path, scheme: str, tmp_path: Path) -> None:
    page = browser.new_page(viewport=WIDE, color_scheme=scheme)  # type: ignore[arg-type]
    opened = Opened(page, showcase)
    page.keyboard.press("e")
    for summary in page.locator(".about summary").all():
        summary.click()
    low = page.evaluate(CONTRAST)
    assert low == [], "text needs a contrast of 4.5 (WCAG 1.4.3)"
    picture = page.screenshot(path=picture_folder(tmp_path) / f"report-{scheme}.png")
    assert len(picture) > 20_000
    assert opened.wrong == []
    page.close()


def test_the_theme_can_be_chosen_and_is_kept(opened: Opened) -> None:
    back = "getComputedStyle(document.body).backgroundColor"
    light = opened.page.evaluate(back)
    opened.page.locator("#theme").click()
    assert opened.page.evaluate(back) == light
    opened.page.locator("#theme").click()
    expect(opened.page.locator("#theme")).to_have_text("Theme: dark")
    dark = opened.page.evaluate(back)
    assert dark != light
    for _ in range(10):  # a browser writes what is stored a moment later: https://html.spec.whatwg.org/multipage/webstorage.html
        opened.page.reload()
        if opened.page.evaluate(back) == dark:
            break
        opened.page.wait_for_timeout(200)
    assert opened.page.evaluate(back) == dark


def test_a_small_screen_has_one_column_and_no_sideways_scrolling(browser: Browser, showcase: Path) -> None:
    page = browser.new_page(viewport={"width": 400, "height": 800})
    opened = Opened(page, showcase)
    page.keyboard.press("e")
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
    columns = page.locator("article[data-rule=GV101] .goroutine")
    first, second = columns.nth(0).bounding_box(), columns.nth(1).bounding_box()
    assert first and second and first["x"] == second["x"] and second["y"] > first["y"]
    assert opened.wrong == []
    page.close()


def test_without_script_all_is_there_to_read(browser: Browser, showcase: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(showcase.as_uri())
    page.locator("article[data-rule=GV101] summary").first.click()
    expect(page.locator("article[data-rule=GV101] .columns").first).to_be_visible()
    context.close()


def test_hostile_names_and_source_do_nothing(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "hostile.html"
    path.write_text(render(hostile(), "html"), "utf-8")
    page = browser.new_page()
    opened = Opened(page, path)
    page.keyboard.press("e")
    page.locator("#accepted").check()
    assert opened.shown() == 2
    assert page.evaluate("window.hacked") is None
    assert page.locator("script").count() == 1
    assert opened.wrong == []
    page.close()


def test_thousands_of_findings_stay_quick(browser: Browser, tmp_path: Path) -> None:
    many = tuple(replace(samples.race(), message=f"race {number}", identity=(str(number),)) for number in range(2000))
    path = tmp_path / "large.html"
    path.write_text(render(samples.report(*many), "html"), "utf-8")
    page = browser.new_page()
    opened = Opened(page, path)
    page.keyboard.press("/")
    page.keyboard.type("race 1999")
    assert opened.shown() == 1
    assert opened.wrong == []
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_graph_is_a_picture_in_both_schemes(browser: Browser, scheme: str, tmp_path: Path) -> None:
    path = tmp_path / "graph.svg"
    assert main(["graph", "gateway.go:25", str(SHOWCASE), "--output", str(path)]) == 0
    page = browser.new_page(viewport=WIDE, color_scheme=scheme)  # type: ignore[arg-type]
    opened = Opened(page, path)
    back, ink = (sum(map(int, re.findall(r"\d+", page.evaluate(f"getComputedStyle({one}")))) for one in (
        "document.documentElement).backgroundColor", "document.querySelector('text')).fill"))
    assert (back < ink) == (scheme == "dark")
    outside = page.evaluate(OUTSIDE)
    assert outside == [], "text fits its box"
    assert len(page.screenshot(path=picture_folder(tmp_path) / f"graph-{scheme}.png")) > 5_000
    assert opened.wrong == []
    page.close()


def picture_folder(otherwise: Path) -> Path:
    """Where pictures are kept for people to look at: GOVET_PICTURES."""
    folder = Path(os.environ.get("GOVET_PICTURES") or otherwise)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


CONTRAST = """() => {
  const channel = (c) => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  const numbers = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const back = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const color = numbers(getComputedStyle(at).backgroundColor);
      if (color.length === 3 || color[3] === 1) return color;
    }
    return [255, 255, 255];
  };
  const low = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const unseen = !element.checkVisibility() || element.closest("script, .unseen, .skip");
    if (unseen || !walker.currentNode.data.trim()) continue;
    const [a, b] = [light(numbers(getComputedStyle(element).color)), light(back(element))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) low.add(`${element.className || element.tagName} ${ratio.toFixed(2)}`);
  }
  return [...low];
}"""

OUTSIDE = """() => [...document.querySelectorAll("g:has(> title)")].flatMap((group) => {
  const box = group.querySelector("rect, polygon").getBBox();
  return [...group.querySelectorAll("text")]
    .filter((text) => text.getBBox().x + text.getBBox().width > box.x + box.width)
    .map((text) => text.textContent);
})"""
