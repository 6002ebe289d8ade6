"""The HTML report as text: whole, escaped, without the network. How it behaves: tests/test_html_browser.py."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

import samples
from govet_py.model.declarations import Notice
from govet_py.model.finding import Confidence, Disposition, Finding, Report, State, Step
from govet_py.model.source import Site, pack_span
from govet_py.report import render
from govet_py.report.excerpts import Excerpts

HOSTILE = '</script><script>window.hacked = 1</script><img src=x onerror="window.hacked = 1">{{ 7 * 7 }}\u202e'


def hostile() -> Report:
    """A report in which names, messages and source try to become part of the page."""
    path = f'a"b<c>/{HOSTILE}/x.go'
    source = f'package a\n\nvar x = "{HOSTILE}"\n'.encode()
    site = Site(path, pack_span(15, 20))
    finding = Finding(
        samples.RACE, Confidence.HIGH, HOSTILE, site, HOSTILE, ("x",), (Step(site, HOSTILE, 1), Step(site, HOSTILE, 2)),
    )
    accepted = replace(
        samples.lossy(), fingerprint="0" * 32, disposition=Disposition(State.SUPPRESSED, HOSTILE),
    )
    report = samples.report(finding)
    contents = report.contents | {path: source}
    notices = (*report.notices, hostile_notice(report))
    return replace(report, contents=contents, root=f"/tree/{HOSTILE}", hidden=(accepted,), notices=notices)


def hostile_notice(report: Report) -> Notice:
    return report.notices[0]._replace(message=HOSTILE, path=HOSTILE)


class Reader(HTMLParser):
    """The elements of a page that could do something, and the addresses that it names."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.active: list[str] = []
        self.addresses: list[str] = []
        self.handlers: list[str] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "img", "iframe", "object", "embed", "base", "form"}:
            self.active.append(tag)
        for name, value in attrs:
            if name in {"href", "src", "srcset", "action"}:
                self.addresses.append(value or "")
            if name.startswith("on") or name == "style":
                self.handlers.append(name)

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("report", [samples.report(), hostile()], ids=["sample", "hostile"])
def test_nothing_but_its_own_script_is_active(report: Report) -> None:
    read = Reader(render(report, "html"))
    assert (read.active, read.handlers) == (["script"], [])
    assert {address for address in read.addresses if not address.startswith("#")} == {"data:,"}


def test_what_is_hostile_is_shown_as_text() -> None:
    text = Reader(render(hostile(), "html")).text
    assert text.count("window.hacked = 1") >= 10
    assert "{{ 7 * 7 }}" in text
    assert "\u202e" not in text and "\\u202e" in text


def test_the_policy_allows_this_style_and_this_script_only() -> None:
    page = render(hostile(), "html")
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    for element in ("style", "script"):
        [content] = re.findall(rf"<{element}>(.*?)</{element}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{element}-src &#39;sha256-{digest}&#39;" in policy[1]
    assert "unsafe" not in policy[1]


def test_equal_reports_give_equal_pages() -> None:
    assert render(samples.report(), "html") == render(samples.report(), "html")


def test_no_machine_path_is_told() -> None:
    assert "/tree/" not in render(samples.report(), "html")


def test_two_goroutines_are_two_columns_and_copies_too() -> None:
    page = render(samples.report(samples.race()), "html")
    assert re.findall(r"<h4>(.*?)</h4>", page) == ["Goroutine 1", "Goroutine 2", "See also"]
    race = samples.race()
    alone = replace(race, steps=tuple(step for step in race.steps if step.goroutine == 1), related=())
    page = render(samples.report(alone), "html")
    assert re.findall(r"<h4>(.*?)</h4>", page) == ["Each goroutine", "Another one, the same way at the same time"]


def test_a_report_without_findings_says_so() -> None:
    assert "Nothing to report" in Reader(render(replace(samples.report(), findings=()), "html")).text


def test_excerpts_mark_the_place_and_colour_tokens() -> None:
    excerpts = Excerpts(samples.report())
    lines = excerpts.around(samples.site('seen["ü'), 1)
    assert [(line.number, line.is_place) for line in lines] == [(3, False), (4, True), (5, False)]
    pieces = lines[1].pieces
    assert "".join(piece.text for piece in pieces) == '\tgo func() { seen["ü\\x1b[31m"] = 1 }()'
    assert "".join(piece.text for piece in pieces if piece.marked) == 'seen["ü'
    assert {piece.text for piece in pieces if piece.kind == "keyword"} == {"go", "func"}


def test_excerpts_lose_the_indent_that_all_lines_have() -> None:
    source = b"package p\n\nfunc f() {\n\tif a {\n\t\tb() /* two\n\t\tlines */\n\t}\n}\n"
    report = replace(samples.report(), contents={"a.go": source})
    lines = Excerpts(report).around(Site("a.go", pack_span(source.index(b"b()"), source.index(b"b()") + 3)), 1)
    assert ["".join(piece.text for piece in line.pieces) for line in lines] == ["if a {", "\tb() /* two", "\tlines */"]
    assert [piece.kind for piece in lines[2].pieces] == ["comment"]


@pytest.mark.parametrize("content", [b"", b"\n", b"package p", b'"never ends', b"`\n\n", b"\xff\xfe\n/*"])
def test_excerpts_of_anything(content: bytes) -> None:
    report = replace(samples.report(), contents={"a.go": content})
    for start in range(len(content) + 2):
        for line in Excerpts(report).around(Site("a.go", pack_span(start, start + 5)), 2):
            assert line.number >= 1
