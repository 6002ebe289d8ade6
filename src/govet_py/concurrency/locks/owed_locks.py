"""Locks that a function gives back although it is not seen to have taken them: its callers have, for it to give back.

To unlock what is not locked ends the program. So a lock is held wherever every way on gives it back before
anything takes it: an *anticipated* release (a backward analysis whose meet is intersection).
"""

from __future__ import annotations

from collections.abc import Mapping, Set

from govet_py.callgraph.code import FunctionCode
from govet_py.model import ir
from govet_py.model.concurrency import NO_LOCKS, HeldLock, LockSet, Path


class OwedLocks:
    """The locks that are held since they are given back later on."""

    def __init__(
        self, code: FunctionCode, given: Mapping[int, HeldLock], touched: Mapping[int, Set[Path]], last: LockSet
    ) -> None:
        """By register: the lock that a call gives back, and the locks that calls do anything else to. `last`: those
        that every return gives back, by a deferred call."""
        self._code = code
        self._last = last
        self._given = given
        self._touched = touched
        self._order = sorted({*given, *touched}, reverse=True)
        self._ends = self._solve()

    def at(self, register: int) -> LockSet:
        """The locks held just before an instruction."""
        block = self._code.block_of(register)
        return self._before(register, self._code.function.blocks[block].end, self._ends[block])

    def _before(self, register: int, end: int, held: LockSet) -> LockSet:
        """What is held before `register`, where `held` is at the end of its block."""
        for at in self._order:
            if register <= at < end:
                touched = self._touched.get(at, NO_LOCKS)
                held = frozenset(lock for lock in held if lock.path not in touched)
                if at in self._given:
                    held |= {self._given[at]}
        return held

    def _solve(self) -> list[LockSet]:
        """What is held at the end of each block, from everything downwards."""
        blocks = self._code.function.blocks
        everything = frozenset(self._given.values())
        starts, ends = [everything] * len(blocks), [everything] * len(blocks)
        work = list(range(len(blocks)))
        while work:
            index = work.pop()
            block = blocks[index]
            returns = isinstance(self._code.code[block.end - 1], ir.Return)
            ends[index] = self._last if returns else everything.intersection(*(starts[at] for at in block.succs))
            found = self._before(block.start, block.end, ends[index])
            if found != starts[index]:
                starts[index] = found
                work.extend(self._code.predecessors[index])
        return ends
