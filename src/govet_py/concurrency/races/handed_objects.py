"""Objects that leave their lock: what is in a map or slice under the lock is known elsewhere as well.

A method looks one up under the lock and gives the pointer back, or who puts one there sends it to a worker. Whoever
has it uses its fields without the lock. That is safe as long as an object is replaced as a whole when something
changes, but not where its fields are written in place, here or there, while the other side uses them.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member
from govet_py.concurrency.locks.guards import GuardedMembers
from govet_py.concurrency.locks.member_access import Access
from govet_py.concurrency.races.accesses import is_synchronised
from govet_py.concurrency.races.object_sources import ObjectSources, element_of
from govet_py.concurrency.races.suspects import Suspect, is_set_up
from govet_py.concurrency.races.used_after_unlock import uses_after_unlock
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import EffectKind, LockMode
from govet_py.model.types import Pointer

WHOLE = "*"
"""Stands for all fields of an object."""


class _Field(NamedTuple):
    """A field of the objects that are elements of `container`."""

    container: Member
    name: str


_Places = dict[_Field, list[Access]]
"""Accesses by field."""


class _Use(NamedTuple):
    """Accesses of a field of objects that were handed out, and the read of the container they are from."""

    given: Access
    accesses: list[Access]


def handed_objects(code: Code, calls: CallGraph, members: GuardedMembers) -> Iterator[Suspect]:
    """The uses of fields, without the lock under which they are used in place, of objects that were handed out, or
    that a function has looked up, or put into the container, while it held the lock."""
    later = [one for id in code.ids() for one in uses_after_unlock(code, code.function(id), members)]
    kept = _in_place(code, members, {(one.access.function, one.access.register) for one in later})
    used = _used(code, calls, members, kept) if kept else {}
    for given, access, name in later:
        field = _Field(given.member, name)
        if field in kept:
            used.setdefault(field, _Use(given, [])).accesses.append(access._replace(member=_named(field)))
    for field in sorted(used):
        here = [*kept.get(field, ()), *kept.get(field._replace(name=WHOLE), ())]
        written = [access for access in here if access.kind == EffectKind.WRITE]
        known, (given, uses) = written or here, used[field]
        for guard in sorted(_held(given) & frozenset.intersection(*map(_held, known)) if known else ())[:1]:
            bare = [
                use for use in uses
                if (written or use.kind == EffectKind.WRITE) and not any(_held(use) & _held(one) for one in known)
            ]
            meant = not all(_sets_up(calls, access.function) for access in known)
            yield from _suspects(bare, guard, known[0], len(known) + len(uses) + 1, meant=meant)


def _sets_up(calls: CallGraph, function: str) -> bool:
    """Whether a function, or all that call it, are named like what runs before the object is shared; what a literal of
    such a function does may come later, and so may a goroutine that it starts."""
    sites = list(calls.sites(function))
    return is_set_up(function) or (bool(sites) and all(_is_set_up(caller, site) for caller, site in sites))


def _is_set_up(caller: FunctionCode, site: int) -> bool:
    return not caller.index and caller.mode_of(site) != ir.Mode.GO and is_set_up(caller.id)


def _suspects(bare: list[Access], guard: Member, known: Access, total: int, *, meant: bool) -> Iterator[Suspect]:
    """One a function."""
    by_function: dict[str, list[Access]] = {}
    for access in bare:
        by_function.setdefault(access.function, []).append(access)
    for first, *more in by_function.values():
        yield Suspect(first, tuple(more), guard, total - len(bare), total, known, meant=meant, lone=True, aware=True)


def _held(access: Access) -> frozenset[Member]:
    """The locks that are held for an access of this kind."""
    needed = (LockMode.WRITE,) if access.kind == EffectKind.WRITE else (LockMode.READ, LockMode.WRITE)
    return frozenset(lock for lock, mode in access.guards if mode in needed)


def _in_place(code: Code, members: GuardedMembers, later: Set[tuple[str, int]]) -> _Places:
    """Where fields of elements are used in place, of containers that are not their maker's alone; not where that is
    `later`, without the lock of the container."""
    found: _Places = {}
    for id in code.ids():
        function = code.function(id)
        locks = members.takes_locks(function) or id in members.entry
        for register in function.of_kind(ir.SetField, ir.SetDeref, *((ir.Selector,) if locks else ())):
            step = function.code[register]
            container = element_of(code, function, step.base)  # type: ignore[union-attr]
            kind = EffectKind.READ if isinstance(step, ir.Selector) else EffectKind.WRITE
            access = members.access(function, register, container, kind) if container != ir.NONE else None
            if access is not None and not access.private and (id, register) not in later:
                field = _Field(access.member, WHOLE if isinstance(step, ir.SetDeref) else step.name)  # type: ignore[union-attr]
                found.setdefault(field, []).append(access._replace(member=_named(field)))
    return {field: accesses for field, accesses in found.items() if all(map(_held, accesses))}


def _used(code: Code, calls: CallGraph, members: GuardedMembers, kept: _Places) -> dict[_Field, _Use]:
    """How the fields of objects are used elsewhere, of those that are used in place: read only if they are written."""
    sources, found = ObjectSources(code, calls, members), dict[_Field, _Use]()
    names = {field.name for field in kept}
    written = {field.name for field, accesses in kept.items() if any(a.kind == EffectKind.WRITE for a in accesses)}
    for id in code.ids():
        function = code.function(id)
        for register in function.of_kind(ir.Selector, ir.SetField):
            step, is_read = function.code[register], isinstance(function.code[register], ir.Selector)
            name: str = step.name  # type: ignore[union-attr]
            if name in (written if is_read else names) or WHOLE in names:
                base: int = step.base  # type: ignore[union-attr]
                given = sources.of(function, base)
                if given is not None and _is_plain(function, register, base):
                    field, kind = _Field(given.member, name), EffectKind.READ if is_read else EffectKind.WRITE
                    access = members.named_access(_named(field), kind, function, register)
                    access = access._replace(origin=(given.function, given.register))
                    found.setdefault(field, _Use(given, [])).accesses.append(access)
    return found


def _is_plain(code: FunctionCode, register: int, base: int) -> bool:
    """Whether an instruction uses a field of the object that a register points to, which is not for several goroutines
    by itself."""
    is_read = isinstance(code.code[register], ir.Selector)
    if is_read and (not isinstance(code.denotes(register), p.FieldRef) or is_synchronised(code.type_of(register))):
        return False
    return isinstance(code.type_of(base), Pointer)


def _named(field: _Field) -> Member:
    return field.container._replace(name=f"{field.container.name}[…].{field.name}")
