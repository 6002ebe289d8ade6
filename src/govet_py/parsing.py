"""Parses all files on all processors: files to `FileSyntax`, in the order of the files.

Workers send pickled bytes, so that the main thread unpickles while workers go on. A worker that dies
(killed for its memory, say) costs time, not findings: what is left is parsed in this process.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import NamedTuple

from govet_py.measure import collector_paused
from govet_py.model.declarations import FileSyntax, Notice
from govet_py.model.source import SourceFile
from govet_py.syntax import parse

Tick = Callable[[int, int], None]
CHUNK = 24
WORTH_A_POOL = 48
_START = multiprocessing.get_context("fork" if sys.platform == "linux" else None)
"""Forking saves importing everything again in each worker; nothing here has started a thread by then."""


class Parsed(NamedTuple):
    """`syntaxes` leaves out files that could not be read or parsed at all: `notices` names them."""

    syntaxes: list[FileSyntax]
    notices: list[Notice]


def parse_all(files: Sequence[SourceFile], jobs: int, tick: Tick) -> Parsed:
    """Parses `files` with `jobs` processes (0: one for each processor); `tick` is told (done, all)."""
    workers = jobs or processors()
    if workers == 1 or len(files) < WORTH_A_POOL:
        return _merge(_in_process(files, 0, len(files), tick))
    return _merge(_in_pool(files, workers, tick))


def processors() -> int:
    """The processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def parse_one(file: SourceFile) -> Parsed:
    """Reads and parses a file; every failure is a notice."""
    try:
        return Parsed([parse(file, Path(file.absolute).read_bytes())], [])
    except OSError as error:
        return Parsed([], [Notice("unreadable", file.path, 0, error.strerror or str(error))])
    except Exception:  # a defect of ours in one file must not hide the others
        return Parsed([], [Notice("internal-error", file.path, 0, f"parsing failed\n{traceback.format_exc()}")])


def _in_process(files: Sequence[SourceFile], done: int, total: int, tick: Tick) -> Iterator[Parsed]:
    for number, file in enumerate(files, done + 1):
        yield parse_one(file)
        tick(number, total)


def _in_pool(files: Sequence[SourceFile], workers: int, tick: Tick) -> Iterator[Parsed]:
    left = {number: files[at:at + CHUNK] for number, at in enumerate(range(0, len(files), CHUNK))}
    done = 0
    try:
        with ProcessPoolExecutor(workers, _START) as pool:
            numbers = {pool.submit(_parse_chunk, chunk): number for number, chunk in left.items()}
            for future in as_completed(numbers):
                parsed = _received(future, left[numbers[future]])
                done += len(left.pop(numbers[future]))
                yield parsed
                tick(done, len(files))
    except (BrokenProcessPool, OSError) as error:
        rest = [file for chunk in left.values() for file in chunk]
        message = f"a worker process was lost ({error}); {len(rest)} files are parsed in the main process"
        yield Parsed([], [Notice("worker-lost", "", 0, message)])
        yield from _in_process(rest, done, len(files), tick)


def _received(future: Future[bytes], files: Sequence[SourceFile]) -> Parsed:
    """What a worker sends. Code nested too deeply to be sent is parsed here. Raises BrokenProcessPool."""
    try:
        parsed: Parsed = pickle.loads(future.result())
    except (RecursionError, pickle.PickleError):
        return _merge(map(parse_one, files))
    return parsed


def _parse_chunk(files: Sequence[SourceFile]) -> bytes:
    with collector_paused():
        return pickle.dumps(_merge(map(parse_one, files)), pickle.HIGHEST_PROTOCOL)


def _merge(parts: Iterator[Parsed]) -> Parsed:
    """All parts as one, by path: the order in which workers finish must not show."""
    whole = Parsed([], [])
    for part in parts:
        whole.syntaxes.extend(part.syntaxes)
        whole.notices.extend(part.notices)
    whole.syntaxes.sort(key=lambda syntax: syntax.path)
    whole.notices.sort(key=lambda notice: notice.path)
    return whole
