"""Which findings are told, and in which order."""

from __future__ import annotations

from collections.abc import Iterable

from govet_py.model.finding import Confidence, Finding, Severity
from govet_py.model.source import Site, span_start

_SEVERITIES = (Severity.NOTE, Severity.WARNING, Severity.ERROR)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings by place, then rule; of equal ones (one rule, place and message) the surest is kept."""
    best: dict[tuple[str, int, str, str], Finding] = {}
    for finding in findings:
        key = (finding.site.path, finding.site.span, finding.rule.id, finding.message)
        known = best.get(key)
        if known is None or _strength(finding) > _strength(known):
            best[key] = finding
    return tuple(best[key] for key in sorted(best, key=_place))


def sure_enough(findings: Iterable[Finding], least: Confidence) -> tuple[Finding, ...]:
    return tuple(finding for finding in findings if finding.confidence >= least)


def outside(findings: Iterable[Finding], paths: frozenset[str]) -> tuple[Finding, ...]:
    """The findings whose primary place is in none of `paths`."""
    return tuple(finding for finding in findings if finding.site.path not in paths)


def at_least(findings: Iterable[Finding], least: Severity) -> tuple[Finding, ...]:
    """The findings of rules that are as bad as `least` or worse."""
    bad = _SEVERITIES[_SEVERITIES.index(least):]
    return tuple(finding for finding in findings if finding.rule.severity in bad)


def sites_of(finding: Finding) -> tuple[Site, ...]:
    """All places that a finding mentions, the primary one first."""
    return (finding.site, *(step.site for step in finding.steps), *(one.site for one in finding.related))


def _strength(finding: Finding) -> tuple[int, int, tuple[str, ...]]:
    """More confidence first, then the shorter story; the identity only makes the choice definite."""
    return finding.confidence, -len(finding.steps), finding.identity


def _place(key: tuple[str, int, str, str]) -> tuple[str, int, str, int, str]:
    path, span, rule, message = key
    return path, span_start(span), rule, span, message
