"""Locks of many objects, taken one after another in the order of a map and kept: each run has an order of its
own, so that two runs at a time may wait for each other.

The order comes from a range over a map, or over a slice that was filled in one and never sorted. A lock that
is held around the loop (a gate) lets one run in at a time. Who takes the locks with TryLock waits for nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govet_py.callgraph.callgraph import Node
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.values import KEY
from govet_py.concurrency.locks.lent_locks import NO_GUARDS, Guards
from govet_py.concurrency.locks.locksets import LockSets
from govet_py.knowledge import concurrency as knows
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import ELEMENT, LockMode, Path
from govet_py.model.source import Site
from govet_py.model.types import Map


class LockLoop(NamedTuple):
    """`function` takes a lock at `call` in every round of a loop, in the order of the map that is ranged over
    at `order`."""

    function: str
    call: int
    order: Site


class LockLoops:
    """The loops of a program that lock in map order."""

    def __init__(self, code: Code, locks: dict[str, LockSets], entry: dict[Node, Guards]) -> None:
        self._code = code
        self._locks = locks
        self._entry = entry

    def all(self) -> Iterator[LockLoop]:
        """Every such loop."""
        for id in sorted(self._locks):
            code = self._code.function(id)
            for call, event in self._locks[id].events.items() if code.function.loops else ():
                loop = code.loop_of(call)
                many = any(_is_of_many(lock.path) and lock.mode == LockMode.WRITE for lock in event.acquires)
                if many and loop != ir.NONE and self._is_kept(code, call, loop) and not self._is_gated(code, call):
                    order = self._map_order(code, loop)
                    if order is not None:
                        yield LockLoop(id, call, order)

    def _is_kept(self, code: FunctionCode, call: int, loop: int) -> bool:
        """Whether the loop goes on with the lock: nothing in it gives the lock back, but for deferred calls."""
        locks = self._locks[code.id]
        paths = {lock.path for lock in locks.events[call].acquires}
        return not any(
            event.releases & paths and code.inside(code.loop_of(at), loop) and not code.is_deferred(at)
            for at, event in locks.events.items()
        )

    def _is_gated(self, code: FunctionCode, call: int) -> bool:
        """Whether one lock around the loop serialises it."""
        callers = any(mode == LockMode.WRITE for _, mode in self._entry.get(code.id, NO_GUARDS))
        held = self._locks[code.id].at(call)
        return callers or any(lock.mode == LockMode.WRITE and not _is_of_many(lock.path) for lock in held)

    def _map_order(self, code: FunctionCode, loop: int) -> Site | None:
        """The range over a map that gives a loop its order, if one does."""
        ranged = self._ranged(code, loop)
        if ranged is None:
            return None
        register, over = ranged
        if isinstance(self._code.program.underlying(code.type_of(over)), Map):
            return code.site(register)
        base = code.code[over]
        return self._filled(code, base.var) if isinstance(base, ir.Load) else None

    def _ranged(self, code: FunctionCode, loop: int) -> tuple[int, int] | None:
        """The registers of the range that a loop goes through, and of what it goes over."""
        block = code.function.blocks[code.function.loops[loop].header]
        for instruction in code.code[block.start : block.end]:
            if isinstance(instruction, ir.Next):
                over = code.code[instruction.range]
                if isinstance(over, ir.Range):
                    return instruction.range, over.base
        return None

    def _filled(self, code: FunctionCode, var: int) -> Site | None:
        """The map range in which a slice gets its elements, unless it is sorted."""
        functions = [self._code.sibling(code, index) for index in range(len(code.body.functions))]
        if any(_sorts(function, var) for function in functions):
            return None
        for function in functions:
            for register in function.stores.get(var, ()):
                loop = function.loop_of(register)
                if loop != ir.NONE and _appends(function, register):
                    ranged = self._ranged(function, loop)
                    if ranged is not None and isinstance(
                        self._code.program.underlying(function.type_of(ranged[1])), Map
                    ):
                        return function.site(ranged[0])
        return None


def _is_of_many(path: Path) -> bool:
    return ELEMENT in path.fields or KEY in path.fields


def _appends(code: FunctionCode, store: int) -> bool:
    value = code.stored(store)
    return isinstance(code.code[value], ir.Call) and code.callee(value) == p.BuiltinCall("append")


def _sorts(code: FunctionCode, var: int) -> bool:
    """Whether a variable is handed to a function that sorts."""
    for register, instruction in enumerate(code.code):
        if isinstance(instruction, ir.Call):
            callee = code.callee(register)
            name = callee.function if isinstance(callee, p.Static) else ""
            if name.startswith(knows.SORTS) and any(_is_load(code, at, var) for at in instruction.args):
                return True
    return False


def _is_load(code: FunctionCode, register: int, var: int) -> bool:
    """Whether an operand is a variable, through conversions and slicing."""
    instruction = code.code[register]
    match instruction:
        case ir.Load() | ir.Addr():
            return instruction.var == var
        case ir.SliceOf():
            return _is_load(code, instruction.base, var)
        case ir.Call():
            return any(_is_load(code, at, var) for at in instruction.args)
    return False
