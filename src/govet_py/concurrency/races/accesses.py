"""Every access of a member in a program: the material from which guards are inferred."""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.concurrency.locks.guards import Access, GuardedMembers
from govet_py.knowledge import concurrency as knows
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import EffectKind
from govet_py.model.types import Map, Named, Type, deref


def map_accesses(code: Code, members: GuardedMembers) -> Iterator[Access]:
    """Every access of a map that is a field or a package variable."""
    for id in code.ids():
        function = code.function(id)
        for register, instruction in enumerate(function.code):
            for base, kind in _map_operands(function, register, instruction):
                if isinstance(code.program.underlying(function.type_of(base)), Map):
                    access = members.access(function, register, base, kind)
                    if access is not None:
                        yield access


def _map_operands(code: FunctionCode, register: int, instruction: ir.Instruction) -> Iterator[tuple[int, EffectKind]]:
    match instruction:
        case ir.SetIndex():
            yield instruction.base, EffectKind.WRITE
        case ir.Index() | ir.Range():
            yield instruction.base, EffectKind.READ
        case ir.Call():
            callee = code.callee(register)
            name = callee.name if isinstance(callee, p.BuiltinCall) else ""
            name = callee.function if isinstance(callee, p.Static) else name
            for table, kind in ((knows.MAP_WRITERS, EffectKind.WRITE), (knows.MAP_READERS, EffectKind.READ)):
                if name in table and table[name] < len(instruction.args):
                    yield instruction.args[table[name]], kind


def field_accesses(code: Code, members: GuardedMembers) -> Iterator[Access]:
    """Every read and write of a field whose struct has a lock, and of a variable whose package has one."""
    owners = members.lock_owners
    for id in code.ids():
        function = code.function(id)
        for register, instruction in enumerate(function.code):
            access = _field_access(function, members, register, instruction)
            if access is None or (access.member.package, access.member.owner) not in owners:
                continue
            type_ = function.type_of(_operand(register, instruction))
            if not _is_synchronised(type_) and not _is_map_use(code, access, type_):
                yield access


def _field_access(
    code: FunctionCode, members: GuardedMembers, register: int, instruction: ir.Instruction
) -> Access | None:
    match instruction:
        case ir.SetField():
            return members.field_access(code, register, instruction.base, instruction.name, EffectKind.WRITE)
        case ir.SetName():
            return members.variable_access(code, register, instruction.name)
        case ir.Selector() | ir.Name():
            return members.access(code, register, register, EffectKind.READ)
    return None


def _operand(register: int, instruction: ir.Instruction) -> int:
    return instruction.value if isinstance(instruction, ir.SetField | ir.SetName) else register


def _is_map_use(code: Code, access: Access, type_: Type) -> bool:
    """Reading a field to use the map it refers to is the map's access, told by its own rule."""
    return access.kind == EffectKind.READ and isinstance(code.program.underlying(type_), Map)


def _is_synchronised(type_: Type) -> bool:
    named = deref(type_)
    return isinstance(named, Named) and named.package in knows.SYNCHRONISED
