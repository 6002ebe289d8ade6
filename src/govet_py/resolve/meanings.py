"""What names, selectors and calls in a body mean (Go spec, "Selectors", "Calls", "Method expressions")."""

from __future__ import annotations

from abc import ABC, abstractmethod
from contextlib import suppress
from typing import Any, TypeVar

from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.sharing import one
from govet_py.model.types import Interface, Named, Pointer, Type, TypeParam, Unknown, results_of
from govet_py.resolve.members import AbsentMember, FieldMember, InterfaceMember, Member, MethodMember, type_parameters
from govet_py.resolve.resolver import resolver_of
from govet_py.resolve.substitute import substitute

Selection = tuple[p.Denotation | None, Member | None]
T = TypeVar("T")
Table = list[list[T | None] | None]
"""What is known of the registers of a body, by function: a list takes less than a dictionary that is half as full."""

_NO_SELECTION: Selection = (None, None)
_NIL = p.NilRef()
_MAY_NAME = frozenset({ir.Name, ir.Selector, ir.TypeValue, ir.Index, ir.Deref})
"""Instructions that can stand for a package, a type or a function instead of a value."""

_UNDECLARED = p.UnknownCallee("nothing declares the name")
_UNKNOWN_BASE = p.UnknownCallee("the type of the operand is unknown")
_NO_MEMBER = p.UnknownCallee("the type has no such member")
_TOO_DEEP = p.UnknownCallee("the expression nests too deeply")
_NOT_CALLABLE = p.UnknownCallee("not something that can be called")


class Meanings(ABC):
    """Denotations and callees of one body, memoised; `BodyTypes` adds the types they depend on."""

    __slots__ = (
        "_codes", "_declared", "_meanings", "_members", "_names", "_parameters", "_path", "_program", "_resolver",
        "_scopes", "body",
    )

    def __init__(self, program: p.Program, id: p.FuncId) -> None:
        self._program = program
        self._resolver = resolver_of(program)
        self._scopes = self._resolver.scopes
        self._members = self._resolver.members
        self._declared = program.functions[id]
        self._path = self._declared.path
        self._names = self._scopes.names(self._path)
        self._parameters = type_parameters(self._declared)
        self.body = program.bodies[id]
        self._codes = [function.code for function in self.body.functions]
        self._meanings: Table[Selection | p.Callee] = [None] * len(self._codes)
        """Of selectors what they select, of calls what they run."""

    @abstractmethod
    def raw(self, function: int, register: int) -> Type:
        """The type of a register, untyped constants left untyped. May raise RecursionError."""

    def settle(self, function: int, register: int) -> None:
        """Infers everything that comes before a register, from the first one up, after a question about it
        has overflowed the stack: operands come before their users, so each step is shallow."""
        forget(self._meanings)
        for earlier in range(register):
            with suppress(RecursionError):
                self.raw(function, earlier)

    # -- denotations -------------------------------------------------------------------------------

    def denotes(self, function: int, register: int) -> p.Denotation | None:
        """What a Name, Selector or Index register stands for; None for a plain value. Never raises."""
        try:
            return self.denotation(function, register)
        except RecursionError:
            self.settle(function, register)
        try:
            return self.denotation(function, register)
        except RecursionError:
            return None

    def denotation(self, function: int, register: int) -> p.Denotation | None:
        """As `denotes`, but may raise RecursionError."""
        instruction = self._codes[function][register]
        kind = instruction.__class__
        if kind is ir.Selector:
            return self._selection(function, register, instruction)[0]  # type: ignore[arg-type]
        if kind is ir.Name:
            return self._name(instruction.name)  # type: ignore[union-attr]
        if kind is ir.TypeValue:
            return p.TypeRef(self.resolved(instruction.type))  # type: ignore[union-attr, arg-type]
        if kind is ir.Index:
            return self._instantiation(function, instruction)  # type: ignore[arg-type]
        if kind is ir.Deref:
            return self._pointer_type(function, instruction.base)  # type: ignore[union-attr]
        if kind is ir.Const:
            return _NIL if instruction.kind == "nil" else None  # type: ignore[union-attr]
        return None

    def resolved(self, type_: Type) -> Type:
        """A type expression of this body, resolved."""
        return self._scopes.resolve(type_, self._path, self._parameters)

    def _name(self, name: str) -> p.Denotation | None:
        if name in self._parameters:
            return p.TypeRef(TypeParam(name))
        names = self._names
        return names[name] if name in names else self._scopes.denote(self._path, name)

    def _instantiation(self, function: int, instruction: ir.Index) -> p.Denotation | None:
        """`f[int]` is f; `T[int]` is a type; anything else a value."""
        base = instruction.base
        if self._codes[function][base].__class__ not in _MAY_NAME:
            return None
        found = self.denotation(function, base)
        if isinstance(found, p.FunctionRef):
            return found
        if isinstance(found, p.TypeRef) and isinstance(found.type, Named):
            return p.TypeRef(found.type._replace(args=self.type_arguments(function, instruction.index)))
        return None

    def type_arguments(self, function: int, register: int) -> tuple[Type, ...]:
        """The types between the brackets of `f[K, V]`: several come as one Tuple; none for a value."""
        found = self.type_argument(function, register)
        return () if found is None else results_of(found)

    def type_argument(self, function: int, register: int) -> Type | None:
        """The type that a register denotes, or None for a value."""
        if self._codes[function][register].__class__ not in _MAY_NAME:
            return None
        found = self.denotation(function, register)
        return found.type if isinstance(found, p.TypeRef) else None

    def _pointer_type(self, function: int, base: int) -> p.Denotation | None:
        type_ = self.type_argument(function, base)
        return p.TypeRef(Pointer(type_)) if type_ is not None else None

    # -- selectors ---------------------------------------------------------------------------------

    def selected(self, function: int, register: int) -> Member | None:
        """The member that a Selector register reads, None for package members and other instructions."""
        instruction = self._codes[function][register]
        if not isinstance(instruction, ir.Selector):
            return None
        return self._selection(function, register, instruction)[1]

    def _selection(self, function: int, register: int, instruction: ir.Selector) -> Selection:
        meanings = self._meanings[function] or self._no_meanings(function)
        found = meanings[register]
        if found is None:
            meanings[register] = _NO_SELECTION
            found = meanings[register] = self._select(function, instruction.base, instruction.name)
        return found  # type: ignore[return-value]

    def _no_meanings(self, function: int) -> list[Selection | p.Callee | None]:
        found = self._meanings[function] = [None] * len(self._codes[function])
        return found

    def _select(self, function: int, base: int, name: str) -> Selection:
        if self._codes[function][base].__class__ in _MAY_NAME:
            owner = self.denotation(function, base)
            if owner.__class__ is p.PackageRef:
                found = self._scopes.member(owner.path, name)
                return found or p.VariableRef(owner.path, name), None
            if owner.__class__ is p.TypeRef:
                return self._method_expression(owner.type, name)
        member = self.member(self.raw(function, base), name)
        return _denoted(member, base, name), member

    def member(self, type_: Type, name: str) -> Member | None:
        """The member of a type; those of a type parameter are its constraint's."""
        return self._members.find(self.bound(type_), name)

    def bound(self, type_: Type) -> Type:
        """The type; for a type parameter its constraint."""
        return self._constraint(type_.name) if isinstance(type_, TypeParam) else type_

    def _constraint(self, name: str) -> Type:
        for parameter, constraint in self._declared.type_params:
            if parameter == name:
                return self.resolved(constraint)
        return self._receiver_constraint(name)

    def _receiver_constraint(self, name: str) -> Type:
        """The constraint of a receiver's type parameter stands at the type's declaration."""
        receiver = self._declared.receiver
        if receiver is None or name not in receiver.type_params:
            return Interface()
        owner = self._scopes.type_object(Named(self._declared.package, receiver.type_name))
        at = receiver.type_params.index(name)
        if owner is None or at >= len(owner.decl.constraints):
            return Interface()
        there = frozenset(owner.decl.type_params)
        renamed = {old: TypeParam(new) for old, new in zip(owner.decl.type_params, receiver.type_params, strict=False)}
        return substitute(self._scopes.resolve(owner.decl.constraints[at], owner.path, there), renamed)

    def _method_expression(self, type_: Type, name: str) -> Selection:
        member = self.member(type_, name)
        found = _denoted(member, ir.NONE, name)
        if isinstance(member, AbsentMember):
            found = p.FunctionRef(p.method_id(member.owner, name), ir.NONE, member.via)
        return (found._replace(method_expression=True) if isinstance(found, p.FunctionRef) else found), member

    # -- calls -------------------------------------------------------------------------------------

    def callee(self, function: int, register: int) -> p.Callee:
        """What a Call register runs. Never raises."""
        try:
            return self.called(function, register)
        except RecursionError:
            self.settle(function, register)
        try:
            return self.called(function, register)
        except RecursionError:
            return _TOO_DEEP

    def called(self, function: int, register: int) -> p.Callee:
        """As `callee`, but may raise RecursionError."""
        meanings = self._meanings[function] or self._no_meanings(function)
        found = meanings[register]
        if found is None:
            call = self._codes[function][register]
            if not isinstance(call, ir.Call):
                return _NOT_CALLABLE
            found = meanings[register] = self._called(function, call.callee)
        return _NOT_CALLABLE if found.__class__ is tuple else found  # type: ignore[return-value]

    def _called(self, function: int, operand: int) -> p.Callee:
        instruction = self._codes[function][operand]
        kind = instruction.__class__
        if kind is ir.Selector:
            found, member = self._selection(function, operand, instruction)  # type: ignore[arg-type]
            if found is None:
                return self._unknown_member(function, instruction)  # type: ignore[arg-type]
            if member.__class__ is AbsentMember and found.__class__ is p.FieldRef:
                id = p.method_id(member.owner, instruction.name)  # type: ignore[union-attr]
                return p.Static(id, instruction.base, member.via)  # type: ignore[union-attr]
            return self._named(found, operand)
        if kind is ir.Name:
            found = self._name(instruction.name)  # type: ignore[union-attr]
            return self._named(found, operand) if found is not None else _UNDECLARED
        if kind in _MAY_NAME:
            found = self.denotation(function, operand)
            return self._named(found, operand) if found is not None else p.Value(operand)
        return p.Value(operand) if kind is not ir.Const else _NOT_CALLABLE

    def _named(self, found: p.Denotation, operand: int) -> p.Callee:
        """The callee for what the called operand denotes."""
        kind = found.__class__
        if kind is p.FunctionRef:
            return one(p.Static(found.id, found.receiver, found.via))  # type: ignore[union-attr]
        if kind is p.InterfaceMethodRef:
            return p.Interface(*found)
        if kind is p.FieldRef:
            return p.Value(operand)
        if kind is p.VariableRef:
            return self._variable(found, operand)  # type: ignore[arg-type]
        if kind is p.BuiltinRef:
            return p.BuiltinCall(found.name)  # type: ignore[union-attr]
        if kind is p.TypeRef:
            return p.Conversion(found.type)  # type: ignore[union-attr]
        return _NOT_CALLABLE

    def _variable(self, found: p.VariableRef, operand: int) -> p.Callee:
        """A package variable holds a function; a member that no package declares is taken for one."""
        if self._scopes.variable(found.package, found.name) is not None:
            return p.Value(operand)
        return one(p.Static(f"{found.package}.{found.name}"))

    def _unknown_member(self, function: int, instruction: ir.Selector) -> p.Callee:
        base = self._members.underlying(self.raw(function, instruction.base))
        return _UNKNOWN_BASE if isinstance(base, Unknown) else _NO_MEMBER


def forget(table: Table[Any]) -> None:
    """Empties a table, in place: who works something out keeps its list at hand."""
    for known in table:
        if known is not None:
            known[:] = [None] * len(known)


def _denoted(member: Member | None, base: int, name: str) -> p.Denotation | None:
    if member is None:
        return None
    if member.__class__ is MethodMember:
        return one(p.FunctionRef(member.function.id, base, member.via))
    if member.__class__ is FieldMember:
        return one(p.FieldRef(base, member.path))
    if member.__class__ is InterfaceMember:
        return p.InterfaceMethodRef(member.interface, name, base, member.via, member.declared)
    return p.FieldRef(base, (*member.via, name))  # type: ignore[union-attr]
