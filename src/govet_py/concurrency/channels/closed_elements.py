"""Channels that are found in a map and closed, and stay in the map for others to find.

`s, ok := m[id]; if ok { close(s.done) }` without `delete(m, id)`, where another close gets at the elements of the same
map. Nothing of the element is asked before the close but whether it is there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member, member_at, member_of
from govet_py.callgraph.uses import operands
from govet_py.concurrency.channels.channel_model import Closed, Closing, Op
from govet_py.concurrency.channels.runs import Runs
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.types import Map

MAX_TESTS = 6
MAX_CALLERS = 2


class _Found(NamedTuple):
    """`op` closes field `channel` of an element of map `found_in`, by a lookup or (`ranged`) one after the other."""

    op: Op
    channel: Member | None
    found_in: Member
    ranged: bool


def closed_elements(code: Code, runs: Runs, closes: list[Op]) -> Iterator[Closing]:
    """One finding a close."""
    found = [one for op in closes if not runs.is_once(op.function) and (one := _found(code, op)) is not None]
    for one in found:
        others = [
            other
            for other in found
            if other.op != one.op and (other.channel, other.found_in) == (one.channel, one.found_in)
        ]
        if others and not one.ranged and _is_untested(code, one.op) and not _is_taken_out(code, runs, one):
            yield Closing(None, one.op, others[0].op, Closed.STAYS)


def _found(code: Code, op: Op) -> _Found | None:
    """What a close says of the element that has the channel, or is the channel."""
    function = code.function(op.function)
    call = function.code[op.register]
    register = call.args[0] if isinstance(call, ir.Call) else ir.NONE
    channel = member_of(code.program, function, register)
    step = function.code[register]
    if isinstance(step, ir.Selector):
        register = step.base
    return _element(code, function, op, register, channel)


def _element(code: Code, function: FunctionCode, op: Op, register: int, channel: Member | None) -> _Found | None:
    """The map that a register is an element of."""
    taken = function.taken_by(register)
    match function.code[taken] if taken != ir.NONE else None:
        case ir.Index() as step:
            return _in_map(code, function, op, step.base, channel, False)
        case ir.Next() as step:
            ranged = function.code[step.range]
            base = ranged.base if isinstance(ranged, ir.Range) else ir.NONE
            return _in_map(code, function, op, base, channel, True)
    return None


def _in_map(
    code: Code, function: FunctionCode, op: Op, base: int, channel: Member | None, ranged: bool
) -> _Found | None:
    member = member_of(code.program, function, base) if base >= 0 else None
    is_map = member is not None and isinstance(code.program.underlying(function.type_of(base)), Map)
    return _Found(op, channel, member, ranged) if member is not None and is_map else None


def _is_untested(code: Code, op: Op) -> bool:
    """Whether nothing is asked before a close but for values of variables: no field, no call, no other channel."""
    function = code.function(op.function)
    block = function.block_of(op.register)
    for _ in range(MAX_TESTS):
        before = function.predecessors[block]
        if len(before) != 1:
            return not before
        last = function.code[function.function.blocks[before[0]].end - 1]
        if isinstance(last, ir.Select | ir.Switch | ir.TypeSwitch):
            return False
        if isinstance(last, ir.If) and not _asks_variables(function, last.cond):
            return False
        block = before[0]
    return False


def _asks_variables(function: FunctionCode, register: int) -> bool:
    step = function.code[register]
    if isinstance(step, ir.Load | ir.Const):
        return True
    parts = [one for one in operands(step) if one >= 0]
    return isinstance(step, ir.Unary | ir.Binary) and all(_asks_variables(function, one) for one in parts)


def _is_taken_out(code: Code, runs: Runs, found: _Found) -> bool:
    """Whether the function of a close, or one of its callers, takes elements out of the map or renews the channel."""
    around = {found.op.function}
    for _ in range(MAX_CALLERS):
        around |= {use.caller for one in around for use in runs.uses(one) if use.caller}
    return any(_changes(code, code.function(id), found) for id in around) or _renews_below(code, found)


def _renews_below(code: Code, found: _Found) -> bool:
    """Whether a function that the one with the close calls takes elements out."""
    function = code.function(found.op.function)
    for register in function.of_kind(ir.Call):
        callee = function.callee(register)
        target = code.get(callee.function) if isinstance(callee, p.Static) else None
        if target is not None and _changes(code, target, found):
            return True
    return False


def _changes(code: Code, function: FunctionCode, found: _Found) -> bool:
    for register in function.of_kind(ir.Call, ir.SetField, ir.SetIndex, ir.SetName):
        step = function.code[register]
        if isinstance(step, ir.Call):
            builtin = function.callee(register)
            taken = isinstance(builtin, p.BuiltinCall) and builtin.name in ("delete", "clear")
            if taken and member_of(code.program, function, step.args[0]) == found.found_in:
                return True
        elif isinstance(step, ir.SetIndex):
            if member_of(code.program, function, step.base) == found.found_in:
                return True
        elif member_at(code.program, function, register) in (found.found_in, found.channel):
            return True
    return False
