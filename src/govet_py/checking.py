"""Runs the rules: those that need the effects of all functions beside the others.

Both groups need code, values, call graph and locks. With these at hand a process is forked for the group
without effects: it copies nothing and sends its findings back. What takes little to send and long to work
out goes to and fro: guards that accesses lack to the races, callbacks that functions run to the other group.
What a fact says may, in cycles, depend on what was asked before, so the groups are the same however many
processors there are: then so are findings.
"""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import NamedTuple

from govet_py.cache.codec import Damaged, decoded, encoded
from govet_py.checks import LAST_TO_ASK, NEED_EFFECTS, NEED_INVOCATIONS, WITH_EFFECTS, Check
from govet_py.concurrency.effects.quiet import joined
from govet_py.concurrency.facts import ONLY_FOR_SUMMARIES, Facts
from govet_py.isolation import MOST_ATTEMPTS, failure, left_out, suspect
from govet_py.lifeline import end_with_parent
from govet_py.measure import Stopwatch
from govet_py.model.declarations import Notice
from govet_py.model.finding import Finding
from govet_py.model.program import FuncId
from govet_py.relay import Lost, Relay
from govet_py.resolve.link import without

Tick = Callable[[int, int], None]
WORTH_A_PROCESS = 4000
"""Declarations with a body; for fewer a process costs more than it saves."""
MOST_FOR_TWO = 25_000
"""Declarations with a body; with more, two processes together take more than two gigabytes."""


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
    size = len(facts.program.bodies)
    if not (first and second) or not WORTH_A_PROCESS <= size <= MOST_FOR_TWO or not _may_fork():
        return _run([*checks, *parts], facts, tick)
    watch = Stopwatch()
    try:
        _prepare(facts, watch)
    except Exception:  # the rules come upon it again and leave out what it is about
        return _run([*checks, *parts], facts, tick)
    other = _Other(second, facts, jobs == 1)
    other.exchange(facts, watch)
    sent = other.received() if jobs == 1 else None
    checked = _run([*first, *parts], facts, tick)
    return _joined(Checked([], [], watch.seconds), checked, sent or other.received())


def _prepare(facts: Facts, watch: Stopwatch) -> None:
    """Works out what both groups need."""
    with watch.stage("call graph"):
        _ = facts.calls
    with watch.stage("locks"):
        _ = facts.locks
    with watch.stage("guards"):
        _ = facts.guarded.entry


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
        facts.forget(*LAST_TO_ASK.get(check.RULE.id, ()))
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

    def __init__(self, checks: Sequence[Check], facts: Facts, alone: bool) -> None:
        """`alone`: the process waits until the other one waits for it."""
        self._checks = checks
        self._facts = facts
        self._alone = alone
        self._records, self._beside, self._invocations = Relay(), Relay(), Relay()
        context = multiprocessing.get_context("fork")
        self._here, self._there = context.Pipe(duplex=False)
        self._process = context.Process(target=self._work)
        self._process.start()
        self._there.close()
        self._records.give_up()
        self._beside.give_up()

    def exchange(self, facts: Facts, watch: Stopwatch) -> None:
        """Works out the effects, and gives and takes what one group can spare the other. Whatever fails here fails
        again in the rules that need it, which know what to do."""
        if self._alone:
            self._beside.wait()
        with watch.stage("effects"), suppress(Exception):
            with suppress(Lost):
                own = facts.half_of_records(0)
                facts.give({"records": joined(own, self._records.receive())})
            self._invocations.send(facts.invocations)
        self._invocations.give_up()
        with watch.stage("races"), suppress(Exception):
            _ = facts.races
        with suppress(Lost):
            facts.give(self._beside.receive())

    def received(self) -> Checked:
        """What the process found. One that dies (killed for its memory, say) costs time, not findings."""
        try:
            checked = Checked(*decoded(self._here.recv_bytes()))
        except (EOFError, OSError, Damaged):
            message = "a worker process was lost; its rules run in the main process"
            checked = _run(self._checks, self._facts, lambda done, total: None)
            checked.failures.append(Notice("worker-lost", "", 0, message))
        self._process.join()
        for end in (self._here, self._records, self._beside, self._invocations):
            end.close()
        return checked

    def _work(self) -> None:
        """The process: what the other one waits for comes first, what waits for the other one comes last."""
        end_with_parent()
        self._invocations.give_up()
        with suppress(Exception):
            self._records.send(self._facts.half_of_records(1))
        self._records.give_up()
        self._facts.forget(*ONLY_FOR_SUMMARIES)
        with suppress(Exception):
            self._beside.send(self._facts.beside())
        self._beside.give_up()
        early = [check for check in self._checks if check not in NEED_INVOCATIONS]
        late = [check for check in self._checks if check in NEED_INVOCATIONS]
        if self._alone:
            self._take()
        checked = _run(early, self._facts, lambda done, total: None)
        if not self._alone:
            self._take()
        whole = _joined(checked, _run(late, self._facts, lambda done, total: None))
        self._there.send_bytes(encoded(tuple(whole)))
        self._there.close()

    def _take(self) -> None:
        with suppress(Lost):
            self._facts.give({"invocations": self._invocations.receive()})


def _joined(*parts: Checked) -> Checked:
    whole = Checked([], [], {})
    for part in parts:
        whole.findings.extend(part.findings)
        whole.failures.extend(part.failures)
        for name, seconds in part.seconds.items():
            whole.seconds[name] = whole.seconds.get(name, 0.0) + seconds
    return whole
