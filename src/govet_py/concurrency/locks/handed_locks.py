"""Locks that a function hands over: those of what it returns, taken on every way on which it returns something.

Who gets nil, or an error, has got nothing whose lock could be held. A handed lock is named below the result (a
`ReturnRoot`), whatever the function itself calls the thing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govet_py.callgraph.code import FunctionCode
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.flow.conditions import nil_tests
from govet_py.concurrency.locks.locksets import LockSets
from govet_py.concurrency.locks.try_locks import Edge
from govet_py.model import ir
from govet_py.model.concurrency import NO_LOCKS, HeldLock, LockSet, Path, ReturnRoot, VarRoot


def handed_locks(code: FunctionCode, values: ValueAnalysis, locks: LockSets, left: LockSet) -> LockSet:
    """The locks of results that callers get locked, but for those that are `left` held under another name."""
    known = {lock.path for lock in left}
    found: dict[int, LockSet] = {}
    for at in code.of_kind(ir.Return):
        step = code.code[at]
        if not isinstance(step, ir.Return) or (step.results and code.may_fail and not code.is_nil(step.results[-1])):
            continue
        held = [lock for lock in locks.left_at(at) if lock.path not in known]
        for index, result in enumerate(step.results):
            if not code.is_nil(result):
                here = frozenset(_below(code, values, result, index, held)) if held else NO_LOCKS
                found[index] = here & found.get(index, here)
    return NO_LOCKS.union(*found.values())


def _below(
    code: FunctionCode, values: ValueAnalysis, result: int, index: int, held: list[HeldLock]
) -> Iterator[HeldLock]:
    """The held locks that are fields of a result, named below it."""
    for lock in held:
        for thing in _names(code, values, result):
            fields = lock.path.fields[len(thing.fields) :]
            if fields and thing.is_prefix_of(lock.path):
                yield HeldLock(Path(ReturnRoot(index), fields), lock.mode)


def _names(code: FunctionCode, values: ValueAnalysis, register: int) -> Iterator[Path]:
    """What a register holds, where that is one thing, and the variable that it was read from."""
    paths = values.paths(code, register)
    if len(paths) == 1:
        yield paths[0]
    load = code.code[register]
    if isinstance(load, ir.Load):
        yield Path(VarRoot(code.body_id, load.var))


class Got(NamedTuple):
    """Result `result` of a call, in `register`, whose field `fields` a lock is."""

    result: int
    register: int
    fields: tuple[str, ...]


def got_with(code: FunctionCode, values: ValueAnalysis, call: int, lock: Path) -> Got | None:
    """What a call returned whose lock a path is; None where it is no result's."""
    for index, register in results_of(code, call).items():
        paths = values.paths(code, register)
        if len(paths) == 1 and paths[0].is_prefix_of(lock) and paths[0] != lock:
            return Got(index, register, lock.fields[len(paths[0].fields) :])
    return None


def results_of(code: FunctionCode, call: int) -> dict[int, int]:
    """The registers of those results of a call that are looked at, by their position."""
    parts = ((at, code.code[at]) for at in code.of_kind(ir.Extract))
    found = {part.index: at for at, part in parts if isinstance(part, ir.Extract) and part.tuple == call}
    return found or {0: call}


def nil_edges(code: FunctionCode, var: int) -> Iterator[Edge]:
    """The ways from a test to where it has found a variable to be nil."""
    return ((block, to) for block, to, tested in nil_tests(code) if code.loads(tested, var))
