"""Parses all files on all processors: files to `FileSyntax`, in the order of the files.

Workers send encoded syntax, the same bytes that they put into the cache, and the main thread decodes while
they go on. A worker that dies (killed for its memory, say) costs time, not findings: what is left is parsed
in this process.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from itertools import chain
from typing import NamedTuple

from govet_py.cache.codec import Damaged, decoded, encoded
from govet_py.cache.keys import content_digest, file_key
from govet_py.cache.store import Store
from govet_py.files import read_regular
from govet_py.lifeline import end_with_parent
from govet_py.measure import collector_paused
from govet_py.model.declarations import FileSyntax, Notice
from govet_py.model.sharing import forget_made
from govet_py.model.source import SourceFile
from govet_py.syntax import TooSlow, parse

Tick = Callable[[int, int], None]
CHUNK = 24
WORTH_A_POOL = 48
_START = multiprocessing.get_context("fork" if sys.platform == "linux" else None)
"""Forking saves importing everything again in each worker; nothing here has started a thread by then."""


class Parsed(NamedTuple):
    """`syntaxes` leaves out files that could not be read or parsed at all: `notices` names them. `digests`
    has the contents that were parsed, by path."""

    syntaxes: list[FileSyntax]
    notices: list[Notice]
    digests: dict[str, str]


class Kept(NamedTuple):
    """The parsed files that a cache has: `digests` says what their contents are now, by path."""

    store: Store
    tool: str
    digests: Mapping[str, str]

    def get(self, file: SourceFile) -> FileSyntax | None:
        """The parsed file, if it is there."""
        digest = self.digests.get(file.path)
        found = self.store.load(file_key(self.tool, file, digest)) if digest else None
        return found if isinstance(found, FileSyntax) else None

    def put(self, file: SourceFile, digest: str, parsed: bytes) -> None:
        """Keeps a file whose content has that digest."""
        self.store.write(file_key(self.tool, file, digest), parsed)


class Sent(NamedTuple):
    """What a worker sends of a file: its encoded syntax and the digest of what it read, or why not."""

    syntax: bytes
    digest: str
    notices: list[Notice]


def parse_all(files: Sequence[SourceFile], jobs: int, tick: Tick, kept: Kept | None = None) -> Parsed:
    """Parses `files` with `jobs` processes (0: one for each processor); `tick` is told (done, all). What is
    `kept` is not parsed again, what is parsed is kept."""
    known = {} if kept is None else {file: found for file in files if (found := kept.get(file)) is not None}
    cached = Parsed(list(known.values()), [], {file.path: kept.digests[file.path] for file in known} if kept else {})
    left = [file for file in files if file not in known]
    workers = jobs or processors()
    if workers == 1 or len(left) < WORTH_A_POOL:
        parsed = _merge(chain([cached], _in_process(left, len(known), len(files), tick, kept)))
    else:
        parsed = _merge(chain([cached], _in_pool(left, workers, len(known), len(files), tick, kept)))
    forget_made()
    return parsed


def processors() -> int:
    """The processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def parse_one(file: SourceFile, kept: Kept | None = None) -> Parsed:
    """Reads and parses a file; every failure is a notice."""
    try:
        content = read_regular(file.absolute)
        syntax = parse(file, content)
    except OSError as error:
        return Parsed([], [Notice("unreadable", file.path, 0, error.strerror or str(error))], {})
    except TooSlow:
        return Parsed([], [Notice("too-slow", file.path, 0, "takes too long to parse and is left out")], {})
    except Exception:  # a defect of ours in one file must not hide the others
        return Parsed([], [Notice("internal-error", file.path, 0, f"parsing failed\n{traceback.format_exc()}")], {})
    digest = content_digest(content) if kept is not None else ""
    return Parsed([syntax], [], {file.path: digest})


def _in_process(
    files: Sequence[SourceFile], done: int, total: int, tick: Tick, kept: Kept | None,
) -> Iterator[Parsed]:
    for number, file in enumerate(files, done + 1):
        parsed = parse_one(file, kept)
        if kept is not None:
            with suppress(RecursionError):
                _sent(file, parsed, kept)
        yield parsed
        tick(number, total)


def _in_pool(
    files: Sequence[SourceFile], workers: int, done: int, total: int, tick: Tick, kept: Kept | None,
) -> Iterator[Parsed]:
    left = {number: files[at:at + CHUNK] for number, at in enumerate(range(0, len(files), CHUNK))}
    try:
        with ProcessPoolExecutor(workers, _START, end_with_parent) as pool:
            numbers = {pool.submit(_parse_chunk, chunk, kept): number for number, chunk in left.items()}
            for future in as_completed(numbers):
                number = numbers.pop(future)  # with which its result goes, too
                parsed = _received(future, left[number])
                done += len(left.pop(number))
                yield parsed
                tick(done, total)
    except (BrokenProcessPool, OSError) as error:
        rest = [file for chunk in left.values() for file in chunk]
        message = f"a worker process was lost ({error}); {len(rest)} files are parsed in the main process"
        yield Parsed([], [Notice("worker-lost", "", 0, message)], {})
        yield from _in_process(rest, done, total, tick, None)


def _received(future: Future[list[Sent]], files: Sequence[SourceFile]) -> Parsed:
    """What a worker sends. Code nested too deeply to be sent is parsed here. Raises BrokenProcessPool."""
    try:
        return _merge(_opened(file, sent) for file, sent in zip(files, future.result(), strict=True))
    except (RecursionError, Damaged):
        return _merge(map(parse_one, files))


def _opened(file: SourceFile, sent: Sent) -> Parsed:
    syntaxes = [decoded(sent.syntax)] if sent.syntax else []
    return Parsed(syntaxes, sent.notices, {file.path: sent.digest} if syntaxes else {})


def _parse_chunk(files: Sequence[SourceFile], kept: Kept | None) -> list[Sent]:
    with collector_paused():
        return [_sent(file, parse_one(file, kept), kept) for file in files]


def _sent(file: SourceFile, parsed: Parsed, kept: Kept | None) -> Sent:
    if not parsed.syntaxes:
        return Sent(b"", "", parsed.notices)
    content, digest = encoded(parsed.syntaxes[0]), parsed.digests[file.path]
    if kept is not None:
        kept.put(file, digest, content)
    return Sent(content, digest, parsed.notices)


def _merge(parts: Iterable[Parsed]) -> Parsed:
    """All parts as one, by path: the order in which workers finish must not show."""
    whole = Parsed([], [], {})
    for part in parts:
        whole.syntaxes.extend(part.syntaxes)
        whole.notices.extend(part.notices)
        whole.digests.update(part.digests)
    whole.syntaxes.sort(key=lambda syntax: syntax.path)
    whole.notices.sort(key=lambda notice: notice.path)
    return whole
