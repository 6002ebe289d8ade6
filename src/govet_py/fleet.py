"""Scans many trees, releases, forks, a year of commits, as independent items of work.

Any `concurrent.futures.Executor` does the work: processes here, or a Dask cluster elsewhere. What is done
is written down at once, a line an item, so that a run that was stopped goes on where it was. A worker that
dies takes an executor of processes with it: it is started again, and an item is tried a few times.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, as_completed
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from govet_py.cache.keys import digest, identity
from govet_py.cache.store import Store
from govet_py.errors import GovetError, NothingToScan
from govet_py.model.declarations import INTERNAL_ERROR
from govet_py.model.finding import Report
from govet_py.model.source import Lines
from govet_py.options import Options
from govet_py.pipeline import analyse, silent
from govet_py.source.revision import exported_commit

ATTEMPTS = 2
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Item:
    """One tree to scan: the paths of a repository's work tree at a commit."""

    paths: tuple[str, ...]
    commit: str


@dataclass(frozen=True, slots=True)
class Seen:
    """A finding in one tree, as the table tells it."""

    fingerprint: str
    rule: str
    path: str
    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Scanned:
    """What became of an item; `failure` says why there are no findings to trust."""

    findings: tuple[Seen, ...] = ()
    failure: str = ""


Work = Callable[[Item, Options, str], Scanned]


def scan_item(item: Item, options: Options, cache: str) -> Scanned:
    """Scans one tree, in whatever process this runs; `cache` is the prepared folder of a cache, or ""."""
    store = Store(Path(cache)) if cache else None
    try:
        with exported_commit(item.commit, item.paths) as base:
            if not base.paths:
                return Scanned()
            report = analyse(_with_paths(options, base.paths), silent, store)
    except NothingToScan:
        return Scanned()
    except GovetError as error:
        return Scanned(failure=str(error))
    failed = [notice.message for notice in report.notices if notice.kind == INTERNAL_ERROR]
    return Scanned(tuple(_seen(report)), failed[0].splitlines()[0] if failed else "")


def _with_paths(options: Options, paths: tuple[str, ...]) -> Options:
    return replace(options, paths=paths, jobs=1, paths_ignore=(), statistics=False)


def _seen(report: Report) -> Iterator[Seen]:
    for one in report.findings:
        line = Lines(report.contents[one.site.path]).location(one.site.path, one.site.span).line
        yield Seen(one.fingerprint, one.rule.id, one.site.path, line, one.message)


class Journal:
    """What is done, a line of JSON an item, under a key of the item, the tool and the options. A line that was
    cut off, or is another version's, is as good as not there."""

    def __init__(self, path: Path, options: Options) -> None:
        """Raises GovetError when the file cannot be written."""
        self._path = path
        asked = (options.select, options.ignore, options.min_confidence, options.tests, options.tags)
        self._asked = digest([identity().encode(), repr(asked).encode()])
        try:
            with open(path, "a", encoding="utf-8"):
                pass
        except OSError as error:
            raise GovetError(f"cannot write {path}: {error.strerror or error}") from error

    def read(self, items: Iterable[Item]) -> dict[Item, Scanned]:
        """Those of the items that are done."""
        known: dict[str, Scanned] = {}
        for line in self._path.read_text("utf-8", "replace").splitlines():
            with suppress(ValueError, KeyError, TypeError):
                row = json.loads(line)
                known[row["key"]] = Scanned(tuple(Seen(**one) for one in row["findings"]))
        return {item: known[key] for item in items if (key := self._key(item)) in known}

    def write(self, item: Item, scanned: Scanned) -> None:
        """Adds an item that is done; one that failed is tried again next time."""
        if not scanned.failure:
            row: dict[str, Any] = {"key": self._key(item), "commit": item.commit, "paths": item.paths}
            row["findings"] = [asdict(one) for one in scanned.findings]
            with open(self._path, "a", encoding="utf-8") as file:
                file.write(f"\n{json.dumps(row)}\n")

    def _key(self, item: Item) -> str:
        return digest([self._asked.encode(), item.commit.encode(), repr(item.paths).encode()])


def run(
    items: Sequence[Item], options: Options, start: Callable[[], Executor], journal: Journal,
    progress: Progress = silent, cache: str = "", work: Work = scan_item,
) -> dict[Item, Scanned]:
    """What became of every item, in the order of `items`. `start` gives an executor, and a new one when the
    last one broke."""
    done = journal.read(items)
    failed: dict[Item, Scanned] = {}

    def batch(left: Sequence[Item]) -> None:
        for item, scanned in _batch(left, options, start, cache, work):
            failed.pop(item, None)
            if isinstance(scanned, Scanned):
                done[item] = scanned
                journal.write(item, scanned)
            else:
                failed[item] = Scanned(failure=f"{type(scanned).__name__}: {scanned}")
            progress("scanning", len(done), len(items))

    for _ in range(ATTEMPTS):
        if left := [item for item in items if item not in done]:
            batch(left)
    for item in [item for item in items if item not in done]:
        batch([item])  # alone: what kills its worker takes no other item along
    return {item: done.get(item) or failed[item] for item in items}


def _batch(
    items: Sequence[Item], options: Options, start: Callable[[], Executor], cache: str, work: Work,
) -> Iterator[tuple[Item, Scanned | Exception]]:
    """Each item with what its scan gave, or what its worker died of, whatever the executor calls that."""
    with start() as executor:
        futures: dict[Future[Scanned], Item] = {}
        for item in items:
            try:
                futures[executor.submit(work, item, options, cache)] = item
            except Exception as error:  # it broke while it was filled
                yield item, error
        for future in as_completed(futures):
            yield futures[future], _outcome(future)


def _outcome(future: Future[Scanned]) -> Scanned | Exception:
    try:
        return future.result()
    except Exception as error:
        return error


@dataclass(frozen=True, slots=True)
class Life:
    """A finding over time: `brought` is the first commit that has it ("" when the first commit scanned had it
    already), `removed` the first without it again ("" when it is still there)."""

    repository: str
    finding: Seen
    brought: str
    removed: str


def lives(scanned: dict[Item, Scanned]) -> list[Life]:
    """Which commit brought each finding and which removed it, by repository. Items are in the order of time;
    those that failed say nothing. A finding that comes back has another life."""
    found: list[Life] = []
    for paths in dict.fromkeys(item.paths for item in scanned):
        trees = [(item.commit, one) for item, one in scanned.items() if item.paths == paths and not one.failure]
        found.extend(_lives(" ".join(paths), trees))
    return found


def _lives(repository: str, trees: Sequence[tuple[str, Scanned]]) -> list[Life]:
    ended: list[Life] = []
    alive: dict[str, Life] = {}
    for number, (commit, scanned) in enumerate(trees):
        present = {one.fingerprint: one for one in scanned.findings}
        for fingerprint in [one for one in alive if one not in present]:
            life = alive.pop(fingerprint)
            ended.append(Life(repository, life.finding, life.brought, commit))
        for fingerprint, seen in present.items():
            known = alive.get(fingerprint)
            brought = known.brought if known else commit if number else ""
            alive[fingerprint] = Life(repository, seen, brought, "")
    order = {commit: number for number, (commit, _) in enumerate(trees)}

    def place(life: Life) -> tuple[int, str, int, str]:
        return order.get(life.brought, -1), life.finding.path, life.finding.line, life.finding.rule

    return sorted([*ended, *alive.values()], key=place)
