"""Where a channel (or any reference) was allocated: a backward slice through the whole program.

From a register back through variables, parameters (to the arguments of all callers), results (to the
returns of callees), struct fields and package variables. A field is one abstract location a (type, field) pair, its
elements included: what is stored there anywhere may be read there everywhere, as in VTA.

Cost: one walk a query, bounded by MAX_STEPS; the index of field stores is built once.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Union

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member, fields_put, member_of
from govet_py.callgraph.reaching import ENTRY, Reaching, is_register
from govet_py.callgraph.values import ValueAnalysis
from govet_py.knowledge.concurrency import ELEMENTS_OF
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import AllocRoot, FunctionValue, VarRoot
from govet_py.model.types import Func, Named, Type
from govet_py.resolve.elements import range_over

MAX_STEPS = 2000
MAX_FUNCTION_STEPS = 300
Place = tuple[str, int]
Origin = Union[Member, AllocRoot, VarRoot]


class Slices:
    """Backward slices over registers, named by (function id, register)."""

    def __init__(self, code: Code, values: ValueAnalysis, calls: CallGraph) -> None:
        self._code = code
        self._values = values
        self._calls = calls

    def allocations(self, code: FunctionCode, register: int) -> frozenset[AllocRoot]:
        """The make, new and composite-literal sites that a register's value may come from."""
        return frozenset(AllocRoot(*at) for at in self.places(code, register) if self._allocates(*self._at(at)))

    def origins(self, code: FunctionCode, register: int) -> frozenset[Origin]:
        """All names that a register's value may have had on its way: where it was made, the fields and package
        variables it was kept in, local variables. What shares an origin may be one object."""
        found: set[Origin] = set()
        for at in self.places(code, register):
            function, place = self._at(at)
            if self._allocates(function, place):
                found.add(AllocRoot(*at))
            instruction = function.code[place]
            if isinstance(instruction, ir.Name | ir.Selector | ir.FieldAddr):
                member = member_of(self._code.program, function, place)
                found.update(() if member is None else (member,))
            elif isinstance(instruction, ir.Load | ir.Addr):
                found.add(VarRoot(function.body_id, instruction.var))
        return frozenset(found)

    def functions(self, code: FunctionCode, register: int) -> tuple[FunctionValue, ...]:
        """The function literals, functions and method values that a register may hold."""
        found: dict[FunctionValue, None] = {}
        for id, at in self.places(code, register, MAX_FUNCTION_STEPS):
            origin = self._code.function(id)
            if isinstance(origin.code[at], ir.MakeClosure | ir.Name | ir.Selector):
                values = self._values.of(origin, at)
                found.update((value, None) for value in values if isinstance(value, FunctionValue))
        return tuple(found)

    def callables(self, code: FunctionCode, register: int) -> tuple[str, ...]:
        """The ids of the functions that a register may hold; for a method of an interface those of all that
        implement it."""
        found = {value.function: None for value in self.functions(code, register)}
        for id, at in self.places(code, register, MAX_FUNCTION_STEPS):
            origin = self._code.function(id)
            what = origin.denotes(at) if isinstance(origin.code[at], ir.Selector) else None
            if isinstance(what, p.InterfaceMethodRef):
                found.update(dict.fromkeys(self._code.program.implementers(what.interface, what.method)))
        return tuple(found)

    def _at(self, place: Place) -> tuple[FunctionCode, int]:
        return self._code.function(place[0]), place[1]

    def places(self, code: FunctionCode, register: int, limit: int = MAX_STEPS) -> list[Place]:
        """Every register that the value of one may have come through, nearest first."""
        seen: dict[Place, None] = {}
        work: list[Place] = [(code.id, register)]
        while work and len(seen) < limit:
            place = work.pop()
            if place not in seen and place[1] >= 0:
                seen[place] = None
                work.extend(self._before(*self._at(place)))
        return list(seen)

    @staticmethod
    def _allocates(code: FunctionCode, register: int) -> bool:
        instruction = code.code[register]
        if isinstance(instruction, ir.Call):
            callee = code.callee(register)
            return isinstance(callee, p.BuiltinCall) and callee.name in ("make", "new")
        return isinstance(instruction, ir.Composite)

    def _before(self, code: FunctionCode, register: int) -> Iterator[Place]:
        match code.code[register]:
            case ir.Load() | ir.Addr() as use:
                yield from self._variable(code, register, use.var)
            case ir.Selector() | ir.FieldAddr() | ir.Name():
                yield from self._field(code, register)
            case ir.Index() | ir.IndexAddr() | ir.SliceOf() | ir.Deref() | ir.TypeAssert() as use:
                yield code.id, use.base
            case ir.Recv() as use:
                yield code.id, use.chan
            case ir.Extract() as use:
                yield from self._extracted(code, use)
            case ir.Composite() as use:
                yield from ((code.id, value) for value in use.values)
            case ir.Call() as use:
                yield from self._called(code, register, use, 0)

    def _variable(self, code: FunctionCode, register: int, var: int) -> Iterator[Place]:
        declared = code.body.vars[var]
        if is_register(declared):
            for definition in Reaching(code).definitions(register, var):
                if definition == ENTRY:
                    yield from self._parameter(code, var)
                else:
                    yield code.id, code.stored(definition)
            return
        yield from ((owner.id, value) for owner, value in self._code.values_of(code, var))
        yield from self._parameter(self._code.sibling(code, declared.owner), var)

    def _parameter(self, code: FunctionCode, var: int) -> Iterator[Place]:
        if var not in code.function.params:
            return
        if code.body.vars[var].kind == ir.VarKind.RECEIVER:
            yield from self._converted.get(_generic(code.types.var_type(var)), ())
        for caller, argument in self._calls.arguments(code, code.function.params.index(var)):
            yield caller.id, argument

    @cached_property
    def _converted(self) -> dict[Type, list[Place]]:
        """What is converted to each named function type, whatever its arguments: the receivers of its methods."""
        found: dict[Type, list[Place]] = {}
        for id, register in self._calls.conversions:
            code = self._code.function(id)
            type_, call = code.type_of(register), code.code[register]
            if isinstance(type_, Named) and isinstance(self._code.program.underlying(type_), Func):
                if isinstance(call, ir.Call):
                    found.setdefault(_generic(type_), []).extend((id, arg) for arg in call.args)
        return found

    def _extracted(self, code: FunctionCode, use: ir.Extract) -> Iterator[Place]:
        match code.code[use.tuple]:
            case ir.Call() as call:
                yield from self._called(code, use.tuple, call, use.index)
            case ir.Next() as step:
                yield code.id, range_over(code.code, step)
            case ir.Select() as select if use.index // 2 < len(select.cases):
                yield code.id, select.cases[use.index // 2].chan
            case _:
                yield code.id, use.tuple

    def _called(self, code: FunctionCode, register: int, call: ir.Call, index: int) -> Iterator[Place]:
        callee = code.callee(register)
        if hands_on(callee):
            yield from ((code.id, arg) for arg in call.args)
            return
        for target in self._calls.callees(code, register):
            for instruction in target.code:
                if isinstance(instruction, ir.Return) and index < len(instruction.results):
                    yield target.id, instruction.results[index]

    def _field(self, code: FunctionCode, register: int) -> Iterator[Place]:
        member = member_of(self._code.program, code, register)
        if member is not None:
            yield from self._stored.get(member, ())

    def stored(self, member: Member) -> list[Place]:
        """What is stored in a field or its elements anywhere."""
        return self._stored.get(member, [])

    @cached_property
    def _stored(self) -> dict[Member, list[Place]]:
        """What is stored in each field and package variable anywhere, elements included."""
        found: dict[Member, list[Place]] = {}
        for id in self._code.ids():
            code = self._code.function(id)
            for register in code.of_kind(ir.SetField, ir.Composite, ir.SetName, ir.SetIndex):
                for member, value in self._field_stores(code, register, code.code[register]):
                    found.setdefault(member, []).append((id, value))
        return found

    def _field_stores(
        self, code: FunctionCode, register: int, instruction: ir.Instruction
    ) -> Iterator[tuple[Member, int]]:
        match instruction:
            case ir.SetField() | ir.Composite():
                yield from fields_put(self._code.program, code, register)
            case ir.SetName():
                yield Member(code.package, "", instruction.name), instruction.value
            case ir.SetIndex():
                member = member_of(self._code.program, code, instruction.base)
                if member is not None:
                    yield member, instruction.value
                    yield member, instruction.index


def hands_on(callee: p.Callee) -> bool:
    """Reports whether the result of a call is its argument, or has its arguments' elements."""
    if isinstance(callee, p.Static):
        return callee.function in ELEMENTS_OF
    return isinstance(callee, p.Conversion) or (isinstance(callee, p.BuiltinCall) and callee.name in ELEMENTS_OF)


def _generic(type_: Type) -> Type:
    """A named type without type arguments."""
    return type_._replace(args=()) if isinstance(type_, Named) else type_
