"""Findings for people: where, what, the line itself, and how each goroutine comes to it.

    dir/file.go:12:5: error GV101 map-race: map seen is written ... [high]
       12 |     seen[key] = true
          |     ^^^^
       goroutine 1:
         dir/file.go:11:3: started here
           dir/file.go:12:5: writes seen
       note: dir/file.go:20:9: reads seen as well
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from unicodedata import combining, east_asian_width

from govet_py.model.finding import Finding, Report, Severity, Step
from govet_py.model.source import Location
from govet_py.report.escape import safe, safe_path
from govet_py.report.look import Look
from govet_py.report.places import Places

_RESET = "\x1b[0m"
_BOLD = "\x1b[1m"
_DIM = "\x1b[2m"
_COLOURS = {Severity.ERROR: "\x1b[1;31m", Severity.WARNING: "\x1b[1;33m", Severity.NOTE: "\x1b[1;36m"}
_TAB = "    "
_STEP = "  "
_DEEPEST = 12


def render(report: Report, look: Look) -> str:
    """All findings, one paragraph each, or "" for none."""
    writer = _Writer(Places(report, look.prefix), look.color)
    return "\n".join("".join(f"{line}\n" for line in writer.finding(one)) for one in report.findings)


def summary(report: Report) -> str:
    """One line that counts findings and files."""
    by_severity = Counter(finding.rule.severity for finding in report.findings)
    parts = [counted(by_severity[severity], severity.value) for severity in Severity if by_severity[severity]]
    total = counted(len(report.findings), "finding") if report.findings else "nothing to report"
    detail = f" ({', '.join(parts)})" if parts else ""
    not_told = f"; not told: {hidden_count(report)}" if report.hidden else ""
    return f"{total}{detail} in {counted(report.statistics.counts.get('files', 0), 'file')}{not_told}"


def hidden_count(report: Report) -> str:
    """How many findings are not told, by the reason; "" for none."""
    by_state = Counter(finding.disposition.state.value for finding in report.hidden)
    return ", ".join(f"{by_state[state]} {state}" for state in sorted(by_state))


def counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


class _Writer:
    def __init__(self, places: Places, color: bool) -> None:
        self._places = places
        self._color = color

    def finding(self, finding: Finding) -> Iterator[str]:
        location = self._places.location(finding.site)
        rule = finding.rule
        kind = self._paint(f"{rule.severity.value} {rule.id} {rule.name}", _COLOURS[rule.severity])
        confidence = self._paint(f"[{finding.confidence.name.lower()}]", _DIM)
        yield f"{self._paint(_place(location), _BOLD)}: {kind}: {safe(finding.message)} {confidence}"
        yield from self._excerpt(location, _COLOURS[rule.severity])
        yield from self._story(finding.steps)
        for related in finding.related:
            where = _place(self._places.location(related.site))
            yield f"   {self._paint('note:', _BOLD)} {where}: {safe(related.message)}"

    def _excerpt(self, location: Location, colour: str) -> Iterator[str]:
        text = self._places.text(location)
        if not text.strip():
            return
        before, marked = _shown(text[:location.column - 1]), _shown(text[location.column - 1:location.end_column - 1])
        rest = _shown(text[location.end_column - 1:])
        indent = len(before) - len(before.lstrip())
        number = f"{location.line:>6}"
        yield f"{self._paint(f'{number} |', _DIM)} {_TAB}{before[indent:]}{marked}{rest}".rstrip()
        caret = self._paint("^" * max(1, _width(marked)), colour)
        yield f"{self._paint(' ' * len(number) + ' |', _DIM)} {_TAB}{' ' * _width(before[indent:])}{caret}"

    def _story(self, steps: Sequence[Step]) -> Iterator[str]:
        alone = len({step.goroutine for step in steps}) == 1
        for goroutine, part in groupby(steps, key=lambda step: step.goroutine):
            yield f"   {self._paint(_party(goroutine, alone), _BOLD)}"
            for step in part:
                where = _place(self._places.location(step.site))
                yield f"   {_STEP * (1 + min(step.depth, _DEEPEST))}{self._paint(where, _DIM)}: {safe(step.message)}"

    def _paint(self, text: str, colour: str) -> str:
        return f"{colour}{text}{_RESET}" if self._color else text


def _party(goroutine: int, alone: bool) -> str:
    """Whose steps follow; a single goroutine with a number is one of several that do the same."""
    if not goroutine:
        return "how it happens:"
    return "each goroutine:" if alone else f"goroutine {goroutine}:"


def _place(location: Location) -> str:
    return f"{safe_path(location.path)}:{location.line}:{location.column}"


def _shown(text: str) -> str:
    return safe(text.replace("\t", _TAB))


def _width(text: str) -> int:
    """The columns that text takes on a terminal (Unicode Standard Annex #11)."""
    return sum(0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in text)
