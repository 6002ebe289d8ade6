"""The data flow on one screen: paths → files → syntax → program → facts → findings → report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from govet_py import checks
from govet_py.cache.keys import content_digest
from govet_py.cache.results import Results
from govet_py.cache.store import Store
from govet_py.census import census
from govet_py.checking import check_all
from govet_py.checks import Check
from govet_py.concurrency.facts import Facts
from govet_py.errors import NothingToScan, UsageError
from govet_py.files import read_regular
from govet_py.filters.findings import in_order, not_matching, outside, sites_of, sure_enough
from govet_py.filters.selection import selected
from govet_py.filters.suppress import suppress
from govet_py.isolation import failure, linked
from govet_py.knowledge.stubs import stub_sources
from govet_py.knowledge.taught import mistakes
from govet_py.measure import Stopwatch, collector_paused, peak_memory_mb
from govet_py.model.declarations import INTERNAL_ERROR, FileSyntax, Notice
from govet_py.model.finding import Finding, Outcome, Report, State, Statistics
from govet_py.options import Options
from govet_py.parsing import Kept, parse_all
from govet_py.report.fingerprint import stamped
from govet_py.retelling import retold
from govet_py.source.discover import Discovery, discover
from govet_py.source.repository import enclosing_repository
from govet_py.syntax import parse

Progress = Callable[[str, int, int], None]


def silent(stage: str, done: int, total: int) -> None:
    """The progress of a scan that nobody watches."""


def analyse(
    options: Options, progress: Progress = silent, store: Store | None = None,
    available: Sequence[Check] = checks.ALL,
) -> Report:
    """Scans a tree. Raises UsageError for what the user got wrong; whatever else goes wrong in a file or a
    rule is a notice of the report. What `store` knows is not worked out again."""
    watch = Stopwatch()
    with collector_paused(), watch.stage("total"):
        chosen = _choose(available, options)
        with watch.stage("discover"):
            discovery = _discover(options)
        contents = _Contents(discovery)
        with watch.stage("cache"):
            results = None if store is None else Results(store, discovery.files, _words(options, available, chosen))
            outcome = None if results is None else _known(results, discovery, available, chosen, contents)
        if outcome is None:
            outcome = _Analysis(options, progress, watch, discovery, available, chosen).run(results)
        told = _filter(outcome.findings, options, discovery)
    return Report(
        findings=tuple(one for one in told if one.disposition.state is State.ACTIVE),
        rules=tuple(check.RULE for check in chosen),
        notices=_notices(discovery.notices, outcome.notices),
        statistics=Statistics(outcome.counts | {"peak memory, MB": peak_memory_mb()}, watch.seconds),
        root=str(discovery.root),
        contents={path: contents.read(path) for path in sorted({at.path for one in told for at in sites_of(one)})},
        hidden=tuple(one for one in told if one.disposition.state is not State.ACTIVE),
        repository=enclosing_repository(discovery.root),
    )


def _words(options: Options, available: Sequence[Check], chosen: Sequence[Check]) -> tuple[str, ...]:
    """All of a scan's outcome that its files do not decide; what is told of it, every scan chooses anew."""
    rules = (f"{check.RULE.id} {'runs' if check in chosen else 'rests'}" for check in available)
    return (*rules, "statistics" if options.statistics else "", *options.taught.words)


def _known(
    results: Results, discovery: Discovery, available: Sequence[Check], chosen: Sequence[Check], contents: _Contents,
) -> Outcome | None:
    """The outcome without an analysis, where files or their code are as they were."""
    found = results.load()
    if found is None:
        rules, ran = [check.RULE for check in available], [check.RULE for check in chosen]
        found = retold(results, discovery.files, rules, ran, contents.read)
        if found is not None:
            found = replace(found, notices=_notices(found.notices))
            results.save(found, contents.unless_changed(results.digests))
    return found


class _Analysis:
    """The stages between the files and an outcome."""

    def __init__(
        self, options: Options, progress: Progress, watch: Stopwatch, discovery: Discovery,
        available: Sequence[Check], chosen: Sequence[Check],
    ) -> None:
        self._options = options
        self._progress = progress
        self._watch = watch
        self._discovery = discovery
        self._available = available
        self._chosen = chosen

    def run(self, results: Results | None) -> Outcome:
        """The outcome, which `results` keep when nothing failed on the way."""
        kept = None if results is None else Kept(results.store, results.tool, results.digests)
        with self._watch.stage("parse and lower"):
            parsed = parse_all(self._discovery.files, self._options.jobs, _tick(self._progress, "parsing"), kept)
        with self._watch.stage("link"):
            stubs = [parse(file, content) for file, content in stub_sources()]
            program, syntaxes, unlinked = linked(parsed.syntaxes, stubs)
        for mistake in mistakes(self._options.taught, program):
            raise UsageError(mistake)
        facts = Facts(program, self._options.taught)
        checked = check_all(self._chosen, facts, self._options.jobs, _tick(self._progress, "checking"))
        self._watch.seconds.update(checked.seconds)
        findings, failures = checked.findings, [*unlinked, *checked.failures]
        contents = _Contents(self._discovery)
        marked, remarks = _marked(findings, syntaxes, self._available, self._chosen, contents)
        counts = census(self._discovery, syntaxes)
        if self._options.statistics:
            counts |= _counts_of(facts, failures)
            self._watch.seconds["tree-sitter, all processors"] = sum(file.parse_seconds for file in syntaxes)
        of_files = [notice for file in syntaxes for notice in file.notices]
        outcome = Outcome(marked, _notices(parsed.notices, of_files, program.notices, failures, remarks), counts)
        failed = any(one.kind == INTERNAL_ERROR for one in outcome.notices)
        if results is not None and not parsed.notices and not failed:
            with self._watch.stage("cache"):
                results.save(outcome, contents.unless_changed(parsed.digests))
        return outcome


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


def _counts_of(facts: Facts, failures: list[Notice]) -> dict[str, int]:
    try:
        return facts.statistics
    except Exception as error:  # figures are no reason to lose a report
        failures.append(failure("counting", error))
        return {}


def _marked(
    findings: Iterable[Finding], syntaxes: Sequence[FileSyntax], available: Sequence[Check], chosen: Sequence[Check],
    contents: _Contents,
) -> tuple[tuple[Finding, ...], tuple[Notice, ...]]:
    """All findings in order, with fingerprints that no option changes; what comments accept is marked."""
    edited = [file for file in syntaxes if not file.is_generated]
    rules, ran = [check.RULE for check in available], [check.RULE for check in chosen]
    return suppress(stamped(in_order(findings)), edited, rules, ran, contents.read)


def _filter(findings: Iterable[Finding], options: Options, discovery: Discovery) -> tuple[Finding, ...]:
    """Generated code is nobody's to edit; findings in tests are told when tests are asked for."""
    files = discovery.files
    left_out = frozenset(file.path for file in files if file.is_generated or (file.is_test and not options.tests))
    told = sure_enough(outside(findings, left_out), options.min_confidence)
    return not_matching(told, discovery.root, options.paths_ignore)


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

    def unless_changed(self, digests: Mapping[str, str]) -> Mapping[str, str]:
        """The digests of what was parsed, or none when a file that was read again is not what it was."""
        same = all(content_digest(content) == digests.get(path) for path, content in self._read.items())
        return digests if same else {}


def _read(path: str) -> bytes:
    try:
        return read_regular(path)
    except OSError:
        return b""
