"""Findings as one HTML file that needs nothing else: no network, and to be read no script.

The template escapes whatever comes from source code; a content security policy allows this page's own
style and script by their hashes and nothing else. The script only adds: search, filters, keys.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from importlib.resources import files
from itertools import groupby
from pathlib import PurePath
from posixpath import dirname
from textwrap import dedent
from typing import Any, NamedTuple

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup, escape

from govet_py import __version__
from govet_py.model.finding import Confidence, Finding, Report, Rule, Severity, State, Step
from govet_py.model.source import Site, span_start
from govet_py.report.document import prose_and_code, sections
from govet_py.report.escape import safe
from govet_py.report.excerpts import Excerpts, Line
from govet_py.report.look import Look
from govet_py.report.places import Places
from govet_py.report.text import counted, hidden_count

_STEP_CONTEXT = 1
_PLACE_CONTEXT = 3
_DEEPEST = 8
_CODE = re.compile(r"`([^`]+)`")


class Place(NamedTuple):
    where: str
    message: str
    lines: tuple[Line, ...]
    number: int = 0
    depth: int = 0
    is_last: bool = False


class Column(NamedTuple):
    """The steps of one goroutine. `copies`: several goroutines do the same at once."""

    title: str
    party: int
    steps: tuple[Place, ...]
    copies: bool


class Card(NamedTuple):
    """A finding as it is shown."""

    id: str
    finding: Finding
    where: str
    package: str
    confidence: str
    state: str
    reason: str
    message: str
    function: str
    lines: tuple[Line, ...]
    columns: tuple[Column, ...]
    related: tuple[Place, ...]


class Group(NamedTuple):
    """The findings of one rule, by package. `document` is headings with runs of (is code, text)."""

    rule: Rule
    packages: tuple[tuple[str, tuple[Card, ...]], ...]
    document: tuple[tuple[str, tuple[tuple[bool, str], ...]], ...]


def render(report: Report, look: Look) -> str:
    """The report as one page, findings that are not told included: they show when asked for."""
    cards = _Cards(report)
    shown = [cards.card(one) for one in sorted((*report.findings, *report.hidden), key=_order)]
    style, script = _part("style.css"), _part("script.js")
    return _environment().get_template("page").render(
        title=safe(PurePath(report.repository or report.root).name or "/"),
        version=__version__,
        summary=_summary(report),
        groups=tuple(_groups(shown)),
        choices=_choices(shown),
        hidden=len(report.hidden),
        notices=[(safe(f"{one.path}:{one.line}" if one.line else one.path), one.kind, one.message)
                 for one in report.notices],
        policy=f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; img-src data:; "
               "base-uri 'none'; form-action 'none'",
        style=Markup(style),
        script=Markup(script),
    ) + "\n"


def _order(finding: Finding) -> tuple[str, str, int, str]:
    return finding.rule.id, finding.site.path, span_start(finding.site.span), finding.fingerprint


def _environment() -> Environment:
    loader = DictLoader({"page": _part("page.html.jinja")})
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True,
                              lstrip_blocks=True)
    environment.filters["safe_lines"] = lambda text: "\n".join(safe(line) for line in text.splitlines())
    environment.filters["breakable"] = lambda text: escape(text).replace("/", Markup("/<wbr>"))
    environment.filters["prose"] = lambda text: Markup(_CODE.sub(r"<code>\1</code>", str(escape(text))))
    environment.filters["counted"] = counted
    return environment


def _part(name: str) -> str:
    return (files("govet_py.report") / "page" / name).read_text("utf-8")


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _summary(report: Report) -> dict[str, Any]:
    by_severity = Counter(one.rule.severity for one in report.findings)
    return {
        "total": len(report.findings),
        "severities": [(one.value, by_severity[one]) for one in Severity if by_severity[one]],
        "files": counted(report.statistics.counts.get("files", 0), "file"),
        "hidden": hidden_count(report),
        "rules": counted(len(report.rules), "rule"),
    }


class Choice(NamedTuple):
    value: str
    label: str
    number: int


def _choices(cards: Sequence[Card]) -> list[tuple[str, str, list[Choice]]]:
    """What the list can be narrowed to: the data attribute, a heading, and the values that occur."""
    def counts(key: str, heading: str, pairs: Iterable[tuple[str, str]]) -> tuple[str, str, list[Choice]]:
        counter = Counter(pairs)
        return key, heading, [Choice(value, label, counter[value, label]) for value, label in counter]

    rules = sorted((card.finding.rule.id, f"{card.finding.rule.id} {card.finding.rule.name}") for card in cards)
    levels = [one.value for one in Severity]
    severities = sorted((card.finding.rule.severity.value for card in cards), key=levels.index)
    sureness = sorted((card.finding.confidence for card in cards), reverse=True)
    return [
        counts("severity", "Level", ((one, one) for one in severities)),
        counts("confidence", "Confidence", ((Confidence(one).name.lower(),) * 2 for one in sureness)),
        counts("rule", "Rule", rules),
        counts("package", "Package", sorted((card.package, card.package) for card in cards)),
    ]


def _groups(cards: Sequence[Card]) -> Iterator[Group]:
    for rule, of_rule in groupby(cards, key=lambda card: card.finding.rule):
        listed = sorted(of_rule, key=lambda card: card.package)
        packages = groupby(listed, key=lambda card: card.package)
        document = tuple(
            (heading, tuple((is_code, dedent(text).strip()) for is_code, text in prose_and_code(body)))
            for heading, body in sections(rule.document)
        )
        yield Group(rule, tuple((name, tuple(part)) for name, part in packages), document)


class _Cards:
    def __init__(self, report: Report) -> None:
        self._places = Places(report, report.prefix)
        self._excerpts = Excerpts(report)
        self._prefix = report.prefix

    def card(self, finding: Finding) -> Card:
        disposition = finding.disposition
        return Card(
            id=f"f{finding.fingerprint}",
            finding=finding,
            where=self._where(finding.site),
            package=safe(dirname(self._prefix + finding.site.path) or "."),
            confidence=finding.confidence.name.lower(),
            state="" if disposition.state is State.ACTIVE else disposition.state.value,
            reason=safe(disposition.reason),
            message=safe(finding.message),
            function=safe(finding.function),
            lines=self._excerpts.around(finding.site, _PLACE_CONTEXT),
            columns=tuple(self._columns(finding)),
            related=tuple(self._place(one.site, one.message) for one in finding.related),
        )

    def _columns(self, finding: Finding) -> Iterator[Column]:
        """One column a goroutine; steps keep their numbers in the whole story."""
        parties = sorted({step.goroutine for step in finding.steps})
        for party in parties:
            own = [(number, step) for number, step in enumerate(finding.steps, 1) if step.goroutine == party]
            copies = party > 0 and len(parties) == 1
            title = "Each goroutine" if copies else f"Goroutine {party}" if party else "How it happens"
            last = own[-1][0]
            steps = tuple(self._step(number, step, number == last) for number, step in own)
            yield Column(title, party, steps, copies)

    def _step(self, number: int, step: Step, is_last: bool) -> Place:
        place = self._place(step.site, step.message)
        return place._replace(number=number, depth=min(step.depth, _DEEPEST), is_last=is_last)

    def _place(self, site: Site, message: str) -> Place:
        return Place(self._where(site), safe(message), self._excerpts.around(site, _STEP_CONTEXT))

    def _where(self, site: Site) -> str:
        at = self._places.location(site)
        return safe(f"{at.path}:{at.line}")
