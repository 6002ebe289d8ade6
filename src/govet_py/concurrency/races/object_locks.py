"""Package variables that are written under the lock of an object, of which there may be many: two objects' locks do not
exclude each other."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from typing import NamedTuple

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member
from govet_py.concurrency.locks.guards import GuardedMembers
from govet_py.concurrency.locks.lent_locks import Guards, common
from govet_py.concurrency.races.visitors import Visitors
from govet_py.model import ir
from govet_py.model.concurrency import LockMode

Place = tuple[str, int]


class ObjectLocked(NamedTuple):
    """All `writes` of a package variable, as (function, register), hold `lock`, a field of a type of which there are
    several objects."""

    variable: Member
    lock: Member
    writes: tuple[Place, ...]


def object_locked(code: Code, guarded: GuardedMembers, visitors: Visitors) -> Iterator[ObjectLocked]:
    """One a variable."""
    for variable, writes in sorted(_writes(code).items()):
        guards = [guarded.at(function, register) for function, register in writes]
        lock = _own_lock(variable, reduce(common, guards))
        if lock is not None and visitors.is_made_often(lock):
            yield ObjectLocked(variable, lock, tuple((function.id, register) for function, register in writes))


def _writes(code: Code) -> dict[Member, list[tuple[FunctionCode, int]]]:
    """Where package variables are assigned once the program runs."""
    found: dict[Member, list[tuple[FunctionCode, int]]] = {}
    for id in code.ids():
        function = code.function(id)
        for register in () if function.is_initialiser else function.of_kind(ir.SetName):
            name: str = function.code[register].name  # type: ignore[union-attr]
            found.setdefault(Member(function.package, "", name), []).append((function, register))
    return found


def _own_lock(variable: Member, guards: Guards) -> Member | None:
    """The lock that is held at all writes, if it is one of objects of the variable's package and there is no other."""
    locks = [member for member, mode in guards if mode == LockMode.WRITE]
    if len(locks) != 1 or not locks[0].owner or locks[0].package != variable.package:
        return None
    return locks[0]
