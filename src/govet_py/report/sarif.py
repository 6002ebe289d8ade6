"""SARIF 2.1.0 for code scanning and editors, with sarif_om as the object model.

What readers of the format make of it decides its shape:
* a finding's whole story is one threadFlow, its steps marked [G1] and [G2]: viewers show only the first;
* nesting levels start at 1: one editor indents by level - 1;
* a message has a text, which GitHub needs, and an id with arguments, which the SDK's validator asks for;
* our fingerprint has a key of its own: `primaryLocationLineHash` is GitHub's to compute;
* nothing depends on the time or the machine but the root of the paths: equal scans give equal bytes.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sarif_om as om

from govet_py import __version__
from govet_py.model.declarations import Notice
from govet_py.model.finding import Confidence, Finding, Related, Report, Rule, Severity, State, Step
from govet_py.model.source import Location, Site, span_start
from govet_py.report.document import full_description, markdown, plain
from govet_py.report.escape import safe
from govet_py.report.fingerprint import KEY
from govet_py.report.look import Look
from govet_py.report.places import Places
from govet_py.report.sarif_json import dumps

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
ROOT = "%SRCROOT%"
MOST_STEPS = 100
MOST_LINKS = 5
INTERNAL_ERROR = "internal-error"
_FAMILIES = {"GV1": "race", "GV2": "context", "GV3": "channel", "GV4": "lock", "GV5": "goroutine", "GV6": "resilience"}
_PRECISION = {Severity.ERROR: "high", Severity.WARNING: "medium", Severity.NOTE: "low"}
_PROBLEM = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "recommendation"}
_RANK = {Confidence.LOW: 20.0, Confidence.MEDIUM: 50.0, Confidence.HIGH: 80.0}
_LINK = re.compile(r"(?=\]\()")


def render(report: Report, look: Look) -> str:
    """The report as one SARIF log with one run."""
    return dumps(om.SarifLog(version="2.1.0", schema_uri=SCHEMA, runs=[_run(report, look)]))


def _run(report: Report, look: Look) -> Any:
    """GitHub opens an alert for each result, suppressed or not: only the full profile has hidden ones."""
    places = Places(report, report.prefix)
    index = {rule.id: number for number, rule in enumerate(report.rules)}
    told = sorted((*report.findings, *report.hidden), key=_order) if look.full else report.findings
    return om.Run(
        tool=om.Tool(driver=_driver(report)),
        invocations=[_invocation(report.notices, report.prefix)],
        automation_details=om.RunAutomationDetails(id=f"{look.category}/"),
        original_uri_base_ids={ROOT: _root(Path(report.repository or report.root), look.full)},
        column_kind="unicodeCodePoints",
        default_source_language="go",
        results=[_result(finding, index[finding.rule.id], places, look.full) for finding in told],
    )


def _root(top: Path, full: bool) -> Any:
    """Where the tree lies on this machine helps viewers here; an upload must not depend on it (SARIF, appendix F,
    "Producing deterministic SARIF log files")."""
    uri = top.as_uri().rstrip("/") + "/" if full else None
    return om.ArtifactLocation(uri=uri, description=om.Message(text="The root of the repository, else of the scan."))


def _order(finding: Finding) -> tuple[str, int, str, str]:
    return finding.site.path, span_start(finding.site.span), finding.rule.id, finding.fingerprint


# -- the tool -------------------------------------------------------------------------------------


def _driver(report: Report) -> Any:
    kinds = sorted({notice.kind for notice in report.notices})
    return om.ToolComponent(
        name="govet-py",
        full_name=f"govet-py {__version__}",
        semantic_version=__version__,
        rules=[_rule(rule) for rule in report.rules],
        notifications=[_notification_kind(kind) for kind in kinds] or None,
    )


def _rule(rule: Rule) -> Any:
    return om.ReportingDescriptor(
        id=rule.id,
        name=rule.pascal_name,
        short_description=om.MultiformatMessageString(text=rule.summary),
        full_description=om.MultiformatMessageString(text=full_description(rule)[:1024]),
        help=om.MultiformatMessageString(text=plain(rule), markdown=markdown(rule)),
        message_strings={"default": om.MultiformatMessageString(text="{0}.")},
        default_configuration=om.ReportingConfiguration(level=rule.severity.value),
        properties={
            "tags": ["concurrency", "correctness", _FAMILIES.get(rule.id[:3], "other")],
            "precision": _PRECISION[rule.severity],
            "problem.severity": _PROBLEM[rule.severity],
        },
    )


def _notification_kind(kind: str) -> Any:
    text = f"Notice of kind {kind}: a part of the code that the analysis could not take into account."
    return om.ReportingDescriptor(
        id=kind,
        name="".join(part.capitalize() for part in kind.split("-")),
        short_description=om.MultiformatMessageString(text=text),
        full_description=om.MultiformatMessageString(text=text),
        help=om.MultiformatMessageString(text=text),
    )


def _invocation(notices: Sequence[Notice], prefix: str) -> Any:
    failed = any(notice.kind == INTERNAL_ERROR for notice in notices)
    return om.Invocation(
        execution_successful=not failed,
        tool_execution_notifications=[_notification(notice, prefix) for notice in notices],
    )


def _notification(notice: Notice, prefix: str) -> Any:
    region = om.Region(start_line=notice.line) if notice.line > 0 else None
    place = om.PhysicalLocation(artifact_location=_artifact(prefix + notice.path), region=region)
    return om.Notification(
        message=om.Message(text=notice.message or notice.kind),
        level="error" if notice.kind == INTERNAL_ERROR else "warning",
        descriptor=om.ReportingDescriptorReference(id=notice.kind),
        locations=[om.Location(physical_location=place)] if notice.path else None,
    )


# -- results --------------------------------------------------------------------------------------


def _result(finding: Finding, index: int, places: Places, full: bool) -> Any:
    text = _message(finding)
    return om.Result(
        rule_id=finding.rule.id,
        rule_index=index,
        level=finding.rule.severity.value,
        message=om.Message(text=f"{text}.", id="default", arguments=[text]),
        locations=[_primary(finding, places)],
        code_flows=[_code_flow(finding.steps, places)] if finding.steps else None,
        related_locations=[_related(one, number, places) for number, one in enumerate(finding.related, 1)] or None,
        partial_fingerprints={KEY: finding.fingerprint},
        suppressions=_suppressions(finding) if full else None,
        rank=_RANK[finding.confidence],
        properties={"confidence": finding.confidence.name.lower()},
    )


def _suppressions(finding: Finding) -> list[Any]:
    """Empty for an active finding: either all results of a run have the list or none (SARIF 3.27.23)."""
    disposition = finding.disposition
    if disposition.state is State.ACTIVE:
        return []
    kind = "inSource" if disposition.state is State.SUPPRESSED else "external"
    return [om.Suppression(kind=kind, justification=disposition.reason or None)]


def _message(finding: Finding) -> str:
    """The message as a first sentence, then links to the related places, which GitHub shows; no full stop."""
    links = [f"[{_text(one.message)}]({number})" for number, one in enumerate(finding.related[:MOST_LINKS], 1)]
    return f"{_text(finding.message)}. See also: {', '.join(links)}" if links else _text(finding.message)


def _text(message: str) -> str:
    """A message without what SARIF would read as a link."""
    return _LINK.sub(r"\\", safe(message)).rstrip(".")


def _primary(finding: Finding, places: Places) -> Any:
    """The place of a finding, with its line: a reader may not have the code."""
    at = places.location(finding.site)
    line = places.text(at)
    context = om.Region(start_line=at.line, snippet=om.ArtifactContent(text=line)) if line else None
    marked = om.ArtifactContent(text=line[at.column - 1:at.end_column - 1]) if line else None
    return om.Location(
        physical_location=om.PhysicalLocation(
            artifact_location=_artifact(at.path), region=_region(at, marked), context_region=context,
        ),
        logical_locations=[om.LogicalLocation(fully_qualified_name=finding.function, kind="function")],
    )


def _related(related: Related, number: int, places: Places) -> Any:
    message = om.Message(text=_text(related.message))
    return om.Location(id=number, physical_location=_physical(related.site, places), message=message)


def _code_flow(steps: Sequence[Step], places: Places) -> Any:
    if len(steps) > MOST_STEPS:
        steps = (*steps[:MOST_STEPS // 2], *steps[-MOST_STEPS // 2:])
    return om.CodeFlow(thread_flows=[om.ThreadFlow(locations=[_step(step, places) for step in steps])])


def _step(step: Step, places: Places) -> Any:
    party = f"[G{step.goroutine}] " if step.goroutine else ""
    message = om.Message(text=f"{party}{_text(step.message)}")
    return om.ThreadFlowLocation(
        location=om.Location(physical_location=_physical(step.site, places), message=message),
        nesting_level=step.depth + 1,
    )


def _physical(site: Site, places: Places) -> Any:
    at = places.location(site)
    return om.PhysicalLocation(artifact_location=_artifact(at.path), region=_region(at))


def _region(at: Location, snippet: Any = None) -> Any:
    return om.Region(
        start_line=at.line, start_column=at.column, end_line=at.end_line, end_column=at.end_column, snippet=snippet,
    )


def _artifact(path: str) -> Any:
    return om.ArtifactLocation(uri=quote(os.fsencode(path)), uri_base_id=ROOT)
