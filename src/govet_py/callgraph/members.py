"""Which field of which type, or which package variable, an expression speaks of.

A *member* names a place by type and field, for all objects of the type alike: the abstraction for what
is compared across functions that share no frame.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govet_py.callgraph.code import FunctionCode
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.program import Program
from govet_py.model.types import Named, Struct, deref

MAX_HOPS = 8


class Member(NamedTuple):
    """Field `name` of type `owner`, or package variable `name` of `package` when owner is ""."""

    package: str
    owner: str
    name: str

    def __str__(self) -> str:
        package = self.package.rpartition("/")[2]
        return ".".join(part for part in (package, self.owner, self.name) if part)


def member_of(program: Program, code: FunctionCode, register: int, via: tuple[str, ...] = ()) -> Member | None:
    """The member that a register was read from, through local copies; None for anything else.
    `via` are embedded fields walked further (`s.Lock()` with an embedded Mutex)."""
    if via:
        return _field(program, code, register, via)
    for _ in range(MAX_HOPS):
        instruction = code.code[register]
        if isinstance(instruction, ir.Load | ir.Addr):
            register = code.value_of(instruction.var)
            if register == ir.NONE or isinstance(instruction, ir.Addr):
                return None
        elif isinstance(instruction, ir.Deref | ir.SliceOf):
            register = instruction.base
        else:
            return member_at(program, code, register)
    return None


def receiver_member(program: Program, code: FunctionCode, call: int) -> Member | None:
    """The member whose method a call names; None for other calls."""
    callee = code.callee(call)
    if not isinstance(callee, p.Static | p.Interface) or callee.receiver == ir.NONE:
        return None
    return member_of(program, code, callee.receiver, callee.via)


def owner_of(code: FunctionCode, register: int) -> int | None:
    """The register of the object whose field `register` reads, None when it reads none."""
    what = code.denotes(register) if isinstance(code.code[register], ir.Selector | ir.FieldAddr) else None
    return what.base if isinstance(what, p.FieldRef) else None


def member_at(program: Program, code: FunctionCode, register: int) -> Member | None:
    """The member that the instruction at `register` itself reads, or sets the field of."""
    instruction = code.code[register]
    if type(instruction) is ir.SetField:
        found = program.field(code.type_of(instruction.base), instruction.name)
        return _field(program, code, instruction.base, found[1]) if found else None
    if type(instruction) is ir.SetName:
        return Member(code.package, "", instruction.name)
    if type(instruction) not in (ir.Name, ir.Selector, ir.FieldAddr):
        return None
    what = code.denotes(register)
    if isinstance(what, p.VariableRef):
        return Member(what.package, "", what.name)
    return _field(program, code, what.base, what.path) if isinstance(what, p.FieldRef) else None


def fields_put(program: Program, code: FunctionCode, register: int) -> Iterator[tuple[Member, int]]:
    """What an assignment, or a struct literal, puts into fields: the registers of the values."""
    step = code.code[register]
    if isinstance(step, ir.SetField):
        member = member_at(program, code, register)
        if member is not None:
            yield member, step.value
    elif isinstance(owner := deref(code.type_of(register)), Named):
        for name, value in literal_fields(program, code, register):
            yield Member(owner.package, owner.name, name), value


def _field(program: Program, code: FunctionCode, base: int, path: tuple[str, ...]) -> Member | None:
    owner = deref(code.type_of(base))
    for name in path[:-1]:
        found = program.field(owner, name)
        owner = deref(found[0]) if found else owner
    return Member(owner.package, owner.name, path[-1]) if isinstance(owner, Named) and path else None


def literal_fields(program: Program, code: FunctionCode, register: int) -> Iterator[tuple[str, int]]:
    """The fields that a struct literal sets, by name or by position, with the registers of their values."""
    made = code.code[register]
    if not isinstance(made, ir.Composite):
        return
    names: tuple[str | int | None, ...] = made.keys
    if None in names:
        shape = program.underlying(deref(code.type_of(register)))
        names = tuple(field.name for field in shape.fields) if isinstance(shape, Struct) else ()
    for name, value in zip(names, made.values, strict=False):
        if isinstance(name, str):
            yield name, value
