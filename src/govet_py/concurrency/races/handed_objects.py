"""Objects that leave their lock: a method looks one up in a map or slice under the lock, and gives the pointer back.

Whoever has it uses its fields without the lock. That is safe as long as an object is replaced as a whole when
something changes, but not where the fields of an object in the container are written in place.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member, member_of
from govet_py.concurrency.locks.guards import Access, GuardedMembers
from govet_py.concurrency.races.accesses import container_of, is_synchronised
from govet_py.concurrency.races.handed_out import Result, given_under_lock, results_of
from govet_py.concurrency.races.let_out import leaves, puts
from govet_py.concurrency.races.suspects import Suspect
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import EffectKind, LockMode
from govet_py.model.types import Map, Pointer, Slice

WHOLE = "*"
"""Stands for all fields of an object."""


class _Use(NamedTuple):
    """Accesses of a field of objects that were handed out, and the read of the container they are from."""

    given: Access
    accesses: list[Access]


class _Field(NamedTuple):
    """A field of the objects that are elements of `container`."""

    container: Member
    name: str


def handed_objects(code: Code, calls: CallGraph, members: GuardedMembers) -> Iterator[Suspect]:
    """The uses of fields, without the lock under which they are written in place, of objects that were handed out."""
    written = _written(code, members)
    used = _used(code, calls, members, written) if written else {}
    for field in sorted(used):
        writes = [*written.get(field, ()), *written.get(field._replace(name=WHOLE), ())]
        given, uses = used[field]
        for guard in sorted(_held(given) & frozenset.intersection(*map(_held, writes)) if writes else ())[:1]:
            bare = [use for use in uses if not any(_held(use) & _held(write) for write in writes)]
            yield from _suspects(bare, guard, writes[0], len(writes) + len(uses) + 1)


def _suspects(bare: list[Access], guard: Member, write: Access, total: int) -> Iterator[Suspect]:
    """One a function."""
    by_function: dict[str, list[Access]] = {}
    for access in bare:
        by_function.setdefault(access.function, []).append(access)
    for first, *more in by_function.values():
        yield Suspect(first, tuple(more), guard, total - len(bare), total, write, meant=True, lone=True, aware=True)


def _held(access: Access) -> frozenset[Member]:
    """The locks that are held for an access of this kind."""
    needed = (LockMode.WRITE,) if access.kind == EffectKind.WRITE else (LockMode.READ, LockMode.WRITE)
    return frozenset(lock for lock, mode in access.guards if mode in needed)


def _written(code: Code, members: GuardedMembers) -> dict[_Field, list[Access]]:
    """Where fields of elements are written in place, of containers that are not their maker's alone."""
    found: dict[_Field, list[Access]] = {}
    for id in code.ids():
        function = code.function(id)
        for register in function.of_kind(ir.SetField, ir.SetDeref):
            step = function.code[register]
            name = step.name if isinstance(step, ir.SetField) else WHOLE
            container = _container(code, function, step.base)  # type: ignore[union-attr]
            access = members.access(function, register, container, EffectKind.WRITE) if container != ir.NONE else None
            if access is not None and not access.private:
                field = _Field(access.member, name)
                found.setdefault(field, []).append(access._replace(member=_named(field)))
    return {field: accesses for field, accesses in found.items() if all(map(_held, accesses))}


def _used(code: Code, calls: CallGraph, members: GuardedMembers, written: Collection[_Field]) -> dict[_Field, _Use]:
    """How the fields of objects are used that functions hand out, of those that are written."""
    getters, fields = _Getters(code, calls, members), _Fields(code, written)
    found: dict[_Field, _Use] = {}
    for id in code.ids():
        function = code.function(id)
        for register in function.of_kind(ir.Selector, ir.SetField, ir.Call):
            accessed = fields.accessed(function, register)
            base = _object(function, register) if accessed else ir.NONE
            given = getters.given(function, base) if base != ir.NONE else None
            if given is not None:
                for name, kind in accessed:
                    field = _Field(given.member, name)
                    access = members.named_access(_named(field), kind, function, register)
                    found.setdefault(field, _Use(given, [])).accesses.append(access)
    return found


def _object(code: FunctionCode, register: int) -> int:
    """The register of the object that an instruction uses a field of, or calls a method of."""
    step = code.code[register]
    base = code.receiver_of(register) if isinstance(step, ir.Call) else step.base  # type: ignore[union-attr]
    return base if base != ir.NONE and isinstance(code.type_of(base), Pointer) else ir.NONE


class _Fields:
    """Which fields of an object an instruction uses, of those that are written somewhere."""

    def __init__(self, code: Code, written: Iterable[_Field]) -> None:
        self._code = code
        self._names = {field.name for field in written}
        self._methods: dict[str, list[tuple[str, EffectKind]]] = {}

    def accessed(self, function: FunctionCode, register: int) -> list[tuple[str, EffectKind]]:
        """The fields and how they are used; of a method those that it uses itself."""
        step = function.code[register]
        if isinstance(step, ir.Call):
            callee = function.callee(register)
            return self._accessed_by(callee.function) if isinstance(callee, p.Static) else []
        name: str = step.name  # type: ignore[union-attr]
        if name not in self._names and WHOLE not in self._names:
            return []
        if isinstance(step, ir.SetField):
            return [(name, EffectKind.WRITE)]
        is_field = isinstance(function.denotes(register), p.FieldRef)
        return [(name, EffectKind.READ)] if is_field and not is_synchronised(function.type_of(register)) else []

    def _accessed_by(self, id: str) -> list[tuple[str, EffectKind]]:
        """The fields of its receiver that a method uses."""
        if id not in self._methods:
            method = self._code.get(id)
            self._methods[id] = list(self._of_receiver(method)) if method is not None and method.is_method else []
        return self._methods[id]

    def _of_receiver(self, method: FunctionCode) -> Iterator[tuple[str, EffectKind]]:
        for at in method.of_kind(ir.Selector, ir.SetField):
            base = method.code[method.code[at].base]  # type: ignore[union-attr]
            if isinstance(base, ir.Load) and method.body.vars[base.var].kind == ir.VarKind.RECEIVER:
                yield from self.accessed(method, at)


class _Getters:
    """The functions that give back elements of what they have a lock for."""

    def __init__(self, code: Code, calls: CallGraph, members: GuardedMembers) -> None:
        self._code = code
        self._calls = calls
        self._members = members
        self._known: dict[tuple[Result, bool], Access | None] = {}

    def given(self, function: FunctionCode, register: int) -> Access | None:
        """How what a register holds was read, by the function that gave it, or a list that it is of."""
        results = results_of(self._code, self._calls, function, register)
        listed = not results
        if listed:
            container = _container(self._code, function, register)
            results = results_of(self._code, self._calls, function, container) if container != ir.NONE else []
        if not results:
            return None
        key = results[0], listed
        if key not in self._known:
            getter = self._code.function(results[0].function)
            self._known[key] = self._listed(getter) if listed else self._one(getter, results[0].position)
        return self._known[key]

    def _one(self, getter: FunctionCode, position: int) -> Access | None:
        """How a function reads the element that it gives back."""
        return given_under_lock(self._members, getter, position, self._member)

    def _listed(self, getter: FunctionCode) -> Access | None:
        """How a function reads the elements that it puts into a list which it gives back."""
        for register, container, value in puts(getter):
            if self._members.taken(getter, register) and leaves(getter, container):
                member = self._member(getter, value)
                if member is not None:
                    return self._members.named_access(member, EffectKind.READ, getter, register)
        return None

    def _member(self, getter: FunctionCode, register: int) -> Member | None:
        """The field or package variable whose element a register holds."""
        container = _container(self._code, getter, register)
        return member_of(self._code.program, getter, container) if container != ir.NONE else None


def _named(field: _Field) -> Member:
    return field.container._replace(name=f"{field.container.name}[…].{field.name}")


def _container(code: Code, function: FunctionCode, register: int) -> int:
    """The register of the map or slice of pointers that a register holds an element of, or NONE."""
    is_object = isinstance(function.type_of(register), Pointer)
    found = container_of(code.program, function, register, (Map, Slice)) if is_object else None
    return found if found is not None else ir.NONE
