"""Leaf locks: those under which nothing is ever waited for. They can be part of no deadlock among locks, and
most locks are of this kind: leaving them out makes critical pairs cheap.

Found in rounds: first the locks under which no function with a lock is called, then those under which only
leaves are taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from govet_py.callgraph.callgraph import Node
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.deadlocks.critical_events import Event, lock_member
from govet_py.concurrency.deadlocks.held_locks import NEVER, HeldLocks
from govet_py.concurrency.locks.lock_events import LockEvents
from govet_py.concurrency.locks.locksets import LockSets
from govet_py.concurrency.locks.perhaps_held import Perhaps
from govet_py.knowledge import concurrency as knows
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import LockMode

MAX_ROUNDS = 4

Reaching = Callable[[Iterable[Node]], set[Node]]
Taken = tuple[Member | None, ...]


class Nesting(NamedTuple):
    """A call while members are held: it takes a lock itself (`taken`), may run `targets`, or runs somebody's
    function (`opaque`)."""

    held: tuple[Member, ...]
    taken: Taken
    targets: tuple[Node, ...]
    opaque: bool


class LeafLocks:
    """`members` are leaves; `written` are members that somebody locks for writing."""

    def __init__(
        self,
        code: Code,
        values: ValueAnalysis,
        locks: dict[str, LockSets],
        perhaps: dict[str, Perhaps],
        targets: Callable[[str, int], tuple[Node, ...]],
    ) -> None:
        self._code = code
        self._values = values
        self._locks = locks
        self._perhaps = perhaps
        self._targets = targets
        self._names = LockEvents.named(code, values)
        self._taken: dict[str, Taken] = {}
        self._nestings: list[Nesting] = []
        self.written: set[Member] = set()
        for id in locks:
            self._look_at(code.function(id))
        self.members: frozenset[Member] = frozenset()

    def solve(self, others: Iterable[Node], wrappers: Iterable[str], callers_of: Reaching) -> set[Node]:
        """Finds the leaves, given `others` that come to events besides locks; returns all functions that come to
        an event that matters."""
        wrapped = {member for id in wrappers for member in self._taken.get(id, ())}
        everything = {member for taken in self._taken.values() for member in taken if member is not None}
        eventful = callers_of([*self._locks, *others])
        for _ in range(MAX_ROUNDS):
            busy = {member for nesting in self._nestings if self._matters(nesting, eventful) for member in nesting.held}
            leaves = frozenset(everything - busy - wrapped)
            if leaves == self.members:
                break
            self.members = leaves
            eventful = callers_of([*(id for id in self._locks if self._is_busy(self._taken.get(id, ()))), *others])
        return eventful

    def _matters(self, nesting: Nesting, eventful: set[Node]) -> bool:
        return nesting.opaque or self._is_busy(nesting.taken) or any(target in eventful for target in nesting.targets)

    def _is_busy(self, taken: Taken) -> bool:
        return any(member is None or member not in self.members for member in taken)

    def _look_at(self, code: FunctionCode) -> None:
        locks, perhaps = self._locks[code.id], self._perhaps.get(code.id, NEVER)
        held = HeldLocks(self._code, self._values, code, locks, perhaps, _nothing)
        taken: list[Member | None] = []
        for register, instruction in enumerate(code.code):
            if type(instruction) is ir.Call and instruction.mode != ir.Mode.GO:
                name, _ = self._names.known(code, register)
                own = tuple(self._acquired(code, register)) if name in knows.ACQUIRE else ()
                taken.extend(own)
                if knows.ACQUIRE.get(name) == LockMode.WRITE:
                    self.written.update(member for member in own if member is not None)
                outer = (*held.at(register), *held.perhaps(register))
                members = tuple(lock.member for lock in outer if lock.member is not None)
                if members and name not in knows.RELEASE:
                    opaque = isinstance(code.callee(register), p.Value)
                    self._nestings.append(Nesting(members, own, self._targets(code.id, register), opaque))
        self._taken[code.id] = tuple(taken)

    def _acquired(self, code: FunctionCode, register: int) -> Iterator[Member | None]:
        callee = code.callee(register)
        assert isinstance(callee, p.Static | p.Interface)
        yield lock_member(self._code.program, code, callee.receiver, callee.via)


def _nothing(_: Node) -> tuple[Event, ...]:
    return ()
