"""The way from a branch in a loop back to the loop, and what happens on it."""

from __future__ import annotations

from collections.abc import Set

from govet_py.callgraph.code import FunctionCode
from govet_py.concurrency.flow.control import reaches
from govet_py.knowledge.channels import EXIT_NAMES, NO_RETURN
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.source import span_end, span_start


def way_round(
    code: FunctionCode, block: int, position: int, loop: int, inside: frozenset[int]
) -> frozenset[int] | None:
    """The blocks of a branch up to where it joins the others, None when it can leave the loop."""
    blocks, header = code.function.blocks, code.function.loops[loop].header
    branches = blocks[block].succs
    mine = _turn(code, {branches[position]}, header)
    if not mine <= inside or not all(blocks[at].succs for at in mine):
        return None
    return mine - _turn(code, {at for at in branches if at != branches[position]}, header)


def _turn(code: FunctionCode, starts: Set[int], header: int) -> frozenset[int]:
    """The blocks that control comes to before the next turn of a loop."""
    seen: set[int] = set()
    work = list(starts)
    while work:
        at = work.pop()
        if at != header and at not in seen:
            seen.add(at)
            work.extend(code.function.blocks[at].succs)
    return frozenset(seen)


def broken_out(
    code: FunctionCode, block: int, position: int, loop: int, inside: frozenset[int]
) -> frozenset[int] | None:
    """The blocks of a branch up to a `break` in it that leaves no more than the statement with the branch, so that the
    loop may go round; None without one."""
    blocks, header = code.function.blocks, code.function.loops[loop].header
    seen: set[int] = set()
    work = [blocks[block].succs[position]]
    while work:
        at = work.pop()
        last = blocks[at].end - 1
        if at not in inside or at in seen or isinstance(code.code[last], ir.Switch | ir.TypeSwitch | ir.Select):
            continue
        seen.add(at)
        if isinstance(code.code[last], ir.Jump) and _is_break(code, last):
            joined = blocks[at].succs[0]
            others = (way for way in blocks[block].succs if way != blocks[block].succs[position])
            if joined in inside and joined != header and reaches(code, joined, header, inside):
                if any(reaches(code, way, joined, inside - {header}) for way in others):
                    return frozenset(seen)
        elif code.loop_of(last) == loop:
            work.extend(blocks[at].succs)
    return None


def _is_break(code: FunctionCode, jump: int) -> bool:
    """Whether a jump is a bare `break`: its source is as long, and that of no other statement that jumps is."""
    span = code.function.spans[jump]
    return span_end(span) - span_start(span) == len("break")


def changes(code: FunctionCode, way: frozenset[int], inside: frozenset[int]) -> bool:
    """Reports whether a branch changes what the rest of the loop goes by: a variable that it tests or a channel that it
    selects on; or does not come back from a call."""
    read = {i.var for at in inside - way for i in _instructions(code, at) if isinstance(i, ir.Load)}
    for at in way:
        for register in range(code.function.blocks[at].start, code.function.blocks[at].end):
            match code.code[register]:
                case ir.Store() as store if store.var in read:
                    return True
                case ir.SetField() | ir.SetName() | ir.SetDeref() | ir.SetIndex():
                    return True
                case ir.Call() if _exits(code, register):
                    return True
    return False


def _instructions(code: FunctionCode, block: int) -> tuple[ir.Instruction, ...]:
    return code.code[code.function.blocks[block].start : code.function.blocks[block].end]


def _exits(code: FunctionCode, call: int) -> bool:
    callee = code.callee(call)
    if isinstance(callee, p.BuiltinCall):
        return callee.name == "panic"
    name = callee.function if isinstance(callee, p.Static) else ""
    last = name.rpartition(".")[2]
    return name in NO_RETURN or last.startswith(EXIT_NAMES)
