"""The data flow on one screen: paths → files → syntax → program → facts → findings → report."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from govet_py import checks
from govet_py.census import census
from govet_py.checks import Check
from govet_py.concurrency.facts import Facts
from govet_py.errors import NothingToScan, UsageError
from govet_py.filters.findings import in_order, not_matching, outside, sites_of, sure_enough
from govet_py.filters.selection import selected
from govet_py.filters.suppress import suppress
from govet_py.knowledge.stubs import stub_sources
from govet_py.knowledge.taught import mistakes
from govet_py.measure import Stopwatch, collector_paused, peak_memory_mb
from govet_py.model.declarations import FileSyntax, Notice
from govet_py.model.finding import Finding, Report, State, Statistics
from govet_py.options import Options
from govet_py.parsing import parse_all
from govet_py.report.fingerprint import stamped
from govet_py.resolve.link import link
from govet_py.source.discover import Discovery, discover
from govet_py.source.repository import enclosing_repository
from govet_py.syntax import parse

Progress = Callable[[str, int, int], None]
INTERNAL_ERROR = "internal-error"


def silent(stage: str, done: int, total: int) -> None:
    """The progress of a scan that nobody watches."""


def analyse(options: Options, progress: Progress = silent, available: Sequence[Check] = checks.ALL) -> Report:
    """Scans a tree. Raises UsageError for what the user got wrong; whatever else goes wrong in a file or a
    rule is a notice of the report."""
    watch = Stopwatch()
    with collector_paused(), watch.stage("total"):
        chosen = _choose(available, options)
        with watch.stage("discover"):
            discovery = _discover(options)
        with watch.stage("parse and lower"):
            syntaxes, unparsed = parse_all(discovery.files, options.jobs, _tick(progress, "parsing"))
        with watch.stage("link"):
            program = link(syntaxes, [parse(file, content) for file, content in stub_sources()])
        for mistake in mistakes(options.taught, program):
            raise UsageError(mistake)
        facts = Facts(program, options.taught)
        findings, failures = _run(chosen, facts, watch, _tick(progress, "checking"))
        contents = _Contents(discovery)
        marked, remarks = _marked(findings, syntaxes, available, chosen, contents)
        told = _filter(marked, options, syntaxes, discovery.root)
        counts = census(discovery, syntaxes) | (_counts_of(facts, failures) if options.statistics else {})
        of_files = [notice for file in syntaxes for notice in file.notices]
        notices = _notices(discovery.notices, unparsed, of_files, program.notices, failures, remarks)
    seconds = watch.seconds | {"tree-sitter, all processors": sum(file.parse_seconds for file in syntaxes)}
    statistics = Statistics(counts | {"peak memory, MB": peak_memory_mb()}, seconds)
    return Report(
        findings=tuple(one for one in told if one.disposition.state is State.ACTIVE),
        rules=tuple(check.RULE for check in chosen),
        notices=notices,
        statistics=statistics,
        root=str(discovery.root),
        contents={path: contents.read(path) for path in sorted({at.path for one in told for at in sites_of(one)})},
        hidden=tuple(one for one in told if one.disposition.state is not State.ACTIVE),
        repository=enclosing_repository(discovery.root),
    )


def _choose(available: Sequence[Check], options: Options) -> tuple[Check, ...]:
    rules = selected([check.RULE for check in available], options.select, options.ignore)
    return tuple(check for check in available if check.RULE in rules)


def _discover(options: Options) -> Discovery:
    discovery = discover([Path(path) for path in options.paths], tests=options.tests, tags=options.tags)
    if not discovery.files:
        raise NothingToScan(f"no Go files to scan in {', '.join(options.paths)}{_left_out(discovery)}")
    return discovery


def _left_out(discovery: Discovery) -> str:
    reasons = []
    if discovery.tests_left_out:
        reasons.append(f"{discovery.tests_left_out} test files are left out without --tests")
    if discovery.excluded:
        reasons.append(f"{discovery.excluded} files have build constraints that do not hold, see --tags")
    return f" ({'; '.join(reasons)})" if reasons else ""


def _tick(progress: Progress, stage: str) -> Callable[[int, int], None]:
    return lambda done, total: progress(stage, done, total)


def _run(
    chosen: Sequence[Check], facts: Facts, watch: Stopwatch, tick: Callable[[int, int], None],
) -> tuple[list[Finding], list[Notice]]:
    """All findings; a rule that fails is a notice and keeps what it had found. A fact's time goes to the
    first rule that asks for it."""
    findings: list[Finding] = []
    failures: list[Notice] = []
    for number, check in enumerate(chosen):
        tick(number, len(chosen))
        with watch.stage(f"{check.RULE.id} {check.RULE.name}"):
            try:
                findings.extend(check.run(facts))
            except Exception:  # a defect in one rule must not hide the findings of the others
                failures.append(_failure(f"rule {check.RULE.id} {check.RULE.name}"))
    return findings, failures


def _failure(what: str) -> Notice:
    return Notice(INTERNAL_ERROR, "", 0, f"{what} failed\n{traceback.format_exc()}")


def _counts_of(facts: Facts, failures: list[Notice]) -> dict[str, int]:
    try:
        return facts.statistics
    except Exception:  # figures are no reason to lose a report
        failures.append(_failure("counting"))
        return {}


def _marked(
    findings: Iterable[Finding], syntaxes: Sequence[FileSyntax], available: Sequence[Check], chosen: Sequence[Check],
    contents: _Contents,
) -> tuple[tuple[Finding, ...], tuple[Notice, ...]]:
    """All findings in order, with fingerprints that no option changes; what comments accept is marked."""
    edited = [file for file in syntaxes if not file.is_generated]
    rules, ran = [check.RULE for check in available], [check.RULE for check in chosen]
    return suppress(stamped(in_order(findings)), edited, rules, ran, contents.read)


def _filter(
    findings: Iterable[Finding], options: Options, syntaxes: Sequence[FileSyntax], root: Path,
) -> tuple[Finding, ...]:
    """Generated code is nobody's to edit; findings in tests are told when tests are asked for."""
    left_out = frozenset(file.path for file in syntaxes if file.is_generated or (file.is_test and not options.tests))
    told = sure_enough(outside(findings, left_out), options.min_confidence)
    return not_matching(told, root, options.paths_ignore)


def _notices(*groups: Iterable[Notice]) -> tuple[Notice, ...]:
    """All notices by place, each once, though several stages may pass it on."""
    notices = {notice for group in groups for notice in group}
    return tuple(sorted(notices, key=lambda one: (one.path, one.line, one.kind, one.message)))


class _Contents:
    """The bytes of the files of a scan, each read once; a file that is gone by now reads as empty."""

    def __init__(self, discovery: Discovery) -> None:
        self._absolute = {file.path: file.absolute for file in discovery.files}
        self._read: dict[str, bytes] = {}

    def read(self, path: str) -> bytes:
        if path not in self._read:
            self._read[path] = _read(self._absolute.get(path, ""))
        return self._read[path]


def _read(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError:
        return b""
