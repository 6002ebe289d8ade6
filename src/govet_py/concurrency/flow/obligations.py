"""Obligations: what is taken on at one place must be discharged on every path.

Property simulation (Das, Lerner and Seigle, "ESP: path-sensitive program verification in polynomial time",
PLDI 2002): a forward analysis whose state at a block is, for each *status* of the obligation, the facts on
conditions that hold there. Ways that meet with the same status keep what they have in common; ways that
meet with different ones stay apart. So `if need { Lock() } … if need { Unlock() }` is understood, at
the price of at most ten states a block.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.concurrency.flow.path_facts import NIL, NO_FACTS, TRUE, Conditions, Facts, Key, is_nil_error, result_key
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.types import TypeName, is_error

MAX_STEPS = 4000


Status = int
"""A union of the flags below; 0 before the obligation is taken on."""

HELD = 1
"""Taken on and not discharged."""
DEFERRED = 2
"""A deferred call will discharge it."""
DISCHARGED = 4
"""It was held once on this path, and discharged."""
BORROWED = 8
"""The path first discharged what was taken on before the function: it is the caller's."""


class Success(NamedTuple):
    """An acquisition that may fail: result `result` tells, a bool (`is_error` False), an error, or (`is_thing`) what
    is acquired, which is nil when nothing is."""

    result: int
    is_error: bool
    is_thing: bool = False


@dataclass(frozen=True, slots=True)
class Duty:
    """An obligation of one function by the registers of its events. `acquires` says of each acquisition how
    its result tells of failure, None when it cannot fail. `discharges` end it where they are; `defers` at
    the function's return. `held_at_entry`: it was taken on before the function runs; `own`: what was taken on before
    is no duty of the caller's. `ends_at_blocks` can only be entered without the obligation. `not_nil`: registers that
    hold what was acquired, never nil. At `checks` it must not be held either. `known`: what holds at entry. `guards`:
    it is a lock, so that what was found out under it ends with it."""

    acquires: dict[int, Success | None]
    discharges: frozenset[int]
    defers: frozenset[int] = frozenset()
    held_at_entry: bool = False
    ends_at_blocks: frozenset[int] = frozenset()
    not_nil: frozenset[int] = frozenset()
    checks: frozenset[int] = frozenset()
    known: Facts = NO_FACTS
    guards: bool = False
    own: bool = False


class Exit(NamedTuple):
    """A way out of the function, or (`again`) back to an acquisition while the last one is outstanding.
    `path` is the blocks on one way there from the last acquisition."""

    register: int
    status: Status
    facts: Facts
    path: tuple[int, ...]
    again: bool = False

    @property
    def leaks(self) -> bool:
        return bool(self.status & HELD) and not self.status & (DEFERRED | BORROWED)


_Point = tuple[int, Status]


class Obligations:
    """Follows one duty through one function."""

    def __init__(self, program: Code, code: FunctionCode, duty: Duty) -> None:
        self._code = code
        self._duty = duty
        self.conditions = Conditions(program, code, frozenset(duty.acquires), duty.not_nil)
        self._entry: dict[_Point, Facts] = {}
        self._from: dict[_Point, _Point | None] = {}
        self._again: dict[int, Exit] = {}
        self._exits: dict[tuple[int, Status], Exit] = {}

    def exits(self) -> list[Exit]:
        """Every way out, by status; incomplete functions (too large) have none."""
        start = (0, HELD if self._duty.held_at_entry else DISCHARGED if self._duty.own else 0)
        self._entry[start] = self._duty.known
        self._from[start] = None
        work = deque([start])
        left = MAX_STEPS
        while work and left:
            left -= 1
            for point in self._step(work.popleft()):
                if point not in work:
                    work.append(point)
        if work:
            return []
        exits = [self._exits[key] for key in sorted(self._exits)]
        return exits + [self._again[register] for register in sorted(self._again)]

    def _step(self, point: _Point) -> Iterator[_Point]:
        block = self._code.function.blocks[point[0]]
        states: dict[Status, Facts] = {point[1]: self._entry[point]}
        last = self._code.code[block.end - 1]
        for register in range(block.start, block.end if isinstance(last, ir.Jump) else block.end - 1):
            states = self._through(register, states, point)
        for status, facts in states.items():
            if isinstance(last, ir.Return):
                self._exits[block.end - 1, status] = Exit(block.end - 1, status, facts, self._way(point))
                continue
            for branch, successor in enumerate(block.succs):
                onward = self.conditions.branch(last, branch, facts)
                if onward is not None and self._arrive(self._entering(successor, status), onward, point):
                    yield self._entering(successor, status)

    def _entering(self, block: int, status: Status) -> _Point:
        if block in self._duty.ends_at_blocks and status & HELD:
            status = (status & ~HELD) | DISCHARGED
        return (block, status)

    def _arrive(self, target: _Point, facts: Facts, origin: _Point) -> bool:
        known = self._entry.get(target)
        merged = facts if known is None else known & facts
        if merged == known:
            return False
        self._entry[target] = merged
        if target not in self._from:
            self._from[target] = origin
        return True

    def _through(self, register: int, states: dict[Status, Facts], point: _Point) -> dict[Status, Facts]:
        duty = self._duty
        if register in duty.acquires:
            return self._acquired(register, states, point)
        if register in duty.checks:
            self._check(register, states, point)
        if register in duty.discharges:
            states = _merge(((_discharged(status), self._ended(facts)) for status, facts in states.items()))
        if register in duty.defers:
            states = _merge(((status | DEFERRED, facts) for status, facts in states.items()))
        return {status: self.conditions.after(register, facts) for status, facts in states.items()}

    def _begun(self, facts: Facts) -> Facts:
        return self.conditions.taken(facts) if self._duty.guards else facts

    def _ended(self, facts: Facts) -> Facts:
        return self.conditions.released(facts) if self._duty.guards else facts

    def _check(self, register: int, states: dict[Status, Facts], point: _Point) -> None:
        for status, facts in states.items():
            if status & HELD:
                self._again.setdefault(register, Exit(register, status, facts, self._way(point), True))

    def _acquired(self, register: int, states: dict[Status, Facts], point: _Point) -> dict[Status, Facts]:
        self._check(register, states, point)
        success = self._duty.acquires[register]
        found: list[tuple[Status, Facts]] = []
        for status, before in states.items():
            facts = self._begun(self.conditions.after(register, before))
            if success is None:
                found.append((status | HELD, facts))
                continue
            key = _success_key(register, success)
            found.append((status | HELD, facts | {(key, not success.is_thing)}))
            found.append((status, facts | {(key, success.is_thing)}))
        return _merge(found)

    def _way(self, point: _Point) -> tuple[int, ...]:
        """The blocks on one way to a point, from the last block that is not yet held."""
        blocks: list[int] = []
        at: _Point | None = point
        while at is not None and at[0] not in blocks:
            blocks.append(at[0])
            before = self._from[at]
            if at[1] & HELD and before is not None and not before[1] & HELD:
                blocks.append(before[0])
                break
            at = before
        return tuple(reversed(blocks))


def _success_key(register: int, success: Success) -> Key:
    return (NIL if success.is_error or success.is_thing else TRUE, result_key(register, success.result))


def _discharged(status: Status) -> Status:
    if status & HELD:
        return (status & ~HELD) | DISCHARGED
    return status if status & (DISCHARGED | DEFERRED) else status | BORROWED


def _merge(states: Iterator[tuple[Status, Facts]] | list[tuple[Status, Facts]]) -> dict[Status, Facts]:
    merged: dict[Status, Facts] = {}
    for status, facts in states:
        merged[status] = merged[status] & facts if status in merged else facts
    return merged


def fails(code: FunctionCode, exit: Exit) -> bool:
    """Whether a way out returns an error that is not nil."""
    last = code.code[exit.register]
    if not isinstance(last, ir.Return):
        return exit.again
    if not code.may_fail or len(code.function.signature.results) != len(last.results):
        return False
    return is_nil_error(code, last.results[-1], exit.facts) is False


def success_of(code: FunctionCode) -> Success | None:
    """How a function tells that it failed: by an error or a bool as its last result."""
    results = code.function.signature.results
    if not results or not (is_error(results[-1]) or results[-1] == TypeName("bool")):
        return None
    return Success(len(results) - 1, is_error(results[-1]))


def is_passed_on(program: Code, code: FunctionCode, exit: Exit) -> bool:
    """Whether a way out hands on what another function of the program says, which may be success."""
    last = code.code[exit.register]
    register = last.results[-1] if isinstance(last, ir.Return) and last.results else ir.NONE
    callee = code.callee(register) if register != ir.NONE and isinstance(code.code[register], ir.Call) else None
    return isinstance(callee, p.Static) and program.get(callee.function) is not None
