"""Loops that do something in each of their rounds: when they have ended it has been done.

A loop with a range or a counter is taken to have as many rounds as it needs: one that receives once for each
goroutine of a loop before it has received from all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from govet_py.callgraph.code import FunctionCode
from govet_py.concurrency.flow.control import loop_blocks
from govet_py.concurrency.flow.loop_bounds import is_endless
from govet_py.model import ir


def round_ends(code: FunctionCode, points: Iterable[float]) -> Iterator[float]:
    """Where the loops end that come to one of the points in each round. A point lies at a register, or half a step
    before the first one of a block, and so does the end."""
    by_loop: dict[int, set[float]] = {}
    for point in points:
        by_loop.setdefault(code.loop_of(int(point + 0.5)), set()).add(point)
    for loop, inside in by_loop.items():
        if loop != ir.NONE:
            yield from _end(code, loop, inside)


def replaced(code: FunctionCode, call: int, made: int) -> frozenset[float]:
    """Where the variable by which a call in a loop gets what was made at a register, before the loop, is given
    something else: what another round gives to the call is another thing."""
    given = code.code[call]
    operands = given.args if isinstance(given, ir.Call) else ()
    for at in (code.receiver_of(call), *operands):
        while at >= 0 and isinstance(load := code.code[at], ir.Load):
            if made in code.values_of(load.var):
                return frozenset(store for store in code.stores.get(load.var, ()) if code.stored(store) != made)
            at = code.value_of(load.var)
    return frozenset()


def turns(code: FunctionCode, register: int) -> Iterator[int]:
    """The loops whose element of the round an instruction is about: a call is given it, a field is its."""
    step = code.code[register]
    given = step.args if isinstance(step, ir.Call) else ()
    base = code.receiver_of(register) if isinstance(step, ir.Call) else getattr(step, "base", ir.NONE)
    for at in (base, *given):
        while at >= 0 and isinstance(read := code.code[at], ir.Selector | ir.Load):
            at = read.base if isinstance(read, ir.Selector) else code.value_of(read.var)
        taken = code.code[at] if at >= 0 else None
        if isinstance(taken, ir.Extract) and taken.index == 1 and isinstance(code.code[taken.tuple], ir.Next):
            yield code.loop_of(at)


def _end(code: FunctionCode, loop: int, points: set[float]) -> Iterator[float]:
    blocks, header = code.function.blocks, code.function.loops[loop].header
    inside = loop_blocks(code, loop)
    if not isinstance(code.code[blocks[header].end - 1], ir.If) or is_endless(code, loop, inside):
        return
    left = [at for at in blocks[header].succs if at not in inside]
    begins = [at for at in blocks[header].succs if at in inside]
    if len(left) != 1 or len(begins) != 1 or not set(code.predecessors[left[0]]) <= inside:
        return
    if {header, left[0]}.isdisjoint(_without(code, begins[0], points)):
        yield blocks[left[0]].start - 0.5


def _without(code: FunctionCode, start: int, points: set[float]) -> set[int]:
    """The blocks that control comes to from the start of one without passing a point."""
    blocks = code.function.blocks
    reached, work = set[int](), [start]
    while work:
        index = work.pop()
        if index not in reached:
            reached.add(index)
            block = blocks[index]
            if not any(block.start - 0.5 <= point < block.end for point in points):
                work.extend(block.succs)
    return reached
