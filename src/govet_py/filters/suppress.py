"""Findings that a comment in the code accepts: they are marked and keep the comment's reason.

A directive covers its own line; alone on a line, the line of code below it, and what continues that in
parentheses; on the line or in the comment above a function, all of the function.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from govet_py.filters.continued import last_line
from govet_py.filters.directives import Ignore, read
from govet_py.model.declarations import Directive, FileSyntax, Notice
from govet_py.model.finding import Disposition, Finding, Rule, State
from govet_py.model.source import Lines, span_start

UNUSED, NO_REASON, UNKNOWN_RULE = "unused-directive", "directive-without-reason", "directive-unknown-rule"
NOTICES = (UNUSED, NO_REASON, UNKNOWN_RULE)
Content = Callable[[str], bytes]


def suppress(
    findings: Sequence[Finding], syntaxes: Iterable[FileSyntax], rules: Sequence[Rule], ran: Sequence[Rule],
    content: Content,
) -> tuple[tuple[Finding, ...], tuple[Notice, ...]]:
    """The same findings, those that a comment accepts marked, and notices about comments that accept nothing
    or give no reason. `rules` are all that exist, `ran` those that ran; `content` reads a file by its path."""
    files = {syntax.path: file for syntax in syntaxes if (file := _file(syntax, rules, content)) is not None}
    marked = tuple(_marked(finding, files.get(finding.site.path)) for finding in findings)
    done, every = frozenset(rule.id for rule in ran), frozenset(rule.id for rule in rules)
    return marked, tuple(notice for file in files.values() for notice in file.notices(done, every))


@dataclass(slots=True)
class _Cover:
    """A directive and the offsets that it covers."""

    directive: Directive
    ignore: Ignore
    start: int
    end: int
    used: bool = False

    def accepts(self, finding: Finding) -> bool:
        inside = self.start <= span_start(finding.site.span) < self.end
        return inside and (self.ignore.every or finding.rule.id in self.ignore.rules)


@dataclass(slots=True)
class _File:
    syntax: FileSyntax
    covers: list[_Cover]

    def notices(self, ran: frozenset[str], every: frozenset[str]) -> Iterator[Notice]:
        """Whether a directive is needed is not known when a rule of it did not run or code was left out."""
        for cover in self.covers:
            ignore, line = cover.ignore, cover.directive.line
            for word in ignore.unknown:
                yield Notice(UNKNOWN_RULE, self.syntax.path, line, f"no rule is called {word}")
            if not (ignore.rules or ignore.every or ignore.unknown):
                yield Notice(UNKNOWN_RULE, self.syntax.path, line, "name the rule: //govet:ignore RULE -- reason")
            if not ignore.reason:
                yield Notice(NO_REASON, self.syntax.path, line, "say why: //govet:ignore RULE -- reason")
            rules = every if ignore.every else ignore.rules
            if rules and rules <= ran and not cover.used and not self.syntax.partial:
                listed = "govet-py" if ignore.every else ", ".join(sorted(rules))
                yield Notice(UNUSED, self.syntax.path, line, f"{listed} finds nothing here: take the comment away")


def _file(syntax: FileSyntax, rules: Sequence[Rule], content: Content) -> _File | None:
    asked = [(one, ignore) for one in syntax.directives if (ignore := read(one, rules)) is not None]
    if not asked:
        return None
    lines = Lines(content(syntax.path))
    functions = _functions(syntax, len(lines.content) + 1)
    targets = _targets((one for one, _ in asked), lines)
    return _File(syntax, [_cover(one, ignore, targets[one.line], lines, functions) for one, ignore in asked])


def _cover(
    directive: Directive, ignore: Ignore, line: int, lines: Lines, functions: list[tuple[int, int]],
) -> _Cover:
    if ignore.whole_file:
        return _Cover(directive, ignore, 0, len(lines.content) + 1)
    start, end = _start(lines, line), _start(lines, last_line(lines, line) + 1)
    first = bisect_left(functions, (start, 0))
    if first < len(functions) and functions[first][0] < end:
        return _Cover(directive, ignore, start, max(functions[first][1], end))
    return _Cover(directive, ignore, start, end)


def _targets(directives: Iterable[Directive], lines: Lines) -> dict[int, int]:
    """The line that a directive speaks of, by its own: that, or the next that is no comment if it stands alone."""
    found: dict[int, int] = {}
    for directive in sorted(directives, key=lambda one: -one.line):
        line = directive.line
        while line < len(lines.starts) and lines.text(line).lstrip().startswith("//"):
            line = found.get(line + 1, line + 1)
        found[directive.line] = line
    return found


def _start(lines: Lines, line: int) -> int:
    return lines.starts[line - 1] if line <= len(lines.starts) else len(lines.content) + 1


def _functions(syntax: FileSyntax, end: int) -> list[tuple[int, int]]:
    """Where each function's name is, ascending, and where the next declaration starts (types may be local)."""
    spans = [one.span for one in syntax.functions]
    spans += [one.span for one in syntax.vars] + [one.span for one in syntax.consts]
    starts = [*sorted(map(span_start, spans)), end]
    names = sorted(span_start(function.span) for function in syntax.functions)
    return [(at, starts[bisect_right(starts, at)] if at < end else end) for at in names]


def _marked(finding: Finding, file: _File | None) -> Finding:
    accepting = [cover for cover in file.covers if cover.accepts(finding)] if file is not None else []
    for cover in accepting:
        cover.used = True
    if not accepting:
        return finding
    reason = next((cover.ignore.reason for cover in accepting if cover.ignore.reason), "")
    return replace(finding, disposition=Disposition(State.SUPPRESSED, reason))
