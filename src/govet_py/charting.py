"""Pictures of a program: what is around a function, or around what a finding tells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import get_close_matches
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from govet_py.cache.results import Results
from govet_py.cache.store import Store
from govet_py.concurrency.describe import short_name
from govet_py.concurrency.facts import Facts
from govet_py.concurrency.surroundings import Around, Surroundings
from govet_py.errors import UsageError
from govet_py.files import read_regular
from govet_py.knowledge.stubs import stub_sources
from govet_py.model.finding import Confidence, Finding, Report, Step
from govet_py.model.picture import Edge, Link, Node, Picture
from govet_py.model.source import Lines, Site, pack_span
from govet_py.options import Options
from govet_py.parsing import Kept, parse_all
from govet_py.pipeline import Progress, analyse, silent
from govet_py.resolve.link import link
from govet_py.source.discover import Discovery, discover
from govet_py.syntax import parse

_FINGERPRINT = re.compile(r"[0-9a-f]{8,32}")
_PLACE = re.compile(r"(.+\.go):(\d+)(?::\d+)?")
_MANY = 8


class Asked(NamedTuple):
    """`target` names a function (its id or the end of it), a place (FILE:LINE) or a finding (its fingerprint, or
    at least 8 digits of it). `depth` is None for what suits: 2 calls around a function, a finding alone."""

    target: str
    depth: int | None = None
    most: int = 60


def chart(
    options: Options, asked: Asked, progress: Progress = silent, store: Store | None = None,
) -> Picture:
    """The picture that is asked for. Raises UsageError when the target is not there or is several."""
    finding = _finding(options, asked.target, progress, store)
    files = _Files(discover([Path(path) for path in options.paths], tests=options.tests, tags=options.tags))
    around = Surroundings(_facts(files.discovery, options, progress, store))
    if finding is not None:
        return _of_finding(around, finding, asked, files)
    place = _PLACE.fullmatch(asked.target)
    function = _at(around, files, place[1], int(place[2])) if place else _named(around, asked.target)
    found = around.around([function], 2 if asked.depth is None else asked.depth, asked.most)
    nodes = tuple(_located(node, around, files) for node in found.nodes)
    return Picture(f"around {short_name(function)}", nodes, found.edges, found.left_out)


def _facts(discovery: Discovery, options: Options, progress: Progress, store: Store | None) -> Facts:
    known = None if store is None else Results(store, discovery.files, ())
    kept = None if known is None else Kept(known.store, known.tool, known.digests)
    parsed = parse_all(discovery.files, options.jobs, lambda done, total: progress("parsing", done, total), kept)
    return Facts(link(parsed.syntaxes, [parse(file, content) for file, content in stub_sources()]), options.taught)


# -- what is asked for ----------------------------------------------------------------------------


def _finding(options: Options, target: str, progress: Progress, store: Store | None) -> Finding | None:
    place = _PLACE.fullmatch(target)
    if place is None and not _FINGERPRINT.fullmatch(target):
        return None
    report = analyse(replace(options, min_confidence=Confidence.LOW), progress, store)
    everything = (*report.findings, *report.hidden)
    if place is not None:
        return next((one for one in everything if _is_at(one, report, place[1], int(place[2]))), None)
    found = [one for one in everything if one.fingerprint.startswith(target)]
    if len(found) != 1:
        raise UsageError(f"{'no finding has' if not found else 'several findings have'} the fingerprint {target}")
    return found[0]


def _is_at(finding: Finding, report: Report, path: str, line: int) -> bool:
    lines = Lines(report.contents.get(finding.site.path, b""))
    return _is_path(finding.site.path, path) and lines.location("", finding.site.span).line == line


def _is_path(path: str, asked: str) -> bool:
    """Reports whether one path is the end of the other: users stand anywhere above or below the root."""
    plain = asked.removeprefix("./")
    return path == plain or path.endswith(f"/{plain}") or plain.endswith(f"/{path}")


def _named(around: Surroundings, target: str) -> str:
    ids = list(around.ids())
    found = [id for id in ids if id == target] or [id for id in ids if id.endswith((f".{target}", f"/{target}"))]
    if not found:
        names = {id.rpartition("/")[2].partition(".")[2]: None for id in ids if "$" not in id}
        close = get_close_matches(target, names, n=3, cutoff=0.6)
        raise UsageError(f"no function is called {target}" + (f", did you mean {' or '.join(close)}?" if close else ""))
    if len(found) > 1:
        shown = "".join(f"\n  {id}" for id in found[:_MANY]) + ("\n  …" if len(found) > _MANY else "")
        raise UsageError(f"{len(found)} functions are called {target}, say which:{shown}")
    return found[0]


def _at(around: Surroundings, files: _Files, path: str, line: int) -> str:
    found = [file.path for file in files.discovery.files if _is_path(file.path, path)]
    for known in found:
        starts = files.lines(known).starts
        text = files.lines(known).text(line)
        offset = starts[min(line, len(starts)) - 1] + len(text) - len(text.lstrip())
        function = around.enclosing(Site(known, pack_span(offset, offset)))
        if function is not None:
            return function
    raise UsageError(f"no function is at {path}:{line}" if found else f"{path} is not among the scanned files")


# -- what is shown --------------------------------------------------------------------------------


def _of_finding(around: Surroundings, finding: Finding, asked: Asked, files: _Files) -> Picture:
    story = [(around.enclosing(step.site), step) for step in finding.steps]
    parties: dict[str, list[int]] = {}
    for function, party in ((around.enclosing(finding.site), 0), *((one, step.goroutine) for one, step in story)):
        if function is not None:
            known = parties.setdefault(function, [])
            if party and party not in known:
                known.append(party)
    if not parties:
        raise UsageError(f"nothing of {finding.rule.id} at {finding.site.path} lies in a function")
    found = around.around(list(parties), asked.depth or 0, asked.most)
    nodes = tuple(
        _located(node._replace(parties=tuple(parties.get(node.id, ()))), around, files) for node in found.nodes
    )
    title = f"{finding.rule.id} {finding.rule.name}: {finding.message}"
    return Picture(title, nodes, (*found.edges, *_callbacks(story, found)), found.left_out)


def _callbacks(story: Sequence[tuple[str | None, Step]], found: Around) -> Iterator[Edge]:
    """What one step calls and the next is in, where the call graph has no edge: a function value was run."""
    calls = {(edge.source, edge.target) for edge in found.edges if edge.link is not Link.GIVES}
    calls |= {(source, target) for source, through in calls for between, target in calls if between == through}
    shown = {node.id for node in found.nodes}
    for (source, step), (target, next_) in pairwise(story):
        deeper = next_.goroutine == step.goroutine and next_.depth == step.depth + 1
        if not deeper or source is None or target is None or source == target or not {source, target} <= shown:
            continue
        if (source, target) not in calls:
            calls.add((source, target))
            yield Edge(source, target, Link.RUNS)


def _located(node: Node, around: Surroundings, files: _Files) -> Node:
    site = around.site(node.id)
    return node._replace(place=f"{site.path}:{files.line(site)}") if site else node


class _Files:
    """The lines of the files that a picture names, each read once."""

    def __init__(self, discovery: Discovery) -> None:
        self.discovery = discovery
        self._absolute = {file.path: file.absolute for file in discovery.files}
        self._lines: dict[str, Lines] = {}

    def lines(self, path: str) -> Lines:
        if path not in self._lines:
            self._lines[path] = Lines(_content(self._absolute.get(path)))
        return self._lines[path]

    def line(self, site: Site) -> int:
        return self.lines(site.path).location("", site.span).line


def _content(path: str | None) -> bytes:
    try:
        return read_regular(path) if path else b""
    except OSError:
        return b""
