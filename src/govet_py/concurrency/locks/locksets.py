"""Must-hold locksets within a function: a forward analysis whose meet is intersection (Eraser).

Locks of callees count through their summaries (`acquires`, `releases`). A deferred unlock releases
at the return; a deferred function that runs before it still has the lock (defers run in LIFO order).

A test `if l != nil` before `l.Lock()` is understood: on the branch where l is nil nothing needs it, so
that it counts as held there (vacuously), and a caller that passes nil loses it by substitution. Where a
callee returns things with their locks held, a nil has none.

`TryLock` takes the lock on the branch where it has said yes (see `try_locks`); where a flag decides who takes
a lock, it is held either way (see `flagged_locks`); what is given back was held before (see `owed_locks`).

LIMIT: a lock on one of several possible paths does not count as held.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from functools import cached_property
from typing import NamedTuple

from govet_py.callgraph.code import FunctionCode
from govet_py.concurrency.locks.owed_locks import OwedLocks
from govet_py.concurrency.locks.try_locks import Edge, Tried, tried_locks
from govet_py.model import ir
from govet_py.model.concurrency import NO_LOCKS, HeldLock, LockMode, LockSet, Path
from govet_py.model.sharing import one

NOTHING: Mapping[Edge, LockSet] = {}
Absent = Mapping[Edge, Set[Path]]
"""The locks that are held no longer on the way from one block to another: what has them is nil."""
NO_PATHS: Set[Path] = frozenset()


class LockEvent(NamedTuple):
    """What one call does to the lockset."""

    acquires: LockSet
    releases: frozenset[Path]


class LockSets:
    """The locksets of one function, from the lock events of its calls by register."""

    def __init__(
        self,
        code: FunctionCode,
        events: dict[int, LockEvent],
        vacuous: dict[int, Path],
        tries: dict[int, LockSet],
        lent: dict[int, LockSet],
        given: dict[int, HeldLock],
        flagged: Tried,
        absent: Absent,
    ) -> None:
        """`vacuous`: by block index, the lock that is nil when control enters the block. `tries`: what each
        TryLock call takes if it can. `lent`: what iterators hold in the bodies of loops (see `iterations`). `given`:
        the lock that each call of Unlock gives back. `flagged`: the ways on which callers have the lock that a block
        takes. `absent`: the ways on which what a callee returns is nil, or an iterator has the control again."""
        self._code = code
        self.events = events
        self._vacuous = vacuous
        self.tries = tries
        self._lent = lent
        self._tried = tried_locks(code, tries | lent)
        self._immediate: dict[int, LockEvent] = {}
        self._deferred: dict[int, LockEvent] = {}
        for register, event in sorted(events.items()):
            (self._deferred if code.is_deferred(register) else self._immediate)[register] = event
        self._given = given
        self._absent = absent
        self._entry = self._solve(self._immediate, NO_LOCKS) if events or self._tried else []
        self._judged = self._solve(self._immediate, NO_LOCKS, flagged) if flagged else self._entry

    @property
    def taken(self) -> dict[int, LockSet]:
        """The locks that each call takes, or may take (TryLock)."""
        return {register: event.acquires for register, event in self.events.items()} | self.tries | self._lent

    @property
    def named(self) -> dict[int, list[Path]]:
        """The locks by the calls that take them or, where callers have taken them, give them back."""
        owed = {} if self._owed is None else {at: [lock.path] for at, lock in self._given.items()}
        return {at: [lock.path for lock in locks] for at, locks in self.taken.items()} | owed

    @property
    def any(self) -> bool:
        """Reports whether the function takes or releases a lock at all."""
        return bool(self._entry)

    def at(self, register: int) -> LockSet:
        """The locks that are surely held just before an instruction, those that callers must have taken included."""
        held = self._at(register, self._judged)
        return held | self._owed.at(register) if self._owed is not None else held

    def taken_at(self, register: int) -> LockSet:
        """The locks held just before an instruction that the function has taken itself."""
        return self._at(register, self._entry)

    def _at(self, register: int, entry: list[LockSet | None]) -> LockSet:
        if not entry:
            return NO_LOCKS
        block = self._code.block_of(register)
        state = entry[block]
        return self._through(self._immediate, block, register, state if state is not None else NO_LOCKS)

    @cached_property
    def _owed(self) -> OwedLocks | None:
        """The locks that are given back where they do not seem to be held."""
        held = {at: {lock.path for lock in self._at(at, self._judged)} for at in self._given}
        owed = {lock.path for at, lock in self._given.items() if lock.path not in held[at]}
        if not owed:
            return None
        given = {at: lock for at, lock in self._given.items() if lock.path in owed}
        touched = {at: {lock.path for lock in locks} for at, locks in self.tries.items()}
        for at, (acquires, releases) in self.events.items():
            touched[at] = touched.get(at, set()) | releases | {lock.path for lock in acquires}
        first = {at: event.releases for at, event in self._deferred.items() if self._code.block_of(at) == 0}
        last = frozenset(lock for lock in given.values() if any(lock.path in paths for paths in first.values()))
        return OwedLocks(self._code, given, {at: touched[at] for at in touched if at not in first}, last)

    def at_exit_of_defer(self, register: int) -> LockSet:
        """The locks held when the function deferred at `register` runs: those that every return leaves held,
        but for those that functions deferred later, which run before, release."""
        left = self._left_at_returns()
        if left is None:
            return self.taken_at(register)
        released = {path for at, event in self._deferred.items() if at > register for path in event.releases}
        return frozenset(lock for lock in left if lock.path not in released)

    def left_at(self, register: int) -> LockSet:
        """The locks that a return leaves held."""
        released = self._released_last()
        return frozenset(lock for lock in self._at(register, self._judged) if lock.path not in released)

    def at_return(self) -> LockSet:
        """The locks that every return without an error leaves held: who gets an error has nothing to unlock."""
        released = self._released_last()
        left = self._left_at_returns(frozenset(self._successes()))
        return frozenset(lock for lock in left or () if lock.path not in released) | self._given_back(released)

    def _released_last(self) -> set[Path]:
        """The locks that deferred calls, and the iterators around a return, release."""
        lent = {lock.path for locks in self._lent.values() for lock in locks}
        return lent.union(*(event.releases for event in self._deferred.values()))

    def _given_back(self, deferred: set[Path]) -> LockSet:
        """The caller's locks that are released for a while and taken again, by a deferred call perhaps: held at
        every return, provided that they are at the entry."""
        borrowed = self.released - (deferred - self._taken_last())
        if not borrowed:
            return NO_LOCKS
        taken = (
            lock for register, event in self.events.items() for lock in event.acquires
            if register in self._deferred or lock.path not in deferred
        )
        again = frozenset(lock for lock in taken if lock.path in borrowed)
        if not again:
            return NO_LOCKS
        late = {at: LockEvent(event.acquires, frozenset()) for at, event in self._deferred.items()}
        events = dict(sorted({**self._immediate, **late}.items()))
        entry = self._solve(events, again)
        for index, block in enumerate(self._code.function.blocks):
            state = entry[index]
            if state is not None and isinstance(self._code.code[block.end - 1], ir.Return):
                again &= self._through(events, index, block.end, state)
        return again

    def _taken_last(self) -> set[Path]:
        """The locks that the last of the deferred calls on them takes: the one that was deferred first."""
        found: set[Path] = set()
        seen: set[Path] = set()
        for register in sorted(self._deferred):
            event = self._deferred[register]
            found |= {lock.path for lock in event.acquires} - seen
            seen |= event.releases | {lock.path for lock in event.acquires}
        return found

    def _successes(self) -> Iterator[int]:
        """The blocks that return a literal nil for the error."""
        if not self._code.may_fail:
            return
        for index, block in enumerate(self._code.function.blocks):
            last = self._code.code[block.end - 1]
            if isinstance(last, ir.Return) and last.results and self._code.is_nil(last.results[-1]):
                yield index

    def _left_at_returns(self, among: frozenset[int] = frozenset()) -> LockSet | None:
        """The locks held at every return (of these blocks) before deferred functions run; None without one."""
        left: LockSet | None = None
        for index, block in enumerate(self._code.function.blocks if self._judged else ()):
            state = self._judged[index]
            if state is None or (among and index not in among):
                continue
            if isinstance(self._code.code[block.end - 1], ir.Return):
                out = self._through(self._immediate, index, block.end, state)
                left = out if left is None else left & out
        return left

    @cached_property
    def released(self) -> frozenset[Path]:
        """The locks that some path releases without having taken them."""
        found: set[Path] = set()
        for register in self._immediate:
            held = {lock.path for lock in self._at(register, self._judged)}
            found |= self._immediate[register].releases - held
        for register, event in self._deferred.items():
            held = {lock.path for lock in self._at(register, self._judged)}
            found |= event.releases - held
        return frozenset(found)

    def _through(self, events: dict[int, LockEvent], block: int, end: int, state: LockSet) -> LockSet:
        """`events` are in the order of registers."""
        start = self._code.function.blocks[block].start
        for register, event in events.items():
            if register >= end:
                break
            if register >= start:
                state = frozenset(lock for lock in state if lock.path not in event.releases) | event.acquires
        return state

    def _solve(
        self, events: dict[int, LockEvent], start: LockSet, flagged: Mapping[Edge, LockSet] = NOTHING
    ) -> list[LockSet | None]:
        blocks = self._code.function.blocks
        entry: list[LockSet | None] = [None] * len(blocks)
        entry[0] = start
        work = [0]
        while work:
            index = work.pop()
            state = entry[index]
            assert state is not None
            out = self._through(events, index, blocks[index].end, state)
            for successor in blocks[index].succs:
                known = entry[successor]
                nil = self._vacuous.get(successor)
                arriving = out if nil is None else out | {HeldLock(nil, LockMode.WRITE)}
                way = index, successor
                gone = self._absent.get(way, NO_PATHS)
                arriving = frozenset(lock for lock in arriving if lock.path not in gone) if gone else arriving
                arriving = arriving | self._tried.get(way, NO_LOCKS) | flagged.get(way, NO_LOCKS)
                merged = arriving if known is None else known & arriving
                if merged != known:
                    entry[successor] = one(merged)
                    work.append(successor)
        return entry


def single_lock(paths: tuple[Path, ...], mode: LockMode) -> LockSet:
    """The lock that an acquire on `paths` surely takes: none when the path is ambiguous."""
    return frozenset((HeldLock(paths[0], mode),)) if len(paths) == 1 else NO_LOCKS
