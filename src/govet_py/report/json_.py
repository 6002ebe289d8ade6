"""Findings for programs. The keys are a contract: new ones may come, none changes its meaning.

    {
      "version": 1,                        of this format
      "tool": {"name", "version"},
      "root": absolute path that all paths are relative to,
      "findings": [{
        "rule": {"id", "name"}, "severity": error | warning | note, "confidence": high | medium | low,
        "message", "function", "fingerprint": 32 hexadecimal digits,
        "location": {"path", "line", "column", "end_line", "end_column"},    1-based code points, end exclusive
        "steps": [{"goroutine": 0 | 1 | 2, "depth": from 0, "message", "location"}],
        "related": [{"message", "location"}]
      }],
      "hidden": as findings, with "disposition": {"state": suppressed | baselined | known, "reason"},
      "notices": [{"kind", "path", "line", "message"}]                       what could not be analysed
    }
"""

from __future__ import annotations

import json
from typing import Any

from govet_py import __version__
from govet_py.model.finding import Finding, Report
from govet_py.model.source import Site
from govet_py.report.look import Look
from govet_py.report.places import Places

Json = dict[str, Any]


def render(report: Report, look: Look) -> str:
    """The report as one JSON object, indented, in ASCII."""
    places = Places(report)
    document = {
        "version": 1,
        "tool": {"name": "govet-py", "version": __version__},
        "root": report.root,
        "findings": [_finding(one, places) for one in report.findings],
        "hidden": [_finding(one, places) | {"disposition": _disposition(one)} for one in report.hidden],
        "notices": [notice._asdict() for notice in report.notices],
    }
    return json.dumps(document, indent=2) + "\n"


def _finding(finding: Finding, places: Places) -> Json:
    return {
        "rule": {"id": finding.rule.id, "name": finding.rule.name},
        "severity": finding.rule.severity.value,
        "confidence": finding.confidence.name.lower(),
        "message": finding.message,
        "function": finding.function,
        "fingerprint": finding.fingerprint,
        "location": _location(finding.site, places),
        "steps": [
            {"goroutine": step.goroutine, "depth": step.depth, "message": step.message,
             "location": _location(step.site, places)}
            for step in finding.steps
        ],
        "related": [{"message": one.message, "location": _location(one.site, places)} for one in finding.related],
    }


def _disposition(finding: Finding) -> Json:
    return {"state": finding.disposition.state.value, "reason": finding.disposition.reason}


def _location(site: Site, places: Places) -> Json:
    at = places.location(site)
    return {"path": at.path, "line": at.line, "column": at.column, "end_line": at.end_line, "end_column": at.end_column}
