"""Control flow inside one function: what may run before what."""

from __future__ import annotations

from collections.abc import Collection

from govet_py.callgraph.code import FunctionCode
from govet_py.model import ir

END = 1 << 30
"""The register of what happens when a function has returned."""


def comes_before(code: FunctionCode, first: int, then: int, barriers: Collection[int] = ()) -> bool:
    """Whether control may come from `first` to `then` without passing one of the barriers. Deferred calls run
    last, those that were deferred later before the others."""
    if END in (first, then):
        return then == END
    if code.is_deferred(then):
        return not code.is_deferred(first) or first > then
    return not code.is_deferred(first) and _leads(code, first, then, barriers)


def _leads(code: FunctionCode, first: int, then: int, barriers: Collection[int]) -> bool:
    blocks = code.function.blocks
    work = [(code.block_of(first), first + 1)]
    seen: set[int] = set()
    while work:
        index, begin = work.pop()
        end = min((at for at in barriers if begin <= at < blocks[index].end), default=blocks[index].end)
        if begin <= then < end:
            return True
        if end == blocks[index].end:
            fresh = [successor for successor in blocks[index].succs if successor not in seen]
            seen.update(fresh)
            work.extend((successor, blocks[successor].start) for successor in fresh)
    return False


def leaves(code: FunctionCode, register: int) -> frozenset[int]:
    """The blocks that a function may come to from an instruction in a loop without coming back to it, other than
    by the end of the loop's own range, if it may return from there."""
    blocks = code.function.blocks
    home = code.block_of(register)
    if blocks[home].loop == ir.NONE:
        return frozenset()
    ranged = isinstance(code.code[register], ir.Next)
    work = [blocks[home].succs[0]] if ranged else list(blocks[home].succs)
    seen = {home}
    while work:
        index = work.pop()
        if index not in seen:
            seen.add(index)
            work.extend(blocks[index].succs)
    returns = any(isinstance(code.code[blocks[index].end - 1], ir.Return) for index in seen)
    return frozenset(seen - {home}) if returns else frozenset()
