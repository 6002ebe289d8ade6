"""Adds to a WaitGroup that get past the mark which whoever waits has set: some callers may come in all the same.

`if closed && !force { return }; group.Add(1)`, where closed is set under the lock before Wait: with force the group is
counted up from zero while somebody waits for it, which sync.WaitGroup answers with a panic or by not waiting.

LIMIT: only what a parameter lets through; what another field does may be known to keep the group above zero.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, product
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.uses import operands
from govet_py.concurrency.flow.conditions import plain_condition
from govet_py.concurrency.flow.control import tests
from govet_py.concurrency.locks.guards import GuardedMembers
from govet_py.concurrency.locks.marks import Mark, marks_in, shut
from govet_py.concurrency.obligations.wait_groups import GroupCall, Op, WaitGroups
from govet_py.model import ir

MOST_CALLS = 30
"""So many calls that lead to a Wait are looked at for the marks that are set before."""

Place = tuple[str, int]
"""A function and a register in it."""


class LetThrough(NamedTuple):
    """`function` adds at `add` although the test at `question` asks for `mark`, which is set before `wait`."""

    function: str
    add: GroupCall
    question: int
    mark: Mark
    wait: Place


class LetIn:
    """The Adds of a program that a mark ought to keep from a Wait."""

    def __init__(self, code: Code, calls: CallGraph, groups: WaitGroups, guarded: GuardedMembers) -> None:
        self._code = code
        self._calls = calls
        self._groups = groups
        self._guarded = guarded

    def find(self) -> Iterator[LetThrough]:
        """One an Add."""
        for id in sorted(self._groups.calls):
            code = self._code.function(id)
            for add in self._groups.of(id, Op.ADD):
                waits = self._groups.waited.get(add.member, ()) if add.member is not None else ()
                passed, heeded = self._asked(code, add.register) if waits else ({}, set())
                if passed:
                    yield from self._beside(code, add, passed, heeded, waits)

    def _beside(
        self, code: FunctionCode, add: GroupCall, passed: dict[Mark, int], heeded: set[Mark], waits: Sequence[Place]
    ) -> Iterator[LetThrough]:
        for wait in waits:
            marks = self._set_before(*wait)
            through = sorted(marks & passed.keys())
            if through and marks.isdisjoint(heeded):
                yield LetThrough(code.id, add, passed[through[0]], through[0], wait)
                return

    def _asked(self, code: FunctionCode, add: int) -> tuple[dict[Mark, int], set[Mark]]:
        """The marks that keep a function from an Add only if a parameter is so as well, each with the test; and those
        that do it alone."""
        passed: dict[Mark, int] = {}
        heeded: set[Mark] = set()
        held = {lock for lock, _ in self._guarded.at(code, add)}
        for at, parts in _turnings(code, code.block_of(add)) if held else ():
            own = [part for part in parts if not _is_callers(code, part)] if len(parts) > 1 else parts
            marks = [marks_in(self._code, self._guarded, code, at, (part,)) for part in own]
            found = {mark for of_part in marks for mark in of_part if mark[1] in held}
            if len(own) < len(parts):
                passed |= dict.fromkeys(found, at)
            elif all(marks):
                heeded |= found
        return passed, heeded

    def _set_before(self, function: str, wait: int) -> set[Mark]:
        """The marks that are set before a Wait, by its function and those that call it, but for locks held there."""
        held = {member for member, _ in self._guarded.at(self._code.function(function), wait)}
        found: set[Mark] = set()
        work, seen = [(function, wait)], {function}
        for id, at in work:
            code = self._code.function(id)
            found |= set(shut(self._code, self._guarded, code, at))
            for caller, edge in self._calls.callers.get(id, ()):
                if isinstance(caller, str) and caller not in seen and len(work) < MOST_CALLS:
                    seen.add(caller)
                    work.append((caller, edge.site))
        return {mark for mark in found if mark[1] not in held}


def _turnings(code: FunctionCode, goal: int) -> Iterator[tuple[int, list[int]]]:
    """The ways in which tests keep control from a block: the branch, and the conditions that meet for it."""
    blocks = code.function.blocks
    for block, test in tests(code):
        away = [not _comes(code, at, goal) for at in blocks[block].succs]
        if away[0] is away[1]:
            continue
        before = code.predecessors[block]
        outer = code.code[blocks[before[0]].end - 1] if len(before) == 1 else None
        nested = isinstance(outer, ir.If) and all(_comes(code, at, goal) for at in blocks[before[0]].succs)
        around = [outer.cond] if nested and isinstance(outer, ir.If) else []
        for parts in _reasons(code, test.cond, away[0]):
            yield blocks[block].end - 1, [*around, *parts]


def _reasons(code: FunctionCode, condition: int, wanted: bool) -> Iterator[list[int]]:
    """The conditions that together make one true, or false; one list for each way."""
    negated, register = plain_condition(code, condition)
    whole = code.code[register]
    if not isinstance(whole, ir.Binary) or whole.op not in ("&&", "||"):
        yield [register]
        return
    sides = [_reasons(code, side, wanted is not negated) for side in (whole.left, whole.right)]
    if (whole.op == "&&") is (wanted is not negated):
        yield from ([*one, *other] for one, other in product(*map(list, sides)))
    else:
        yield from chain(*sides)


def _comes(code: FunctionCode, block: int, goal: int) -> bool:
    return block == goal or code.leads(block, goal)


def _is_callers(code: FunctionCode, condition: int) -> bool:
    """Whether a condition looks at what a parameter is, the receiver aside."""
    given = set(code.function.params[code.is_method :])
    work, seen = [condition], {ir.NONE}
    while work:
        register = work.pop()
        if register not in seen:
            seen.add(register)
            read = code.code[register]
            if isinstance(read, ir.Load) and read.var in given:
                return True
            work += operands(read)
    return False
