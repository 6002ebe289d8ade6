"""Closes that first look whether the channel is closed: two goroutines that look at once both find it open.

The look is a receive in a `select` with a default, in front of the close or in a function that tells what it found. A
lock that is held from the look to the close makes them one step; so may a mark of the same object that is asked as
well: it may be set under a lock that is given back before the close.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member, member_of
from govet_py.callgraph.parameters import argument_of
from govet_py.callgraph.uses import operands
from govet_py.concurrency.flow.conditions import plain_condition
from govet_py.concurrency.flow.control import decisions
from govet_py.concurrency.flow.dependence import decides
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.source import Site
from govet_py.model.types import Named, deref

MAX_TESTS = 8


def is_decided_by_look(code: Code, site: Site) -> bool:
    """Reports whether the close at a site is decided by a look at its channel alone."""
    function = code.enclosing(site)
    if function is None:
        return False
    closes = (at for at in function.of_kind(ir.Call) if function.site(at) == site)
    return any(is_looked_for(code, function, at) for at in closes)


def is_looked_for(code: Code, function: FunctionCode, close: int) -> bool:
    """Reports whether an instruction is a close that is decided by a look at its channel alone."""
    call = function.code[close]
    if not isinstance(call, ir.Call) or function.callee(close) != p.BuiltinCall("close"):
        return False
    channel, looks = call.args[0], False
    member = member_of(code.program, function, channel)
    for at, position in decisions(function, close, MAX_TESTS):
        if _asks_channel(code, function, function.code[at], position, channel):
            looks = True
        elif any(_asks_state(code, function, one, member) for one in _asked(function.code[at])):
            return False
    return looks


def _asked(branch: ir.Instruction) -> Iterator[int]:
    """The registers of what a branch asks."""
    return (one for one in decides(branch) if one >= 0) if isinstance(branch, ir.If | ir.Switch) else iter(())


def _asks_channel(code: Code, function: FunctionCode, branch: ir.Instruction, position: int, channel: int) -> bool:
    """Whether a branch that goes to its successor `position` looks if the channel is closed."""
    if isinstance(branch, ir.Select):
        default = branch.has_default and position == len(branch.cases)
        return default and any(_is_same(code, function, case.chan, channel) for case in _receives(branch))
    return any(_calls_look(code, function, plain_condition(function, one)[1], channel) for one in _asked(branch))


def _receives(select: ir.Select) -> Iterator[ir.SelectCase]:
    return (case for case in select.cases if case.value == ir.NONE)


def _is_same(code: Code, function: FunctionCode, one: int, other: int) -> bool:
    """Whether two registers of a function hold the same channel: of one variable, or of a field by its type."""
    step = function.code[one]
    if isinstance(step, ir.Load) and step == function.code[other]:
        return True
    member = member_of(code.program, function, one)
    return member is not None and member == member_of(code.program, function, other)


def _calls_look(code: Code, function: FunctionCode, register: int, channel: int) -> bool:
    """Whether a call asks a function that looks at the channel, and tells what it found."""
    call = function.code[register]
    callee = function.callee(register) if isinstance(call, ir.Call) else None
    target = code.get(callee.function) if isinstance(callee, p.Static) else None
    if target is None or len(target.function.signature.results) != 1:
        return False
    params = target.function.params
    for at in target.of_kind(ir.Select):
        select = target.code[at]
        for case in _receives(select) if isinstance(select, ir.Select) and select.has_default else ():
            read = target.code[case.chan]
            if isinstance(read, ir.Load) and read.var in params:
                given = argument_of(target, function, register, params.index(read.var))
                if given != ir.NONE and _is_same(code, function, given, channel):
                    return True
            elif (member := member_of(code.program, target, case.chan)) is not None:
                if member == member_of(code.program, function, channel):
                    return True
    return False


def _asks_state(code: Code, function: FunctionCode, register: int, channel: Member | None) -> bool:
    """Whether a condition asks a field or method of the object that has the channel, or a captured variable."""
    step = function.code[register]
    match step:
        case ir.Load():
            captured = function.body.vars[step.var].owner != function.index
            return captured and len(code.stores(function, step.var)) > 1
        case ir.Selector() if channel is not None:
            owner = deref(function.type_of(step.base))
            return isinstance(owner, Named) and (owner.package, owner.name) == (channel.package, channel.owner)
        case ir.Call():
            return _asks_state(code, function, step.callee, channel)
    return any(_asks_state(code, function, one, channel) for one in operands(step) if one >= 0)
