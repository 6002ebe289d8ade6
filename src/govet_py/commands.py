"""What the commands do, without a command line: options in, text on the standard streams, exit status out.

Exit status: 0 nothing to report, 1 findings, 2 wrong use, 3 the analysis failed (in part: the
findings of what did not fail are told all the same).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence

from govet_py import checks, watching
from govet_py.cache.folder import Unusable, prepared, wanted
from govet_py.cache.store import LIMIT, Store
from govet_py.charting import Asked, chart
from govet_py.drawing import draw
from govet_py.errors import UsageError
from govet_py.filters import baseline
from govet_py.filters.findings import at_least
from govet_py.filters.selection import find
from govet_py.model.declarations import INTERNAL_ERROR, Notice
from govet_py.model.finding import Report
from govet_py.options import Options
from govet_py.output import prefix_of, write_file, write_standard
from govet_py.progress import ProgressLine
from govet_py.report import document, render
from govet_py.report.escape import safe
from govet_py.report.look import Look
from govet_py.report.text import counted, summary
from govet_py.scanning import scan as whole_scan
from govet_py.terminal import wants_color

NOTICES_SHOWN = 20


def scan(options: Options, environment: Mapping[str, str]) -> int:
    """Scans and reports. Raises GovetError for what ends the scan."""
    report = _scanned(options, environment)
    _tell_findings(report, options, environment)
    tell_notices(report)
    if options.statistics:
        sys.stderr.write(statistics(report))
    if options.format == "text":
        sys.stderr.write(f"{summary(report)}\n")
    return exit_code(report, options)


def graph(options: Options, asked: tuple[str, int | None, int], environment: Mapping[str, str]) -> int:
    """Draws the calls and goroutines around a function or a finding. Raises GovetError when it cannot."""
    progress = ProgressLine(sys.stderr, environment)
    try:
        picture = chart(options, Asked(*asked), progress.show, None if options.no_cache else store_of(environment))
    finally:
        progress.clear()
    _write(options.output, draw(picture, options.format))
    if picture.left_out:
        sys.stderr.write(f"{counted(picture.left_out, 'function')} more not shown: see --most and --depth\n")
    return 0


def watch(paths: Sequence[str], ask: Callable[[], Options], environment: Mapping[str, str]) -> int:
    """Scans after each save until it is interrupted."""
    store = None if ask().no_cache else store_of(environment)
    return watching.watch(paths, ask, wants_color("auto", sys.stdout.isatty(), environment), store)


def create_baseline(options: Options, environment: Mapping[str, str]) -> int:
    """Scans and writes the findings that are there as a baseline. Raises GovetError for what ends the scan."""
    report = _scanned(options, environment)
    listed = baseline.entries(report)
    _write(options.output, baseline.written(listed))
    tell_notices(report)
    sys.stderr.write(f"{counted(len(listed), 'finding')} in the baseline\n")
    return 3 if _failed(report) else 0


def show_baseline(path: str) -> int:
    """Prints the findings of a baseline. Raises UsageError when it is none."""
    listed = baseline.read(path)
    write_standard("".join(f"{safe(f'{one.path}: {one.rule} {one.message}')}\n" for one in listed))
    sys.stderr.write(f"{counted(len(listed), 'finding')} in the baseline\n")
    return 0


def explain(word: str) -> int:
    """Prints a rule's document. Raises UsageError for an unknown rule."""
    write_standard(document.plain(find([check.RULE for check in checks.ALL], word)))
    return 0


def explain_all() -> int:
    """Prints the documents of all rules as one Markdown page: docs/rules.md."""
    write_standard(document.page([check.RULE for check in checks.ALL]))
    return 0


def rules(format: str) -> int:
    """Prints the list of rules as text or JSON."""
    listed = [check.RULE for check in checks.ALL]
    if format == "json":
        rows = [{"id": r.id, "name": r.name, "severity": r.severity.value, "summary": r.summary} for r in listed]
        write_standard(json.dumps(rows, indent=2) + "\n")
        return 0
    width = max(len(rule.name) for rule in listed)
    write_standard("".join(f"{r.id}  {r.name:{width}}  {r.severity.value:7}  {r.summary}\n" for r in listed))
    return 0


def rule_words() -> list[str]:
    """All words that name a rule."""
    return [word for check in checks.ALL for word in (check.RULE.name, check.RULE.id)]


def require_rules(words: Sequence[str], path: str) -> None:
    """Raises UsageError for a word of the configuration at `path` that names no rule."""
    for word in words:
        try:
            find([check.RULE for check in checks.ALL], word)
        except UsageError as error:
            raise UsageError(f"{path}: {error}") from error


def cache_info(environment: Mapping[str, str]) -> int:
    """Prints where the cache is and what it holds. Raises UsageError when there is none."""
    store = _cache(environment)
    entries = store.entries()
    size = sum(entry.size for entry in entries)
    listed = f"{counted(len(entries), 'result')}, {size / 1e6:.1f} MB of {LIMIT / 1e6:.0f} MB"
    write_standard(f"{safe(str(store.folder))}\n{listed}\n")
    return 0


def cache_clear(environment: Mapping[str, str]) -> int:
    """Empties the cache. Raises UsageError when there is none."""
    sys.stderr.write(f"{counted(_cache(environment).clear(), 'result')} taken away\n")
    return 0


def _cache(environment: Mapping[str, str]) -> Store:
    try:
        return Store(prepared(wanted(environment)))
    except Unusable as error:
        raise UsageError(f"no cache: {error}") from error


def exit_code(report: Report, options: Options) -> int:
    """How a scan with this report ends: see the head of this file."""
    if _failed(report):
        return 3
    return 1 if options.fail_on and at_least(report.findings, options.fail_on) else 0


def statistics(report: Report) -> str:
    """Counts, then seconds, as an aligned table."""
    counts = [f"{value:>14,}  {name}\n" for name, value in report.statistics.counts.items()]
    seconds = [f"{value:>14.3f}  s {name}\n" for name, value in report.statistics.seconds.items()]
    return "".join(counts + seconds)


def _failed(report: Report) -> bool:
    return any(notice.kind == INTERNAL_ERROR for notice in report.notices)


def _scanned(options: Options, environment: Mapping[str, str]) -> Report:
    progress = ProgressLine(sys.stderr, environment)
    store = None if options.no_cache else store_of(environment)
    try:
        return whole_scan(options, progress.show, store)
    finally:
        progress.clear()


def store_of(environment: Mapping[str, str]) -> Store | None:
    """The user's cache, or None, with a word on standard error, when there is none to be had."""
    try:
        return Store(prepared(wanted(environment)))
    except Unusable as error:
        sys.stderr.write(f"notice: no cache: {safe(str(error))}\n")
        return None


def _tell_findings(report: Report, options: Options, environment: Mapping[str, str]) -> None:
    to_terminal = options.output is None and sys.stdout.isatty()
    color = wants_color(options.color, to_terminal, environment)
    look = Look(color, prefix_of(report.root), options.sarif_profile == "full", options.category)
    _write(options.output, render(report, options.format, look))


def _write(path: str | None, text: str) -> None:
    if path is None:
        write_standard(text)
    else:
        write_file(path, text)


def tell_notices(report: Report) -> None:
    """Writes the first notices to standard error."""
    shown = report.notices[:NOTICES_SHOWN]
    for notice in shown:
        sys.stderr.write(f"{_line(notice)}\n")
    if len(report.notices) > len(shown):
        sys.stderr.write(f"and {counted(len(report.notices) - len(shown), 'more notice')}: --format json lists all\n")


def _line(notice: Notice) -> str:
    place = f"{notice.path}:{notice.line}: " if notice.line > 0 else f"{notice.path}: " if notice.path else ""
    message = "\n".join(safe(line) for line in notice.message.splitlines())
    return f"notice: {safe(place)}{notice.kind}: {message}"
