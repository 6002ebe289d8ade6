"""Findings as Markdown for the summary of a CI job: a count, and each finding with its story folded away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

from govet_py.model.finding import Finding, Report
from govet_py.model.source import Location
from govet_py.report.escape import safe
from govet_py.report.places import Places
from govet_py.report.text import summary

MOST = 50
MOST_STEPS = 20
"""A summary may have 1 MiB: beyond that GitHub drops all of it."""
_LONGEST = 500
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|!~&@])")


def render(report: Report, blob: str) -> str:
    """The summary. `blob` is the address that paths of the repository are appended to, "" for no links."""
    places = Places(report, report.prefix)
    parts = [f"### govet-py: {_text(summary(report))}\n"]
    parts += ["\n".join(_finding(one, places, blob)) + "\n" for one in report.findings[:MOST]]
    if len(report.findings) > MOST:
        parts.append(f"and {len(report.findings) - MOST} more, see the log of the step\n")
    if report.notices:
        parts.append(f"{len(report.notices)} notices of what could not be analysed are in the log of the step.\n")
    return "\n".join(parts)


def _finding(finding: Finding, places: Places, blob: str) -> Iterator[str]:
    at = places.location(finding.site)
    rule = finding.rule
    head = f"{rule.severity.value} {rule.id} {rule.name}"
    yield f"- **{_text(head)}** {_place(at, blob)}: {_text(finding.message)} ({finding.confidence.name.lower()})"
    if finding.steps:
        yield "  <details><summary>how it happens</summary>\n"
        for step in finding.steps[:MOST_STEPS]:
            party = f"goroutine {step.goroutine}: " if step.goroutine else ""
            yield f"  1. {party}{_place(places.location(step.site), blob)}: {_text(step.message)}"
        yield "\n  </details>"


def _place(at: Location, blob: str) -> str:
    shown = _text(f"{at.path}:{at.line}")
    return f"[{shown}]({blob}{quote(at.path)}#L{at.line})" if blob else shown


def _text(text: str) -> str:
    """Text that Markdown shows as it is; what mentions people or issues does not."""
    return _SPECIAL.sub(r"\\\1", safe(text[:_LONGEST])).replace("\\@", "&#64;").replace("\\#", "&#35;")
