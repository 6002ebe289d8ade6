"""A whole scan: the analysis, and what a baseline and a base revision know of its findings already.

The base revision is analysed before the tree and in a process of its own, whose memory is free again
when the tree's turn comes.
"""

from __future__ import annotations

import multiprocessing
import sys
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from typing import NamedTuple

from govet_py.cache.store import Store
from govet_py.errors import AnalysisError, NothingToScan
from govet_py.filters import baseline
from govet_py.filters.known import without_known
from govet_py.lifeline import end_with_parent
from govet_py.model.declarations import INTERNAL_ERROR, Notice
from govet_py.model.finding import Confidence, Disposition, Report, State
from govet_py.options import Options
from govet_py.pipeline import Progress, analyse, silent
from govet_py.source.revision import exported

_START = multiprocessing.get_context("fork" if sys.platform == "linux" else None)


class Known(NamedTuple):
    """What a revision had: fingerprints of its findings, and what failed there."""

    commit: str
    fingerprints: frozenset[str]
    failures: tuple[Notice, ...]


def scan(options: Options, progress: Progress = silent, store: Store | None = None) -> Report:
    """The report of a scan, known findings hidden; `store` keeps results from scan to scan. Raises UsageError
    for a bad baseline or revision."""
    accepted = baseline.read(options.baseline) if options.baseline is not None else ()
    known = known_at(options.new_from, options, progress, store) if options.new_from is not None else None
    report = analyse(options, progress, store)
    if known is not None:
        disposition = Disposition(State.KNOWN, f"in {known.commit[:12]} already")
        report = without_known(report, known.fingerprints, disposition)
        report = replace(report, notices=(*report.notices, *known.failures))
    if accepted:
        disposition = Disposition(State.BASELINED, f"in the baseline {options.baseline}")
        report = without_known(report, {entry.fingerprint for entry in accepted}, disposition)
    return report


def known_at(
    revision: str, options: Options, progress: Progress = silent, store: Store | None = None,
) -> Known:
    """What the merge base of `revision` and HEAD has, at any confidence: a finding that only became surer is
    not new. Raises UsageError when git cannot tell, AnalysisError when the analysis is killed."""
    progress("base", 0, 1)
    with exported(revision, options.paths) as base:
        if not base.paths:
            return Known(base.commit, frozenset(), ())
        asked = replace(options, paths=base.paths, min_confidence=Confidence.LOW, paths_ignore=(), statistics=False)
        try:
            with ProcessPoolExecutor(1, _START, end_with_parent) as pool:
                fingerprints, failures = pool.submit(_fingerprints, asked, store).result()
        except BrokenProcessPool as error:
            raise AnalysisError(f"--new-from: the analysis of {revision} was killed, for its memory perhaps") from error
    return Known(base.commit, fingerprints, failures)


def _fingerprints(options: Options, store: Store | None) -> tuple[frozenset[str], tuple[Notice, ...]]:
    """Those of a tree's active findings: to take a comment away makes what it accepted new. A tree without
    Go files has none."""
    try:
        report = analyse(options, silent, store)
    except NothingToScan:
        return frozenset(), ()
    failures = [notice for notice in report.notices if notice.kind == INTERNAL_ERROR]
    told = tuple(one._replace(message=f"at the base revision: {one.message}") for one in failures)
    return frozenset(one.fingerprint for one in report.findings), told
