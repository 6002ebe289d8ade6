"""Workflow commands that GitHub Actions turns into annotations.

GitHub keeps ten annotations of a level in a step and drops the rest without a word; so only ten are
written, and a line says how many are left.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from govet_py.model.finding import Finding, Report, Severity
from govet_py.report.escape import safe
from govet_py.report.look import Look
from govet_py.report.places import Places

CAP = 10
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render(report: Report, look: Look) -> str:
    """Annotations, worst first."""
    places = Places(report, look.prefix)
    lines = [line for severity in Severity for line in _level(report.findings, severity, places)]
    return "".join(f"{line}\n" for line in lines)


def _level(findings: Sequence[Finding], severity: Severity, places: Places) -> Iterator[str]:
    of_level = sorted((one for one in findings if one.rule.severity is severity), key=lambda one: -one.confidence)
    for finding in of_level[:CAP]:
        yield _annotation(finding, places)
    if len(of_level) > CAP:
        yield f"and {len(of_level) - CAP} more of level {severity.value}: GitHub shows {CAP} annotations of a level"


def _annotation(finding: Finding, places: Places) -> str:
    at = places.location(finding.site)
    properties = {
        "file": safe(at.path),
        "line": str(at.line),
        "endLine": str(at.end_line),
        "col": str(at.column),
        "endColumn": str(at.end_column),
        "title": f"{finding.rule.id} {finding.rule.name}",
    }
    listed = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{_COMMANDS[finding.rule.severity]} {listed}::{_data(_told(finding, places))}"


def _told(finding: Finding, places: Places) -> str:
    """The message and the story: an annotation has no other place for it."""
    lines = [f"{finding.message} [{finding.confidence.name.lower()}]"]
    for step in finding.steps:
        at = places.location(step.site)
        party = f"goroutine {step.goroutine}: " if step.goroutine else ""
        lines.append(f"{party}{at.path}:{at.line}: {step.message}")
    return "\n".join(safe(line) for line in lines)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
