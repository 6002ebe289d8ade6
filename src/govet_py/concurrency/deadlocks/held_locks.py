"""The locks that a function itself holds at its instructions, with their members and where they were taken."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from govet_py.callgraph.callgraph import Node
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.bindings import Binding
from govet_py.concurrency.deadlocks.critical_events import Event, EventKind, Held, holder_of, lock_member
from govet_py.concurrency.describe import expression
from govet_py.concurrency.locks.lock_events import ONCE
from govet_py.concurrency.locks.lock_names import lock_name, lock_text
from govet_py.concurrency.locks.locksets import LockEvent, LockSets
from govet_py.concurrency.locks.perhaps_held import Perhaps
from govet_py.knowledge import concurrency as knows
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import LockSet, Path
from govet_py.model.source import Site

NOTHING: frozenset[Path] = frozenset()
NEVER: Perhaps = {}


class Taking(NamedTuple):
    """An acquisition by the call at `register`; see `Held`."""

    register: int
    member: Member | None
    holder: Member | None
    what: str


class _Lent(NamedTuple):
    """A caller's lock that the function has given back, and perhaps taken again."""

    path: Path
    retaken: bool


class HeldLocks:
    """The held locks of one function. `perhaps` are those that some ways to a call hold, `events` gives the critical
    events of callees."""

    def __init__(
        self,
        functions: Code,
        values: ValueAnalysis,
        code: FunctionCode,
        locks: LockSets | None,
        perhaps: Perhaps,
        events: Callable[[Node], tuple[Event, ...]],
    ) -> None:
        self._functions = functions
        self._program = functions.program
        self._values = values
        self._code = code
        self._locks = locks
        self._perhaps = perhaps
        self._events = events
        self._taken = self._acquisitions() if locks is not None else {}
        self._released = self._solve_released()

    @property
    def any(self) -> bool:
        """Reports whether the function takes or gives back locks."""
        return self._locks is not None

    def at(self, register: int) -> tuple[Held, ...]:
        """What is held when the call at `register` runs, for a deferred call when the function returns."""
        if self._locks is None:
            return ()
        return self._named(self._lockset(register), register)

    def perhaps(self, register: int) -> tuple[Held, ...]:
        """What is held on some ways to the call at `register`, not on all."""
        return self._named(self._perhaps[register].locks, register) if register in self._perhaps else ()

    def released(self, register: int) -> frozenset[Path]:
        """The callers' locks that may have been given back before `register`, and not taken again."""
        if not self._released:
            return NOTHING
        if self._code.is_deferred(register):
            blocks = self._code.function.blocks
            returns = [block for block in blocks if isinstance(self._code.code[block.end - 1], ir.Return)]
            before = [event.releases for at, event in self._events_of_defers() if at > register]
            return NOTHING.union(*(self._released_at(block.end - 1) for block in returns), *before)
        return self._released_at(register)

    def borrowed(self, register: int) -> frozenset[Path]:
        """The callers' locks that were given back and taken again before `register`: if what runs there gives them
        back, the callers do not hold them either."""
        return frozenset(lent.path for lent in self._lent_at(register) if lent.retaken) if self._released else NOTHING

    def _events_of_defers(self) -> list[tuple[int, LockEvent]]:
        assert self._locks is not None
        return [(at, event) for at, event in self._locks.events.items() if self._code.is_deferred(at)]

    def _lockset(self, register: int) -> LockSet:
        assert self._locks is not None
        if self._code.is_deferred(register):
            return self._locks.at_exit_of_defer(register)
        return self._locks.taken_at(register)

    def _named(self, locks: LockSet, register: int) -> tuple[Held, ...]:
        return tuple(sorted(self._names(locks, register), key=lambda held: (held.site, held.what)))

    def _names(self, locks: LockSet, register: int) -> Iterator[Held]:
        for lock in locks:
            if lock.path.fields[-1:] == (ONCE,):
                continue
            takings = self._taken.get(lock.path, [])
            before = [taking for taking in takings if taking.register < register] or takings
            taking = before[-1] if before else Taking(ir.NONE, None, None, "a lock")
            known = taking.register != ir.NONE
            site = self._code.site(taking.register) if known else Site(self._code.path, self._code.function.span)
            yield Held(lock.path, taking.member, lock.mode, site, taking.what, taking.holder)

    # -- acquisitions ------------------------------------------------------------------------------

    def _acquisitions(self) -> dict[Path, list[Taking]]:
        found: dict[Path, list[Taking]] = {}
        assert self._locks is not None
        for register, taken in self._locks.taken.items():
            for lock in taken:
                found.setdefault(lock.path, []).append(self._taking(register, lock.path))
        return found

    def _taking(self, register: int, path: Path) -> Taking:
        """What a call takes, itself or through its callee, or the iterator that a loop goes over."""
        step = self._code.code[register]
        register = step.range if isinstance(step, ir.Next) else register
        callee = self._code.callee(register)
        if isinstance(callee, p.Static | p.Interface):
            name = callee.function if isinstance(callee, p.Static) else p.interface_method_id(callee)
            if name in knows.ACQUIRE or name in knows.TRY_ACQUIRE:
                member = lock_member(self._program, self._code, callee.receiver, callee.via)
                holder = holder_of(self._program, self._code, callee.receiver, callee.via)
                return Taking(register, member, holder, expression(self._code, callee.receiver))
        for target in self._values.targets(self._code, register):
            binding = Binding(self._values, self._code, register, target)
            for event in self._events(target.function):
                if event.kind == EventKind.ACQUIRE and event.path and path in binding.paths(event.path):
                    return Taking(register, event.member, None, event.what)
        lock = lock_name(self._functions, self._code, path)
        member = lock if isinstance(lock, Member) else None
        return Taking(register, member, None, "a lock" if lock is None else lock_text(self._functions, lock))

    # -- early unlocks -----------------------------------------------------------------------------

    def _solve_released(self) -> dict[int, frozenset[_Lent]]:
        """By block, the locks not of its own that the function may have given back when it enters the block."""
        if self._locks is None or not self._locks.released:
            return {}
        blocks = self._code.function.blocks
        entry: dict[int, frozenset[_Lent]] = {0: frozenset()}
        work = [0]
        while work:
            index = work.pop()
            out = self._after(index, blocks[index].end, entry[index])
            for successor in blocks[index].succs:
                merged = out | entry.get(successor, frozenset())
                if successor not in entry or merged != entry[successor]:
                    entry[successor] = merged
                    work.append(successor)
        return entry

    def _released_at(self, register: int) -> frozenset[Path]:
        return frozenset(lent.path for lent in self._lent_at(register) if not lent.retaken)

    def _lent_at(self, register: int) -> frozenset[_Lent]:
        block = self._code.block_of(register)
        return self._after(block, register, self._released.get(block, frozenset()))

    def _after(self, block: int, end: int, state: frozenset[_Lent]) -> frozenset[_Lent]:
        assert self._locks is not None
        start = self._code.function.blocks[block].start
        for register, event in self._locks.events.items():
            if start <= register < end and not self._code.is_deferred(register):
                own = {lock.path for lock in self._locks.taken_at(register)}
                lent = {path for path in event.releases if path not in own or _Lent(path, True) in state}
                taken = {lock.path for lock in event.acquires}
                kept = {one for one in state if one.path not in lent and one.path not in taken}
                again = {_Lent(one.path, True) for one in state if one.path in taken and one.path not in lent}
                state = frozenset((*kept, *again, *(_Lent(path, False) for path in lent)))
        return state
