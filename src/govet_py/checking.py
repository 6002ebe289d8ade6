"""Runs the rules: those that need the effects of all functions beside the others.

Both groups need code, values, call graph and locks. With these at hand a process is forked for the group
without effects: it copies nothing and sends its findings back. What a fact says may, in cycles, depend on
what was asked before, so the groups are the same however many processors there are: then so are findings.
"""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from typing import NamedTuple

from govet_py.cache.codec import Damaged, decoded, encoded
from govet_py.checks import NEED_EFFECTS, WITH_EFFECTS, Check
from govet_py.concurrency.facts import Facts
from govet_py.isolation import MOST_ATTEMPTS, failure, left_out, suspect
from govet_py.lifeline import end_with_parent
from govet_py.measure import Stopwatch
from govet_py.model.declarations import Notice
from govet_py.model.finding import Finding
from govet_py.model.program import FuncId
from govet_py.resolve.link import without

Tick = Callable[[int, int], None]
WORTH_A_PROCESS = 4000
"""Declarations with a body; for fewer a process costs more than it saves."""


class Checked(NamedTuple):
    """Findings in no order, what failed, and the seconds that each rule took: a fact's time goes to the first
    rule that asks for it."""

    findings: list[Finding]
    failures: list[Notice]
    seconds: dict[str, float]


class Failed(NamedTuple):
    check: Check
    error: Exception


def check_all(checks: Sequence[Check], facts: Facts, jobs: int, tick: Tick) -> Checked:
    """What the rules find. With one job the groups run one after the other; a rule that fails is a notice."""
    first = [check for check in checks if check in NEED_EFFECTS]
    second = [check for check in checks if check not in NEED_EFFECTS]
    parts = [part for part in WITH_EFFECTS if any(check.RULE == part.RULE for check in second)]
    if not (first and second) or len(facts.program.bodies) < WORTH_A_PROCESS or not _may_fork():
        return _run([*checks, *parts], facts, tick)
    watch = Stopwatch()
    try:
        _prepare(facts, watch)
    except Exception:  # the rules come upon it again and leave out what it is about
        return _run(checks, facts, tick)
    other = _Other(second, facts)
    sent = other.received() if jobs == 1 else None
    checked = _run([*first, *parts], facts, tick)
    return _joined(Checked([], [], watch.seconds), checked, sent or other.received())


def _prepare(facts: Facts, watch: Stopwatch) -> None:
    """Works out what both groups need."""
    with watch.stage("call graph"):
        _ = facts.calls
    with watch.stage("locks"):
        _ = facts.locks


def _may_fork() -> bool:
    """Daemons, such as the workers of Dask, may have no processes of their own."""
    return sys.platform == "linux" and not multiprocessing.current_process().daemon


def _run(checks: Sequence[Check], facts: Facts, tick: Tick) -> Checked:
    """The rules one after the other. Those that fail try again without the function that they failed on; one that
    fails whatever is left out keeps what it had found."""
    checked = Checked([], [], {})
    failed = _attempt(checks, facts, tick, checked)
    guilty: dict[FuncId, Notice] = {}
    for _ in range(MOST_ATTEMPTS):
        found = _guilty(failed, facts)
        if not found.keys() - guilty.keys():
            break
        guilty = found | guilty
        facts = Facts(without(facts.program, guilty.keys()), facts.taught)
        failed = _attempt([check for check, _ in failed], facts, tick, checked)
    checked.failures.extend(guilty.values())
    for check, error in failed:
        checked.failures.append(failure(f"rule {check.RULE.id} {check.RULE.name}", error))
    return checked


def _attempt(checks: Sequence[Check], facts: Facts, tick: Tick, checked: Checked) -> list[Failed]:
    """Adds what the rules find; gives those that failed."""
    failed: list[Failed] = []
    watch = Stopwatch()
    for number, check in enumerate(checks):
        tick(number, len(checks))
        with watch.stage(f"{check.RULE.id} {check.RULE.name}"):
            try:
                checked.findings.extend(check.run(facts))
            except Exception as error:  # a defect in one rule must not hide the findings of the others
                failed.append(Failed(check, error))
    checked.seconds.update(watch.seconds)
    return failed


def _guilty(failed: Sequence[Failed], facts: Facts) -> dict[FuncId, Notice]:
    """The functions that rules failed on, each with a notice."""
    found: dict[FuncId, Notice] = {}
    for _, error in failed:
        function = suspect(error, facts.program)
        if function is not None and function not in found:
            found[function] = left_out(function, facts.program, error)
    return found


class _Other:
    """A group of rules in a process of its own."""

    def __init__(self, checks: Sequence[Check], facts: Facts) -> None:
        self._checks = checks
        self._facts = facts
        context = multiprocessing.get_context("fork")
        self._here, there = context.Pipe(duplex=False)
        self._process = context.Process(target=_send, args=(there, checks, facts))
        self._process.start()
        there.close()

    def received(self) -> Checked:
        """What the process found. One that dies (killed for its memory, say) costs time, not findings."""
        try:
            checked = Checked(*decoded(self._here.recv_bytes()))
        except (EOFError, OSError, Damaged):
            message = "a worker process was lost; its rules run in the main process"
            checked = _run(self._checks, self._facts, lambda done, total: None)
            checked.failures.append(Notice("worker-lost", "", 0, message))
        self._process.join()
        return checked


def _send(pipe: Connection, checks: Sequence[Check], facts: Facts) -> None:
    end_with_parent()
    pipe.send_bytes(encoded(tuple(_run(checks, facts, lambda done, total: None))))
    pipe.close()


def _joined(*parts: Checked) -> Checked:
    whole = Checked([], [], {})
    for part in parts:
        whole.findings.extend(part.findings)
        whole.failures.extend(part.failures)
        for name, seconds in part.seconds.items():
            whole.seconds[name] = whole.seconds.get(name, 0.0) + seconds
    return whole
