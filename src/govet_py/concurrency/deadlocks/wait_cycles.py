"""Deadlocks between a lock and a wait: who holds a lock waits for somebody who needs it first.

For every wait, from its operation up through the callers: which locks are held there, and are the parties
that would end the wait stuck on one of them (`parties`)? That closes the circle (Coffman et al. 1971; the
channel-and-mutex blocking bugs of Tu et al., ASPLOS 2019).

LIMIT: locks are compared by name: another object's lock of the same type counts.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from govet_py.callgraph.callgraph import Node
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.flow import comes_before
from govet_py.callgraph.members import Member, owner_of
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.deadlocks.lock_needs import LockNeeds
from govet_py.concurrency.deadlocks.own_calls import OwnCalls
from govet_py.concurrency.deadlocks.parties import Parties, Party
from govet_py.concurrency.deadlocks.waits import Hop, Kind, Operation, Operations, Wait
from govet_py.concurrency.locks.lock_names import LockName, lock_name
from govet_py.concurrency.locks.locksets import LockSets
from govet_py.knowledge import concurrency as knows
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import HeldLock, LockMode, Path
from govet_py.model.types import Named, deref

MAX_DEPTH = 7
MAX_VISITED = 400


class Holding(NamedTuple):
    """A function that holds `lock`, taken by one of `taken`, at the first hop of `way`, which leads down to
    the wait; a call that takes the lock to run its argument is both. `spread`:
    implementations at the least certain interface call on the way, 1 if all are known."""

    lock: LockName
    mode: LockMode
    taken: tuple[int, ...]
    way: tuple[Hop, ...]
    spread: int


class WaitCycle(NamedTuple):
    """A holder, the wait it comes to, and the parties that cannot end it."""

    holding: Holding
    wait: Wait
    parties: tuple[Party, ...]

    def separate(self) -> Iterator[tuple[Party, ...]]:
        """The parties that are each enough for the deadlock: every goroutine of a WaitGroup on its own."""
        if self.wait.alternatives[0].kind != Kind.WAIT or self.wait.callbacks:
            yield self.parties
            return
        by_function: dict[str, list[Party]] = {}
        for party in self.parties:
            by_function.setdefault(party.release.function, []).append(party)
        yield from (tuple(parties) for parties in by_function.values())


class Climb(NamedTuple):
    """A caller on the way up from a wait. `known`: the locks that functions further down hold already."""

    node: Node
    way: tuple[Hop, ...]
    spread: int
    known: tuple[LockName, ...]


class WaitCycles:
    """The cycles of a program."""

    def __init__(
        self,
        code: Code,
        values: ValueAnalysis,
        own: OwnCalls,
        needs: LockNeeds,
        operations: Operations,
        parties: Parties,
        locks: dict[str, LockSets],
    ) -> None:
        self._code = code
        self._values = values
        self._own = own
        self._needs = needs
        self._operations = operations
        self._parties = parties
        self._locks = locks

    def find(self, waits: Iterable[Wait]) -> Iterator[WaitCycle]:
        """All cycles, one a wait, lock and holder."""
        for wait in waits:
            mask = self._parties.possible(wait)
            if mask and not self._is_closed(wait):
                yield from self._holders(wait, mask)

    def _is_closed(self, wait: Wait) -> bool:
        """Whether a function receives from a channel that it has closed itself: that never waits."""
        code = self._code.function(wait.function)
        return any(
            close.function == code.id and comes_before(code, close.register, wait.register)
            for one in wait.alternatives
            if one.kind == Kind.RECEIVE and not wait.below
            for close in self._operations.alike(one, Kind.CLOSE)
        )

    def _holders(self, wait: Wait, mask: int) -> Iterator[WaitCycle]:
        """From the wait up through its callers; above a holder, further locks only."""
        seen: set[Node] = {wait.function}
        work: deque[Climb] = deque([Climb(wait.function, (Hop(wait.function, wait.register), *wait.below), 1, ())])
        while work and len(seen) < MAX_VISITED:
            node, way, spread, known = work.popleft()
            if isinstance(node, str):
                held = [holding for holding in self._held(wait, way, spread) if holding.lock not in known]
                found = [cycle for holding in held if (cycle := self._closed(wait, holding, mask)) is not None]
                yield from found
                known = (*known, *(cycle.holding.lock for cycle in found))
            else:
                spread = max(spread, len(self._own.of(node)))
            for caller, call in self._own.callers(node) if len(way) < MAX_DEPTH else ():
                if caller not in seen:
                    seen.add(caller)
                    longer = (Hop(caller, call.register), *way) if isinstance(caller, str) else way
                    work.append(Climb(caller, longer, max(spread, call.spread), known))

    def _closed(self, wait: Wait, holding: Holding, mask: int) -> WaitCycle | None:
        bits = self._needs.bits(holding.lock, holding.mode) & mask
        if not bits or any(self._gives_up(hop.function, holding.lock) for hop in holding.way[1:]):
            return None
        if holding.mode == LockMode.WRITE and self._has_room(wait, holding.lock):
            return None
        parties = self._parties.stuck(wait, bits)
        if not parties or any(self._is_itself(holding, party) for party in parties):
            return None
        return WaitCycle(holding, wait, parties)

    def _has_room(self, wait: Wait, lock: LockName) -> bool:
        """Whether a send comes behind a drain of the buffer, and nobody sends in between without the lock."""
        first = wait.alternatives[0]
        if first.kind != Kind.SEND or wait.below or len(wait.alternatives) > 1:
            return False
        return self._operations.has_made_room(first) and all(
            self._holds(other, lock) for other in self._operations.alike(first, Kind.SEND) if other != first
        )

    def _holds(self, operation: Operation, lock: LockName) -> bool:
        code, locks = self._code.function(operation.function), self._locks.get(operation.function)
        held = locks.taken_at(operation.register) if locks is not None else ()
        return any(one.mode == LockMode.WRITE and lock_name(self._code, code, one.path) == lock for one in held)

    def _is_itself(self, holding: Holding, party: Party) -> bool:
        """Whether the holder is the party, in one call: what is done to a local channel there comes later."""
        release = party.release
        if release.owner or all(hop.function != release.function for hop in holding.way):
            return False
        code = self._code.function(release.function)
        operand = code.code[release.operand] if release.operand >= 0 else None
        return isinstance(operand, ir.Load) and code.body.vars[operand.var].kind == ir.VarKind.LOCAL

    def _held(self, wait: Wait, way: tuple[Hop, ...], spread: int) -> Iterator[Holding]:
        function, register = way[0]
        code = self._code.function(function)
        for once in self._needs.serialised(code, register) if len(way) > 1 else ():
            yield Holding(once, LockMode.WRITE, (register,), way, spread)
        for callee, lock in self._own.lent(code, register, way[1].function) if len(way) > 1 else ():
            lent = lock_name(self._code, callee, lock.path)
            if lent is not None:
                yield Holding(lent, lock.mode, (register,), way, spread)
        locks = self._locks.get(function)
        if locks is None:
            return
        held = locks.at_exit_of_defer(register) if code.is_deferred(register) else locks.taken_at(register)
        for lock in sorted(held, key=repr):
            name = lock_name(self._code, code, lock.path)
            another = self._is_another(code, lock.path, name, register)
            if name is not None and not another and not self._is_let_go(wait, name):
                yield Holding(name, lock.mode, _taken(code, locks, lock, register), way, spread)

    def _is_another(self, code: FunctionCode, lock: Path, name: LockName | None, register: int) -> bool:
        """Whether what is waited for, or called, at `register` is another object of the type that has the lock: a
        parent that waits for its children, which have locks of their own."""
        base = _waited_object(code, register)
        owner = deref(code.type_of(base)) if base != ir.NONE else None
        if not isinstance(name, Member) or not isinstance(owner, Named) or (owner.package, owner.name) != name[:2]:
            return False
        paths = self._values.paths(code, base)
        return bool(paths) and Path(lock.root, lock.fields[:-1]) not in paths

    def _is_let_go(self, wait: Wait, name: LockName) -> bool:
        """sync.Cond.Wait lets go of its own lock while it waits."""
        return wait.alternatives[0].kind == Kind.SLEEP and name in self._needs.of_conditions

    def _gives_up(self, function: str, name: LockName) -> bool:
        """Whether a function on the way to the wait releases the lock that its caller holds."""
        locks = self._locks.get(function)
        code = self._code.function(function)
        return locks is not None and any(lock_name(self._code, code, path) == name for path in locks.released)


def _waited_object(code: FunctionCode, register: int) -> int:
    """The register of the object whose method is called, or whose channel is used, at an instruction."""
    instruction = code.code[register]
    if isinstance(instruction, ir.Call):
        callee = code.callee(register)
        receiver = callee.receiver if isinstance(callee, p.Static) else ir.NONE
        owner = owner_of(code, receiver) if receiver != ir.NONE else None
        group = isinstance(callee, p.Static) and callee.function.startswith(knows.PRIMITIVES)
        return (ir.NONE if owner is None else owner) if group else receiver
    channel = instruction.chan if isinstance(instruction, ir.Send | ir.Recv) else ir.NONE
    found = owner_of(code, channel) if channel != ir.NONE else None
    return ir.NONE if found is None else found


def _taken(code: FunctionCode, locks: LockSets, lock: HeldLock, register: int) -> tuple[int, ...]:
    """Where a lock that is held at `register` was taken."""
    found = [at for at, taken in sorted(locks.taken.items()) if lock in taken]
    return tuple(at for at in found if comes_before(code, at, register)) or tuple(found)
