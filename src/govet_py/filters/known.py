"""Findings that are known already, from a baseline or a base revision: marked, and no longer reported."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace

from govet_py.model.finding import Disposition, Finding, Report


def without_known(report: Report, fingerprints: Set[str], disposition: Disposition) -> Report:
    """The report with its active findings of these fingerprints marked and hidden."""
    known = [replace(one, disposition=disposition) for one in report.findings if one.fingerprint in fingerprints]
    left = tuple(one for one in report.findings if one.fingerprint not in fingerprints)
    return replace(report, findings=left, hidden=tuple(sorted((*report.hidden, *known), key=_place)))


def _place(finding: Finding) -> tuple[str, int, str, str]:
    return finding.site.path, finding.site.span, finding.rule.id, finding.fingerprint
