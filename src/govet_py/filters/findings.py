"""Which findings are told, and in which order."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from govet_py.model.finding import Confidence, Finding, Severity
from govet_py.model.source import Site, span_start

_PARTS = re.compile(r"\*\*/|\*\*|\*|\?|\[!?[^\]/]+\]|.", re.DOTALL)
_GLOB = {"**/": "(?:[^/]+/)*", "**": ".*", "*": "[^/]*", "?": "[^/]"}
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


def not_matching(findings: Iterable[Finding], root: Path, globs: Iterable[str]) -> tuple[Finding, ...]:
    """The findings whose primary place matches none of `globs`: absolute paths in which `**` is any number of
    directories, `*` and `?` stay inside one, and a directory stands for all below it."""
    patterns = [re.compile(f"(?:{glob_regex(glob)})(?:/.*)?", re.DOTALL) for glob in globs]
    return tuple(
        one for one in findings
        if not any(pattern.fullmatch((root / one.site.path).as_posix()) for pattern in patterns)
    )


def glob_regex(glob: str) -> str:
    """The regular expression of a glob with `**`, `*`, `?` and `[...]`."""
    return "".join(_GLOB.get(part) or _piece(part) for part in _PARTS.findall(glob.rstrip("/")))


def _piece(part: str) -> str:
    if len(part) < 3 or not part.startswith("["):
        return re.escape(part)
    negated = "^" if part[1] == "!" else ""
    inner = part[1 + len(negated):-1]
    return f"[{negated}{''.join(char if char == '-' else re.escape(char) for char in inner)}]"


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
