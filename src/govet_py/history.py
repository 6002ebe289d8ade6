"""The command that scans many commits and tells which of them brought or removed a finding."""

from __future__ import annotations

import json
import multiprocessing
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import asdict
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from govet_py.cache.folder import Unusable, prepared, wanted
from govet_py.errors import RevisionError, UsageError
from govet_py.fleet import Item, Journal, Life, Scanned, lives, run
from govet_py.options import Options
from govet_py.output import write_file, write_standard
from govet_py.parsing import processors
from govet_py.progress import ProgressLine
from govet_py.report.escape import safe
from govet_py.source.revision import commits

DASK = "dask:"
SHORT = 12


def history(
    options: Options, revisions: Sequence[str], step: int, executor: str, state: str, environment: Mapping[str, str],
) -> int:
    """Scans and prints the table. The exit status is 3 when a tree could not be scanned, else 0."""
    items = _items(options.paths, revisions, step)
    progress = ProgressLine(sys.stderr, environment)
    folder = "" if options.no_cache else _cache(environment)
    try:
        journal = Journal(Path(state), options)
        with starter(executor, options.jobs) as start:
            scanned = run(items, options, start, journal, progress.show, folder)
    finally:
        progress.clear()
    told = lives(scanned)
    text = _json(scanned, told) if options.format == "json" else _table(scanned, told)
    if options.output is None:
        write_standard(text)
    else:
        write_file(options.output, text)
    failed = [(item, one.failure) for item, one in scanned.items() if one.failure]
    for item, why in failed:
        sys.stderr.write(f"notice: {safe(f'{item.commit[:SHORT]} could not be scanned: {why}')}\n")
    return 3 if failed else 0


@contextmanager
def starter(executor: str, jobs: int) -> Iterator[Callable[[], Executor]]:
    """How to start an executor: "processes", or "dask:ADDRESS" for the cluster whose scheduler is there. Raises
    UsageError for anything else."""
    if executor == "processes":
        spawn = multiprocessing.get_context("spawn")  # a fresh process for each tree: its memory is free afterwards
        yield partial(ProcessPoolExecutor, jobs or processors(), spawn, max_tasks_per_child=1)
        return
    if not executor.startswith(DASK):
        raise UsageError(f"--executor {executor}: processes, or {DASK}ADDRESS")
    with _cluster(executor.removeprefix(DASK)) as client:
        yield partial(client.get_executor, pure=False)


def _cluster(address: str) -> Any:
    try:
        return import_module("distributed").Client(address)
    except ImportError:
        raise UsageError("--executor dask needs the extra: pip install 'govet-py[dask]'") from None
    except (OSError, ValueError) as error:
        raise UsageError(f"--executor {DASK}{address}: {error}") from error


def _items(paths: Sequence[str], revisions: Sequence[str], step: int) -> list[Item]:
    """Every path is a repository of its own, or a part of one."""
    found = [Item((path,), commit) for path in paths for one in revisions for commit in commits(path, one, step)]
    if not found:
        raise RevisionError(f"there are no commits in {', '.join(revisions)}")
    return list(dict.fromkeys(found))


def _cache(environment: Mapping[str, str]) -> str:
    with suppress(Unusable):
        return str(prepared(wanted(environment)))
    return ""


def _table(scanned: Mapping[Item, Scanned], told: Sequence[Life]) -> str:
    rows = [("BROUGHT BY", "REMOVED BY", "RULE", "WHERE", "WHAT")]
    for life in told:
        seen = life.finding
        before, after = life.brought[:SHORT] or "before", life.removed[:SHORT] or "-"
        rows.append((before, after, seen.rule, f"{seen.path}:{seen.line}", seen.message))
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    lines = [f"{'  '.join(map(str.ljust, row[:4], widths))}  {row[4]}" for row in rows]
    several = len({item.paths for item in scanned}) > 1
    heads = [f"{life.repository}: " if several else "" for life in told]
    shown = [lines[0], *(f"{head}{line}" for head, line in zip(heads, lines[1:], strict=True))]
    return "".join(f"{safe(line)}\n" for line in shown)


def _json(scanned: Mapping[Item, Scanned], told: Sequence[Life]) -> str:
    trees = [
        {"paths": item.paths, "commit": item.commit, "findings": len(one.findings), "failure": one.failure}
        for item, one in scanned.items()
    ]
    return json.dumps({"trees": trees, "findings": [asdict(life) for life in told]}, indent=2) + "\n"
