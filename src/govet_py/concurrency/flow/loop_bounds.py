"""What ends a loop by itself: a range, a counter, a clock."""

from __future__ import annotations

from govet_py.callgraph.code import FunctionCode
from govet_py.concurrency.flow.control import branch
from govet_py.knowledge.clocks import ASKS
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.types import Chan
from govet_py.resolve.elements import range_over


def is_endless(code: FunctionCode, loop: int, inside: frozenset[int]) -> bool:
    """Whether a loop goes on until something in it says otherwise: no range, counter or clock ends it."""
    if code.function.loops[loop].kind == "range":
        return False
    return not any(_bounds(code, at, inside) for at in inside)


def _bounds(code: FunctionCode, block: int, inside: frozenset[int]) -> bool:
    """Whether a block leaves the loop by a test of a counter or a clock."""
    last = branch(code, block)
    if not isinstance(last, ir.If) or not _may_leave(code, block, inside):
        return False
    return _counts(code, last.cond, inside)


def _may_leave(code: FunctionCode, block: int, inside: frozenset[int]) -> bool:
    """Whether one successor leads out of the loop, straight or through blocks that do nothing else."""
    for successor in code.function.blocks[block].succs:
        at = successor
        for _ in range(4):
            if at not in inside or not code.function.blocks[at].succs:
                return True
            if len(code.function.blocks[at].succs) != 1 or len(code.predecessors[at]) != 1:
                break
            at = code.function.blocks[at].succs[0]
    return False


def ranges_over_channel(code: FunctionCode, step: ir.Next) -> bool:
    """Reports whether a loop takes the values of a channel."""
    return isinstance(code.type_of(range_over(code.code, step)), Chan)


def _counts(code: FunctionCode, cond: int, inside: frozenset[int]) -> bool:
    work, seen = [cond], set[int]()
    while work:
        at = work.pop()
        if at < 0 or at in seen:
            continue
        seen.add(at)
        match code.code[at]:
            case ir.Binary() as test:
                work.extend((test.left, test.right))
            case ir.Unary() as test:
                work.append(test.operand)
            case ir.Load() as load:
                stores = [s for s in code.stores.get(load.var, ()) if code.block_of(s) in inside]
                if any(_steps(code, store, load.var) for store in stores):
                    return True
                work.extend(map(code.stored, stores))
            case ir.Call() as call:
                callee = code.callee(at)
                if isinstance(callee, p.Static) and callee.function.startswith(ASKS):
                    return True
                work.extend(call.args)
    return False


def _steps(code: FunctionCode, store: int, var: int) -> bool:
    """Whether a store is `v++`, `v += x` or `v -= x`."""
    value = code.code[code.stored(store)]
    if not isinstance(value, ir.Binary) or value.op not in ("+", "-", "*"):
        return False
    return code.loads(value.left, var)
