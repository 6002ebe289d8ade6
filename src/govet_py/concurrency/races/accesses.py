"""Every access of a member in a program: the material from which guards are inferred."""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.map_uses import handed
from govet_py.callgraph.members import MAX_HOPS, Member, member_of
from govet_py.callgraph.shown import Shown
from govet_py.concurrency.effects.taken_out import TakenOut
from govet_py.concurrency.locks.guards import GuardedMembers
from govet_py.concurrency.locks.member_access import Access
from govet_py.concurrency.races.call_sites import at_calls
from govet_py.knowledge import concurrency as knows
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import EffectKind
from govet_py.model.program import Program
from govet_py.model.types import Map, Named, Type, deref
from govet_py.resolve.elements import range_over


def map_accesses(code: Code, calls: CallGraph, members: GuardedMembers) -> Iterator[Access]:
    """Every access of a map that is a field or a package variable, or an element of such a map; not of one that was
    taken out of it."""
    taken_out = TakenOut(code)
    shown = Shown(code, calls)
    for id in code.ids():
        function = code.function(id)
        updated = {function.code[at][:2] for at in function.of_kind(ir.SetIndex)}
        for register in function.of_kind(ir.SetIndex, ir.Index, ir.Range, ir.Call):
            instruction = function.code[register]
            if isinstance(instruction, ir.Index) and instruction in updated:
                continue  # `m[k] += n` is one access
            for base, kind in _map_operands(function, register, instruction, shown):
                if isinstance(code.program.underlying(function.type_of(base)), Map):
                    if taken_out.holds(function, base, register):
                        continue
                    access = members.access(function, register, base, kind)
                    if access is None:
                        access = _element_access(code, members, function, register, base, kind)
                    if access is not None:
                        yield access


def map_member(program: Program, code: FunctionCode, register: int) -> Member | None:
    """The member that a map was read from; one that stands for all elements of a map of maps for those."""
    member = member_of(program, code, register)
    if member is None:
        outer = container_of(program, code, register)
        member = member_of(program, code, outer) if outer is not None else None
        return member._replace(name=f"{member.name}[…]") if member is not None else None
    return member


def _element_access(
    code: Code, members: GuardedMembers, function: FunctionCode, register: int, base: int, kind: EffectKind
) -> Access | None:
    outer = container_of(code.program, function, base)
    access = members.access(function, register, outer, kind) if outer is not None else None
    member = map_member(code.program, function, base)
    return access._replace(member=member) if access is not None and member is not None else None


def container_of(
    program: Program, code: FunctionCode, register: int, kinds: tuple[type, ...] = (Map,)
) -> int | None:
    """The register of the map that something was looked up in; where it had none, one may have been made instead."""
    for _ in range(MAX_HOPS):
        step = code.code[register]
        match step:
            case ir.Load():
                looked_up = [value for value in code.values_of(step.var) if not _is_made(code, value)]
                if len(looked_up) != 1:
                    return None
                register = looked_up[0]
            case ir.Extract():
                register = step.tuple
            case ir.Next():
                over = range_over(code.code, step)
                return over if isinstance(program.underlying(code.type_of(over)), kinds) else None
            case ir.Index():
                return step.base if isinstance(program.underlying(code.type_of(step.base)), kinds) else None
            case _:
                return None
    return None


def _is_made(code: FunctionCode, register: int) -> bool:
    callee = code.callee(register) if isinstance(code.code[register], ir.Call) else None
    made = isinstance(callee, p.BuiltinCall) and callee.name == "make"
    return made or isinstance(code.code[register], ir.Composite | ir.Zero)


def written_map(program: Code, code: FunctionCode, register: int) -> int:
    """The register of the map that an instruction writes to or deletes from, NONE where it does neither."""
    uses = _map_operands(code, register, code.code[register])
    base = next((base for base, kind in uses if kind == EffectKind.WRITE), ir.NONE)
    is_map = base != ir.NONE and isinstance(program.program.underlying(code.type_of(base)), Map)
    return base if is_map else ir.NONE


def _map_operands(
    code: FunctionCode, register: int, instruction: ir.Instruction, shown: Shown | None = None
) -> Iterator[tuple[int, EffectKind]]:
    match instruction:
        case ir.SetIndex():
            yield instruction.base, EffectKind.WRITE
        case ir.Index() | ir.Range():
            yield instruction.base, EffectKind.READ
        case ir.Call():
            yield from handed(code, register, instruction, shown)


def field_accesses(code: Code, calls: CallGraph, members: GuardedMembers) -> Iterator[Access]:
    """Every read and write of a field whose struct has a lock, or methods that leave the lock to their callers, and of
    a variable whose package has one; what is left to callers where these call. What is promoted from a struct without
    a lock counts as a field of the struct that embeds it, where its methods read it."""
    return at_calls(code, calls, members, _as_they_stand(code, members))


def _as_they_stand(code: Code, members: GuardedMembers) -> Iterator[Access]:
    owners = members.lock_owners | _locked_by_callers(code)
    for id in code.ids():
        function = code.function(id)
        for register in function.of_kind(ir.SetField, ir.SetName, ir.Selector, ir.Name):
            instruction = function.code[register]
            member = _member(code, function, register, instruction)
            if member is None:
                continue
            promoted = None
            if (member.package, member.owner) not in owners:
                promoted = _promoted(function, register, owners)
                if promoted is None:
                    continue
            access = _field_access(function, members, register, instruction, promoted)
            if access is None:
                continue
            type_ = function.type_of(_operand(register, instruction))
            if not is_synchronised(type_) and not _is_map_use(code, access, type_):
                yield access


def _locked_by_callers(code: Code) -> frozenset[tuple[str, str]]:
    """The types, as (package, name), with a method whose name says that its callers hold a lock."""
    methods = ((code.function(id).package, id) for id in code.ids() if id.endswith(knows.CALLER_LOCKS))
    return frozenset((package, id.removeprefix(f"{package}.").rpartition(".")[0]) for package, id in methods)


def _member(program: Code, code: FunctionCode, register: int, instruction: ir.Instruction) -> Member | None:
    """What `_field_access` finds the access of."""
    match instruction:
        case ir.SetField():
            return member_of(program.program, code, instruction.base, (instruction.name,))
        case ir.SetName():
            return Member(code.package, "", instruction.name)
    return member_of(program.program, code, register)


def _field_access(
    code: FunctionCode, members: GuardedMembers, register: int, instruction: ir.Instruction,
    promoted: p.FieldRef | None,
) -> Access | None:
    if promoted is not None:
        access = members.field_access(code, register, promoted.base, promoted.path[-1], EffectKind.READ)
        return access._replace(promoted=True) if access is not None else None
    match instruction:
        case ir.SetField():
            return members.field_access(code, register, instruction.base, instruction.name, EffectKind.WRITE)
        case ir.SetName():
            return members.variable_access(code, register, instruction.name)
        case ir.Selector() | ir.Name():
            return members.access(code, register, register, EffectKind.READ)
    return None


def _promoted(code: FunctionCode, register: int, owners: frozenset[tuple[str, str]]) -> p.FieldRef | None:
    """What a selector reads through an embedded field of a struct that has a lock."""
    what = code.denotes(register) if isinstance(code.code[register], ir.Selector) else None
    if not isinstance(what, p.FieldRef) or len(what.path) < 2:
        return None
    owner = deref(code.type_of(what.base))
    if not isinstance(owner, Named) or not code.id.startswith(f"{owner.package}.{owner.name}."):
        return None
    return what if (owner.package, owner.name) in owners else None


def _operand(register: int, instruction: ir.Instruction) -> int:
    return instruction.value if isinstance(instruction, ir.SetField | ir.SetName) else register


def _is_map_use(code: Code, access: Access, type_: Type) -> bool:
    """Reading a field to use the map it refers to is the map's access, told by its own rule."""
    return access.kind == EffectKind.READ and isinstance(code.program.underlying(type_), Map)


def is_synchronised(type_: Type) -> bool:
    """Reports whether values of a type are for several goroutines by themselves."""
    named = deref(type_)
    return isinstance(named, Named) and named.package in knows.SYNCHRONISED
