"""Who may stand behind an interface: all types with its methods that are instantiated somewhere.

Rapid type analysis (Bacon and Sweeney 1996), without its reachability: a type counts as instantiated
when any body makes a value of it. All types of a package with generated code count, as its bodies
are not lowered (a parser that goyacc wrote makes all syntax nodes). Exported types count where no package in view
imports theirs, or no command is in view: its users are elsewhere. LIMIT: types of stubs are never implementers; a type
that only another package's generated code makes is missed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from govet_py.model import ir
from govet_py.model.program import (
    ConstObject,
    FuncId,
    Object,
    Package,
    PackageRef,
    Program,
    TypeObject,
    TypeRef,
    VarObject,
)
from govet_py.model.types import (
    Array,
    Chan,
    Func,
    Interface,
    Map,
    Named,
    Pointer,
    Slice,
    Struct,
    Tuple,
    Type,
    TypeParam,
    Unknown,
)
from govet_py.resolve.members import (
    FieldMember,
    InterfaceMember,
    Members,
    MethodMember,
    embedded_type,
    type_parameters,
)
from govet_py.resolve.scopes import Scopes

Key = tuple[str, str]


class Implementers:
    """Method sets against interfaces; memoised by interface."""

    def __init__(self, program: Program, scopes: Scopes, members: Members) -> None:
        self._program = program
        self._scopes = scopes
        self._members = members
        self._types: dict[Type, tuple[Named, ...]] = {}
        self._functions: dict[tuple[Type, str], tuple[FuncId, ...]] = {}
        self._methods: dict[str, set[Key]] = {}

    # -- questions ---------------------------------------------------------------------------------

    def implements(self, type_: Type, interface: Type) -> bool:
        """Reports whether a type, or a pointer to it, has all methods of the interface."""
        return all(
            self._provides(type_, name, method.signature)
            for name, method in self._members.interface_methods(interface).items()
        )

    def of(self, interface: Type, method: str) -> tuple[FuncId, ...]:
        """The declared methods that `interface.method` may run, sorted."""
        key = interface, method
        found = self._functions.get(key)
        if found is None:
            self._functions[key] = ()
            ids = {id for type_ in self.types(interface) for id in self._targets(type_, method)}
            found = self._functions[key] = tuple(sorted(ids))
        return found

    def types(self, interface: Type) -> tuple[Named, ...]:
        """The instantiated types that implement an interface, sorted; none for an empty interface."""
        found = self._types.get(interface)
        if found is None:
            methods = self._members.interface_methods(interface)
            having = [self._having(name) for name in methods]
            keys = min(having, key=len, default=set()).union(*(self._open & keys for keys in having))
            for name, one in methods.items():
                if not name[:1].isupper() and isinstance(one.declared, Named):
                    keys = keys & self._having_own(name, one.declared.package)
            candidates = (Named(*key) for key in sorted(keys & self.instantiated))
            found = self._types[interface] = tuple(t for t in candidates if self.implements(t, interface))
        return found

    def _targets(self, type_: Named, method: str) -> tuple[FuncId, ...]:
        member = self._members.find(type_, method)
        if isinstance(member, MethodMember):
            return () if self._program.packages[member.function.package].is_stub else (member.function.id,)
        return self.of(member.interface, method) if isinstance(member, InterfaceMember) else ()

    def _provides(self, type_: Type, name: str, wanted: Func) -> bool:
        member = self._members.find(type_, name)
        if member is None or isinstance(member, FieldMember):
            return False
        given = self._members.type_of(member)
        return not isinstance(given, Func) or compatible(given, wanted)

    # -- which types have a method of some name -----------------------------------------------------

    def _having(self, method: str) -> set[Key]:
        """The types with a method of this name, their own or promoted."""
        found = self._methods.get(method)
        if found is None:
            found = self._methods[method] = set()
            found.update(self._with_embedders(self._declaring.get(method, ())))
        return found

    def _having_own(self, method: str, package: str) -> set[Key]:
        """The types with a method of this name, not exported, that a package declares: no other package's will do, not
        even that of an embedded type which is not known."""
        return self._with_embedders(key for key in self._declaring.get(method, ()) if key[0] == package)

    def _with_embedders(self, keys: Iterable[Key]) -> set[Key]:
        """Types and all that embed them, directly or not."""
        found: set[Key] = set()
        work = list(keys)
        while work:
            key = work.pop()
            if key not in found:
                found.add(key)
                work.extend(self._embedders.get(key, ()))
        return found

    @cached_property
    def _open(self) -> set[Key]:
        """Types that embed one whose package is absent: they may have any method."""
        absent = [key for key in self._embedders if key[0] and self._scopes.type_object(Named(*key)) is None]
        return self._with_embedders(absent)

    def _type_objects(self) -> Iterator[TypeObject]:
        for package in self._program.packages.values():
            for declared in package.scope.values():
                if isinstance(declared, TypeObject) and not declared.decl.is_alias:
                    yield declared

    @cached_property
    def _declaring(self) -> dict[str, list[Key]]:
        """The types and interfaces that declare a method, by its name."""
        found: dict[str, list[Key]] = {}
        for package in self._program.packages.values():
            for type_name, methods in package.methods.items():
                for name in methods:
                    found.setdefault(name, []).append((package.path, type_name))
        for declared in self._type_objects():
            if isinstance(declared.decl.type, Interface):
                key = declared.package, declared.decl.name
                for name in self._members.interface_methods(Named(*key)):
                    found.setdefault(name, []).append(key)
        return found

    @cached_property
    def _embedders(self) -> dict[Key, list[Key]]:
        """The structs that embed a type."""
        found: dict[Key, list[Key]] = {}
        for declared in self._type_objects():
            behind = declared.decl.type
            if not isinstance(behind, Struct | Interface):
                behind = self._members.underlying(Named(declared.package, declared.decl.name))
            if not isinstance(behind, Struct):
                continue
            for field in behind.fields:
                if field.embedded:
                    embedded = self._scopes.resolve(embedded_type(field), declared.path)
                    if isinstance(embedded, Named):
                        key = embedded.package, embedded.name
                        found.setdefault(key, []).append((declared.package, declared.decl.name))
        return found

    # -- instantiated types --------------------------------------------------------------------------

    @cached_property
    def instantiated(self) -> frozenset[Key]:
        """Every type of which some body makes a value."""
        seen = _Instantiated(self._scopes, self._members)
        for path, package in self._program.packages.items():
            seen.declarations(package, self._program.is_offered(path))
        for id, body in self._program.bodies.items():
            function = self._program.functions[id]
            seen.body(body, function.path, type_parameters(function))
        return frozenset(seen.found)


class _Instantiated:
    """Collects the named types of which values are made."""

    def __init__(self, scopes: Scopes, members: Members) -> None:
        self._scopes = scopes
        self._members = members
        self._walked: set[tuple[Type, bool]] = set()
        self.found: set[Key] = set()

    def declarations(self, package: Package, offered: bool) -> None:
        """Notes what the declarations of a package make; `offered`: and what its users make who are not in view."""
        if package.is_stub:
            return
        for name, declared in package.scope.items():
            made = package.has_generated or (offered and name[:1].isupper())
            for type_ in self._of_object(declared, made):
                self.value(type_, False)

    def _of_object(self, declared: Object, made: bool) -> Iterable[Type]:
        if isinstance(declared, TypeObject):
            return (Named(declared.package, declared.decl.name),) if made else ()
        if isinstance(declared, VarObject) and declared.type is not None:
            return (self._scopes.resolve(declared.type, declared.path),)
        if isinstance(declared, ConstObject) and declared.decl.type is not None:
            return (self._scopes.resolve(declared.decl.type, declared.path),)
        return ()

    def body(self, body: ir.Body, path: str, parameters: frozenset[str]) -> None:
        for function in body.functions:
            for instruction in function.code:
                kind = instruction.__class__
                if kind is ir.Name:
                    self._denoted(self._scopes.denote(path, instruction.name))  # type: ignore[union-attr]
                elif kind is ir.Selector:
                    base = function.code[instruction.base]  # type: ignore[union-attr]
                    if base.__class__ is ir.Name:
                        self._member(path, base.name, instruction.name)  # type: ignore[union-attr]
                elif kind is ir.Composite or kind is ir.Zero or kind is ir.TypeValue:
                    if instruction.type is not None:  # type: ignore[union-attr]
                        written = instruction.type  # type: ignore[union-attr]
                        self.value(self._scopes.resolve(written, path, parameters), kind is not ir.Zero)

    def _member(self, path: str, package: str, name: str) -> None:
        found = self._scopes.denote(path, package)
        if isinstance(found, PackageRef):
            self._denoted(self._scopes.member(found.path, name))

    def _denoted(self, found: object) -> None:
        if found.__class__ is TypeRef:
            self.value(found.type, False)

    def value(self, type_: Type, through: bool) -> None:
        """Notes a type and what its values hold. `through`: elements that are pointers count too, as a
        composite literal may make them."""
        key = type_, through
        if key in self._walked:
            return
        self._walked.add(key)
        match type_:
            case Named(package, name):
                self.found.add((package, name))
                self.value(self._members.underlying(type_), False)
            case Struct(fields):
                for field in fields:
                    self.value(field.type, False)
            case Slice() | Array() | Map() | Chan():
                elem = type_.elem
                self.value(elem.elem if through and isinstance(elem, Pointer) else elem, through)


def compatible(given: Type, wanted: Type) -> bool:
    """Reports whether two types may be identical: equal, or not known well enough to tell."""
    if given == wanted or _is_open(given) or _is_open(wanted):
        return True
    if given.__class__ is not wanted.__class__:
        return False
    match given, wanted:
        case Func(), Func():
            if given.variadic != wanted.variadic:
                return False
            return _all_compatible(given.params, wanted.params) and _all_compatible(given.results, wanted.results)
        case Map(key, elem), Map(other_key, other_elem):
            return compatible(key, other_key) and compatible(elem, other_elem)
        case (Pointer() | Slice() | Array() | Chan()), _:
            return compatible(given.elem, wanted.elem)  # type: ignore[union-attr]
        case Named(package, name, args), Named(other_package, other_name, others):
            return (package, name) == (other_package, other_name) and _all_compatible(args, others)
        case Struct(fields), Struct(other_fields):
            return len(fields) == len(other_fields)
        case Interface(methods, _), Interface(other_methods, _):
            return len(methods) == len(other_methods)
        case Tuple(elems), Tuple(others):
            return _all_compatible(elems, others)
    return False


def _is_open(type_: Type) -> bool:
    return isinstance(type_, Unknown | TypeParam)


def _all_compatible(given: tuple[Type, ...], wanted: tuple[Type, ...]) -> bool:
    return len(given) == len(wanted) and all(map(compatible, given, wanted))
