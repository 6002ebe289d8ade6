"""Locks that an iterator holds while it runs the body of a range loop: `for e := range c.all()`, where the function
that `all` returns locks c and calls `yield`. They are held on the way into the body, and no longer on each way out.

LIMIT: an iterator that hands `yield` on to another function lends nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import reduce
from typing import Protocol

from govet_py.callgraph.arguments import target_of
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.parameters import parameter_path
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.bindings import Binding, Captured, captured
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import NO_LOCKS, FunctionValue, HeldLock, LockSet, Path

MAX_ADAPTERS = 3
"""So many iterators over iterators are looked through: `filter(c.all(), isNew)`."""


class Held(Protocol):
    """What a function holds at its instructions."""

    def taken_at(self, register: int) -> LockSet: ...


class Iterations:
    """What iterators lend to the loops over them; `sets` has the locksets of the functions that were looked at."""

    def __init__(self, code: Code, values: ValueAnalysis, sets: Callable[[str], Held | None]) -> None:
        self._code = code
        self._values = values
        self._sets = sets

    def lent(self, code: FunctionCode) -> dict[int, LockSet]:
        """The locks under which the bodies of loops run, by the instruction that decides on the next round."""
        found: dict[int, LockSet] = {}
        for register in code.of_kind(ir.Next):
            step = code.code[register]
            start = step.range if isinstance(step, ir.Next) else ir.NONE
            locks = self._lent(code, start) if isinstance(code.code[start], ir.Call) else NO_LOCKS
            if locks:
                found[register] = locks
        return found

    def _lent(self, code: FunctionCode, call: int) -> LockSet:
        callee = code.callee(call)
        run = self._values.of(code, callee.register) if isinstance(callee, p.Value) else ()
        run = run or tuple(FunctionValue(found.function, found.receivers) for found in self._values.targets(code, call))
        known = [value for value in run if isinstance(value, FunctionValue)]
        return self._under(code, known[0], call, MAX_ADAPTERS) if len(known) == 1 else NO_LOCKS

    def _under(self, code: FunctionCode, iterator: FunctionValue, call: int | None, depth: int) -> LockSet:
        """The locks under which an iterator runs the body it is given, in the terms of `code`."""
        inner, closure = self._code.get(iterator.function), captured(self._code, self._values, code, iterator)
        held = self._sets(iterator.function)
        if inner is None or held is None:
            return NO_LOCKS
        binding = Binding(self._values, code, call, target_of(iterator), closure)
        runs: list[LockSet] = []
        for at in _runs(inner):
            named = ((binding.paths(parameter_path(inner, lock.path)), lock.mode) for lock in held.taken_at(at))
            own = frozenset(HeldLock(paths[0], mode) for paths, mode in named if len(paths) == 1)
            adapted = self._adapted(inner, at, closure) if closure is not None and depth else ()
            runs.append(own.union(*(self._under(code, one, None, depth - 1) for one in adapted)))
        return reduce(frozenset.__and__, runs) if runs else NO_LOCKS

    def _adapted(self, inner: FunctionCode, run: int, closure: Captured) -> Iterator[FunctionValue]:
        """The iterators that an adapter was given, and goes over itself where it runs the body."""
        for register in inner.of_kind(ir.Next):
            step = inner.code[register]
            start = step.range if isinstance(step, ir.Next) else ir.NONE
            callee = inner.callee(start) if isinstance(inner.code[start], ir.Call) else None
            if isinstance(callee, p.Value) and inner.inside(inner.loop_of(run), inner.loop_of(register)):
                given = [closure.member(path.root, path.fields) for path in self._values.paths(inner, callee.register)]
                yield from (value for values in given for value in values if isinstance(value, FunctionValue))


def _runs(iterator: FunctionCode) -> Iterator[int]:
    """The calls by which an iterator runs the body: those of its last parameter."""
    body = iterator.function.params[-1] if iterator.function.params else ir.NONE
    for at in iterator.of_kind(ir.Call):
        callee = iterator.callee(at)
        if isinstance(callee, p.Value) and iterator.loads(callee.register, body):
            yield at


def ways_out(code: FunctionCode, lent: dict[int, LockSet]) -> Iterator[tuple[tuple[int, int], set[Path]]]:
    """The ways from block to block on which an iterator has the control again, with the locks that it lent."""
    for register, locks in lent.items():
        loop, header = code.loop_of(register), code.block_of(register)
        blocks = code.function.blocks
        for index, block in enumerate(blocks):
            for successor in block.succs if code.inside(block.loop, loop) else ():
                if successor == header or not code.inside(blocks[successor].loop, loop):
                    yield (index, successor), {lock.path for lock in locks}
