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


def decided_calls(code: FunctionCode, condition: int) -> Iterator[tuple[int, bool]]:
    """The calls that have said yes for sure when a condition is true, or (flag False) when it is false."""
    wanted = True
    for _ in range(MAX_HOPS):
        match code.code[condition]:
            case ir.Unary(op="!") as test:
                condition, wanted = test.operand, not wanted
            case ir.Load() as load:
                condition = code.value_of(load.var)
                if condition == ir.NONE:
                    return
            case ir.Binary() as both if both.op in ("&&", "||"):
                all_yes = both.op == "&&"
                yield from ((call, wanted == all_yes) for call, yes in _operands(code, both) if yes == all_yes)
                return
            case ir.Call():
                yield condition, wanted
                return
            case _:
                return


def _operands(code: FunctionCode, both: ir.Binary) -> Iterator[tuple[int, bool]]:
    yield from decided_calls(code, both.left)
    yield from decided_calls(code, both.right)
