"""Maps that leave their lock inside something new: a shallow copy of a map of maps, a snapshot with a map in a field.

The function takes the lock, makes the container and gives it back, or sends it: whoever has it uses the maps in it
without the lock. A map that the function takes away from where it was is its receiver's alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member, member_at
from govet_py.callgraph.uses import sends_of
from govet_py.concurrency.locks.guards import GuardedMembers
from govet_py.concurrency.locks.lent_locks import NO_GUARDS
from govet_py.concurrency.locks.member_access import Access
from govet_py.concurrency.races.accesses import map_member, written_map
from govet_py.knowledge import concurrency as knows
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import EffectKind
from govet_py.model.types import Map


def let_out(code: Code, members: GuardedMembers) -> Iterator[Access]:
    """The places where a map is put into a container that leaves the lock which the function holds there."""
    for id in code.ids():
        function = code.function(id)
        if members.takes_locks(function) and function.of_kind(ir.Return, ir.Send, ir.Select):
            yield from _let_out_by(code, members, function)


def _let_out_by(code: Code, members: GuardedMembers, function: FunctionCode) -> Iterator[Access]:
    for register, member in (*_put_by(code, members, function), *_copied_by(code, members, function)):
        if not _is_taken_away(code, function, member):
            access = members.named_access(member, EffectKind.READ, function, register)
            yield access._replace(guards=NO_GUARDS, own=NO_GUARDS, let_out=True)


def _put_by(code: Code, members: GuardedMembers, function: FunctionCode) -> Iterator[tuple[int, Member]]:
    """The maps that a function puts into what it gives away."""
    for register, container, value in puts(function):
        is_map = isinstance(code.program.underlying(function.type_of(value)), Map)
        if is_map and members.taken(function, register) and leaves(function, container):
            member = map_member(code.program, function, value)
            if member is not None:
                yield register, member


def _copied_by(code: Code, members: GuardedMembers, function: FunctionCode) -> Iterator[tuple[int, Member]]:
    """The elements of a map of maps of which a function gives a copy away."""
    for register in function.of_kind(ir.Call):
        call, callee = function.code[register], function.callee(register)
        at = knows.MAP_COPIES.get(callee.function) if isinstance(callee, p.Static) else None
        if isinstance(call, ir.Call) and at is not None and members.taken(function, register):
            shape = code.program.underlying(function.type_of(call.args[at]))
            of_maps = isinstance(shape, Map) and isinstance(code.program.underlying(shape.elem), Map)
            member = map_member(code.program, function, call.args[at]) if of_maps else None
            if member is not None and any(_is(function, given, register) for given in _given(function)):
                yield register, member._replace(name=f"{member.name}[…]")


def puts(code: FunctionCode) -> Iterator[tuple[int, int, int]]:
    """The instructions that put a value into a container, with the registers of both."""
    for register in code.of_kind(ir.SetIndex, ir.SetField, ir.Composite, ir.Call):
        step = code.code[register]
        match step:
            case ir.SetIndex() | ir.SetField():
                yield register, step.base, step.value
            case ir.Composite():
                yield from ((register, register, value) for value in step.values)
            case ir.Call() if step.args and code.callee(register) == p.BuiltinCall("append"):
                yield from ((register, step.args[0], value) for value in step.args[1:])


def leaves(code: FunctionCode, container: int) -> bool:
    """Whether a container that the function itself makes is given back or sent."""
    step = code.code[container]
    if not isinstance(step, ir.Load):
        return isinstance(step, ir.Composite) and any(_is(code, given, container) for given in _given(code))
    values = code.values_of(step.var)
    made = bool(values) and all(_is_made(code, value) for value in values)
    return made and any(_is_load(code, given, step.var) for given in _given(code))


def _given(code: FunctionCode) -> Iterator[int]:
    """What a function gives away: its results, and what it sends."""
    for register in code.of_kind(ir.Return, ir.Send, ir.Select):
        step = code.code[register]
        sent = (value for _, value, _ in sends_of(step))
        found = step.results if isinstance(step, ir.Return) else sent
        yield from (_unconverted(code, one) for one in found)


def _unconverted(code: FunctionCode, register: int) -> int:
    step = code.code[register]
    converts = isinstance(step, ir.Call) and isinstance(code.callee(register), p.Conversion)
    return step.args[0] if converts and isinstance(step, ir.Call) and step.args else register


def _is(code: FunctionCode, register: int, made: int) -> bool:
    """Whether a register holds what an instruction makes, kept in a variable or not."""
    step = code.code[register]
    return made in (code.values_of(step.var) if isinstance(step, ir.Load) else (register,))


def _is_load(code: FunctionCode, register: int, var: int) -> bool:
    step = code.code[register]
    return isinstance(step, ir.Load | ir.Addr) and step.var == var


def _is_made(code: FunctionCode, register: int) -> bool:
    step, callee = code.code[register], code.callee(register) if isinstance(code.code[register], ir.Call) else None
    made = isinstance(callee, p.BuiltinCall) and callee.name in ("make", "new", "append")
    return made or isinstance(step, ir.Composite | ir.Zero)


def _is_taken_away(code: Code, function: FunctionCode, member: Member) -> bool:
    """Whether the function itself replaces the map, or takes it out of the map that it was in."""
    outer = member._replace(name=member.name.partition("[")[0])
    for register in function.of_kind(ir.SetField, ir.SetName, ir.SetIndex, ir.Call):
        step = function.code[register]
        if isinstance(step, ir.SetField | ir.SetName) and member_at(code.program, function, register) == outer:
            return True
        base = written_map(code, function, register)
        if base != ir.NONE and map_member(code.program, function, base) == outer:
            return True
    return False
