"""Members: fields, methods and underlying types (Go spec, "Selectors", "Method sets").

Lenient on pointers: `x.f` finds the methods of T and *T alike, as the compiler has already agreed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, Union

from govet_py.model.program import FuncId, FuncObject, Package
from govet_py.model.types import (
    ERROR,
    UNKNOWN,
    Field,
    Func,
    Interface,
    Named,
    Pointer,
    Struct,
    Type,
)
from govet_py.resolve.scopes import Scopes
from govet_py.resolve.substitute import Arguments, substitute, substitute_signature
from govet_py.resolve.universe import ERROR_INTERFACE


class FieldMember(NamedTuple):
    """`path` is all field names from the base, the field's own last."""

    type: Type
    path: tuple[str, ...]


class MethodMember(NamedTuple):
    """A declared method of `owner`, reached through the embedded fields `via`."""

    function: FuncObject
    owner: Named
    via: tuple[str, ...]


class InterfaceMember(NamedTuple):
    """A method of interface `interface`, spelt out in `declared` (itself or one it embeds)."""

    interface: Type
    declared: Type
    signature: Func | None
    via: tuple[str, ...]


class AbsentMember(NamedTuple):
    """A member of a type whose package is not in the program, or promoted from the one such type that
    is embedded."""

    owner: Named
    via: tuple[str, ...]


Member = Union[FieldMember, MethodMember, InterfaceMember, AbsentMember]


class InterfaceMethod(NamedTuple):
    signature: Func
    declared: Type


class Members:
    """Member lookup over resolved types; memoised by type and name."""

    def __init__(self, packages: Mapping[str, Package], scopes: Scopes) -> None:
        self._packages = packages
        self._scopes = scopes
        self._underlying: dict[Type, Type] = {ERROR: ERROR_INTERFACE}
        self._found: dict[Type, dict[str, Member | None]] = {}
        self._methods: dict[Type, dict[str, InterfaceMethod]] = {}
        self._signatures: dict[FuncId, Func] = {}

    def underlying(self, type_: Type) -> Type:
        """The type behind names; UNKNOWN where a declaration is absent or defined by itself."""
        if not isinstance(type_, Named):
            return type_
        found = self._underlying.get(type_)
        if found is None:
            self._underlying[type_] = UNKNOWN
            found = self._underlying[type_] = self._underlying_of(type_)
        return found

    def _underlying_of(self, named: Named) -> Type:
        declared = self._scopes.type_object(named)
        if declared is None:
            return UNKNOWN
        decl = declared.decl
        behind = self._scopes.resolve(decl.type, declared.path, frozenset(decl.type_params))
        arguments = dict(zip(decl.type_params, named.args, strict=False))
        return self.underlying(substitute(behind, arguments))

    def signature(self, function: FuncObject) -> Func:
        """A function's resolved signature, type parameters left in."""
        found = self._signatures.get(function.id)
        if found is None:
            found = self._scopes.signature(function.signature, function.path, type_parameters(function))
            self._signatures[function.id] = found
        return found

    def method_signature(self, method: MethodMember) -> Func:
        """A method's signature with the type arguments of its receiver put in."""
        return substitute_signature(self.signature(method.function), self._receiver_arguments(method))

    @staticmethod
    def _receiver_arguments(method: MethodMember) -> Arguments:
        receiver = method.function.receiver
        if receiver is None or not method.owner.args:
            return {}
        return dict(zip(receiver.type_params, method.owner.args, strict=False))

    def find(self, type_: Type, name: str) -> Member | None:
        """What `x.name` is for x of `type_`, or None when it has no such member as far as known."""
        if type_.__class__ is Pointer:
            type_ = type_.elem
        known = self._found.get(type_)
        if known is None:
            known = self._found[type_] = {}
        if name not in known:
            known[name] = self._search(type_, name)
        return known[name]

    def _search(self, type_: Type, name: str) -> Member | None:
        """Breadth first over embedded fields: the shallowest wins. LIMIT: of several at one depth, the first."""
        level: list[tuple[Type, tuple[str, ...]]] = [(type_, ())]
        seen: set[Type] = set()
        absent: list[AbsentMember] = []
        while level:
            deeper: list[tuple[Type, tuple[str, ...]]] = []
            for current, via in level:
                if current in seen:
                    continue
                seen.add(current)
                found = self._own(current, name, via)
                if found is not None:
                    return found
                if self._is_absent(current):
                    absent.append(AbsentMember(current, via))  # type: ignore[arg-type]
                deeper.extend((embedded_type(f), (*via, f.name)) for f in self._embedded(current))
            level = deeper
        if len(absent) == 1:
            return absent[0]
        return AbsentMember(type_, ()) if isinstance(type_, Named) and self._is_stub(type_) else None

    def _is_stub(self, named: Named) -> bool:
        """Stubs leave members out, so what a stub type lacks may still be there."""
        package = self._packages.get(named.package)
        return package is not None and package.is_stub

    def _own(self, type_: Type, name: str, via: tuple[str, ...]) -> Member | None:
        """A member at depth zero."""
        if isinstance(type_, Named):
            method = self.declared_method(type_, name)
            if method is not None:
                return MethodMember(method, type_, via)
        behind = self.underlying(type_)
        if isinstance(behind, Struct):
            for field in behind.fields:
                if field.name == name:
                    return FieldMember(field.type, (*via, name))
        elif isinstance(behind, Interface):
            declared = self.interface_methods(type_).get(name)
            if declared is not None:
                return InterfaceMember(type_, declared.declared, declared.signature, via)
            return self._absent_interface(type_, behind, via)
        return None

    def declared_method(self, named: Named, name: str) -> FuncObject | None:
        """The method declared with this receiver type, promoted ones left out."""
        package = self._packages.get(named.package)
        methods = package.methods.get(named.name) if package else None
        return methods.get(name) if methods else None

    def _embedded(self, type_: Type) -> tuple[Field, ...]:
        behind = self.underlying(type_)
        if isinstance(behind, Pointer):
            behind = self.underlying(behind.elem)
        return tuple(f for f in behind.fields if f.embedded) if isinstance(behind, Struct) else ()

    def _is_absent(self, type_: Type) -> bool:
        return isinstance(type_, Named) and type_ != ERROR and self._scopes.type_object(type_) is None

    def _absent_interface(self, type_: Type, interface: Interface, via: tuple[str, ...]) -> Member | None:
        """A method that must come from an embedded interface whose package is absent."""
        for embedded in interface.embeds:
            if self._is_absent(embedded):
                return InterfaceMember(type_, embedded, None, via)
            behind = self.underlying(embedded)
            found = self._absent_interface(type_, behind, via) if isinstance(behind, Interface) else None
            if found is not None:
                return found
        return None

    def interface_methods(self, type_: Type) -> dict[str, InterfaceMethod]:
        """The full method set of an interface type, embedded interfaces included; empty for others."""
        found = self._methods.get(type_)
        if found is None:
            found = self._methods[type_] = {}
            behind = self.underlying(type_)
            if isinstance(behind, Interface):
                for embedded in reversed(behind.embeds):
                    found.update(self.interface_methods(embedded))
                found.update((m.name, InterfaceMethod(m.signature, type_)) for m in behind.methods)
        return found

    def type_of(self, member: Member) -> Type:
        """The type of a member: a field's type, a method's signature."""
        match member:
            case FieldMember(type_, _):
                return type_
            case MethodMember():
                return self.method_signature(member)
            case InterfaceMember(signature=Func() as signature):
                return signature
            case _:
                return UNKNOWN


def embedded_type(field: Field) -> Type:
    """The type whose members an embedded field promotes."""
    return field.type.elem if isinstance(field.type, Pointer) else field.type


_NONE: frozenset[str] = frozenset()


def type_parameters(function: FuncObject) -> frozenset[str]:
    """The type parameters in scope in a function: its own and its receiver's."""
    if not function.type_params and not (function.receiver and function.receiver.type_params):
        return _NONE
    own = {name for name, _ in function.type_params}
    return frozenset(own.union(function.receiver.type_params if function.receiver else ()))
