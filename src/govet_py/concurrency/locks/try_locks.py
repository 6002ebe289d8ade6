"""TryLock: the lock is held on the branch where the call said yes, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.code import FunctionCode
from govet_py.concurrency.flow.control import tests
from govet_py.model import ir
from govet_py.model.concurrency import NO_LOCKS, LockSet

MAX_HOPS = 6
Edge = tuple[int, int]
Tried = dict[Edge, LockSet]
"""Locks taken on the way from one block to another."""


def tried_locks(code: FunctionCode, calls: dict[int, LockSet]) -> Tried:
    """The locks taken on the way from a block to its successor, given what each TryLock call may take."""
    found: Tried = {}
    for block, test in tests(code) if calls else ():
        succs = code.function.blocks[block].succs
        if len(set(succs)) == 2:
            for call, answer in decided_calls(code, test.cond):
                edge = (block, succs[0 if answer else 1])
                found[edge] = found.get(edge, NO_LOCKS) | calls.get(call, NO_LOCKS)
    return found


def decided_calls(code: FunctionCode, condition: int, hops: int = MAX_HOPS) -> Iterator[tuple[int, bool]]:
    """The calls that must have said yes for a condition to be true, or (flag False) to be false; it is looked through
    so many variables."""
    match code.code[condition]:
        case ir.Call() | ir.Next():
            yield condition, True
        case ir.Unary(op="!") as test:
            yield from ((call, not yes) for call, yes in decided_calls(code, test.operand, hops))
        case ir.Binary(op="&&" | "||") as both:
            all_yes = both.op == "&&"
            for side in (both.left, both.right):
                yield from ((call, yes) for call, yes in decided_calls(code, side, hops) if yes == all_yes)
        case ir.Load() as load if hops and (value := code.value_of(load.var)) != ir.NONE:
            yield from decided_calls(code, value, hops - 1)
