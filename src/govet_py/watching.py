"""`govet-py watch`: a scan after each save, its results in a file that an editor shows.

Files are polled: that works on every system and network, and costs some milliseconds for a thousand files.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import NamedTuple

from govet_py.apart import ScanApart
from govet_py.cache.store import Store
from govet_py.configuration import NAME
from govet_py.errors import GovetError, NothingToScan, UsageError
from govet_py.model.finding import Report
from govet_py.options import Options
from govet_py.output import prefix_of, write_file, write_standard
from govet_py.report import render
from govet_py.report.escape import safe
from govet_py.report.look import Look
from govet_py.report.text import counted

PAUSE = 0.3
_SETTLED = 0.05
_SHARE = 20
"""Looking at the files may take a twentieth of the time."""
_NAMES = frozenset({"go.mod", "go.work", NAME})
Stamp = tuple[int, int]
Seen = dict[str, Stamp]


def watch(paths: Sequence[str], ask: Callable[[], Options], color: bool, store: Store | None = None) -> int:
    """Scans and writes until it is interrupted. `ask` gives the options anew each time: the configuration is
    one of the files. What goes wrong is told, and the next save is another chance. Raises UsageError for what was
    wrong from the beginning: a save would not mend that."""
    stop = Event()
    signal.signal(signal.SIGINT, lambda *_: stop.set())  # an exception could come anywhere and be lost there
    before: Report | None = None
    way = _Way(color, store, stop, first=True)
    while not stop.is_set():
        seen = files(paths)
        before = _scanned(ask, before, way)
        way = way._replace(first=False)
        wait(paths, seen, stop)
    return 0


class _Way(NamedTuple):
    """How a scan of a watch is made and told."""

    color: bool
    store: Store | None
    stop: Event
    first: bool


def files(paths: Sequence[str]) -> Seen:
    """The files that a scan of `paths` depends on, with time and size."""
    found = {path: stamp for top in paths for path, stamp in _below(top)}
    for folder in {parent for top in paths for parent in Path(os.path.abspath(top)).parents}:
        found |= _stamped(str(folder / NAME))
    return found


def wait(paths: Sequence[str], seen: Seen, stop: Event) -> None:
    """Returns when the files are no longer as seen, and have come to rest; or at `stop`."""
    now = seen
    while now == seen and not stop.is_set():
        started = time.monotonic()
        now = files(paths)
        if now == seen:
            stop.wait(max(PAUSE, (time.monotonic() - started) * _SHARE))
    stop.wait(_SETTLED)
    while (later := files(paths)) != now and not stop.is_set():
        now = later
        stop.wait(_SETTLED)


def _below(top: str) -> Iterator[tuple[str, Stamp]]:
    work = [top]
    while work:
        folder = work.pop()
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        if not entry.name.startswith(".") and entry.name != "node_modules":
                            work.append(entry.path)
                    elif entry.name.endswith(".go") or entry.name in _NAMES:
                        yield from _stamped(entry.path).items()
        except OSError:  # a file, or a folder that has just gone
            yield from _stamped(folder).items()


def _stamped(path: str) -> Seen:
    try:
        status = os.stat(path)
    except OSError:
        return {}
    return {path: (status.st_mtime_ns, status.st_size)}


def _scanned(ask: Callable[[], Options], before: Report | None, way: _Way) -> Report | None:
    """The report, written and told; that of before when this time there is none."""
    started = time.monotonic()
    try:
        options = ask()
        report = ScanApart(options, way.store).result(way.stop)
        write_file(options.output or "", render(report, options.format, _look(options)))
    except GovetError as error:
        if way.stop.is_set():
            return before
        if way.first and isinstance(error, UsageError) and not isinstance(error, NothingToScan):
            raise
        sys.stderr.write(f"{time.strftime('%H:%M:%S')} error: {safe(str(error))}\n")
        return before
    _tell(report, before, way.color, time.monotonic() - started)
    return report


def _tell(report: Report, before: Report | None, color: bool, seconds: float) -> None:
    """A line that counts, and in full what was not there before."""
    known = {one.fingerprint for one in before.findings} if before else set()
    new = tuple(one for one in report.findings if one.fingerprint not in known)
    gone = known - {one.fingerprint for one in report.findings}
    change = f", {len(new)} new, {len(gone)} gone" if before else ""
    sys.stderr.write(
        f"{time.strftime('%H:%M:%S')} {counted(len(report.findings), 'finding')}{change} ({seconds:.1f} s)\n"
    )
    sys.stderr.flush()
    if before and new:
        write_standard(render(replace(report, findings=new), "text", Look(color, prefix_of(report.root))))


def _look(options: Options) -> Look:
    return Look(full=options.sarif_profile == "full", category=options.category)
