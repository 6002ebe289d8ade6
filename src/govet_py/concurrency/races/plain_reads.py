"""Plain reads of a field that is written with sync/atomic under a lock, and read with sync/atomic elsewhere.

The lock keeps writers apart, and whoever holds it may read as it likes; sync/atomic is for readers that come without
it. A reader that has neither meets the writers.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member, member_at
from govet_py.concurrency.locks.guards import GuardedMembers
from govet_py.concurrency.locks.member_access import Access
from govet_py.concurrency.races.mixed_atomics import Place, atomic_places
from govet_py.knowledge.atomics import ATOMICS, Does
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import EffectKind, LockMode


class PlainRead(NamedTuple):
    """A read of `member` in `function` at `registers` without `lock`, which every write holds, such as `write`."""

    member: Member
    function: str
    registers: tuple[int, ...]
    lock: Member
    write: Place


def plain_reads(code: Code, calls: CallGraph, guarded: GuardedMembers) -> Iterator[PlainRead]:
    """The reads of a program, one for each function and field."""
    written = _written(code, calls, guarded)
    names = {member.name for member in written}
    for id in code.ids() if written else ():
        function = code.function(id)
        found: dict[Member, list[int]] = {}
        for access in _plain(code, guarded, function, names):
            locks, _ = written.get(access.member, (frozenset(), None))
            bare = access.kind == EffectKind.READ and not access.private and not access.unnamed
            if locks and bare and locks.isdisjoint(member for member, _ in access.guards):
                found.setdefault(access.member, []).append(access.register)
        for member, registers in found.items():
            locks, write = written[member]
            yield PlainRead(member, id, tuple(registers), min(locks), write)


def _written(code: Code, calls: CallGraph, guarded: GuardedMembers) -> dict[Member, tuple[frozenset[Member], Place]]:
    """The fields that others read with sync/atomic and without a lock that all writes hold, with those locks."""
    atomics = atomic_places(code, calls)
    writes: dict[Member, list[tuple[Place, frozenset[Member]]]] = {}
    reads: dict[Member, list[frozenset[Member]]] = {}
    for member, places in atomics.items():
        for id, register in places:
            function = code.function(id)
            if _reads(function, register):
                reads.setdefault(member, []).append(frozenset(m for m, _ in guarded.at(function, register)))
            else:
                writes.setdefault(member, []).append(((id, register), _exclusive(guarded.at(function, register))))
    names = {member.name for member in writes if member in reads}
    for id in code.ids() if names else ():
        for access in _plain(code, guarded, code.function(id), names):
            if access.kind == EffectKind.WRITE and not access.private and access.member in writes:
                writes[access.member].append(((id, access.register), _exclusive(access.guards)))
    held = {m: frozenset.intersection(*(locks for _, locks in writes[m])) for m in writes if m in reads}
    return {
        member: (locks, writes[member][0][0])
        for member, locks in held.items()
        if locks and any(locks.isdisjoint(read) for read in reads[member])
    }


def _plain(code: Code, guarded: GuardedMembers, function: FunctionCode, names: set[str]) -> Iterator[Access]:
    """The accesses of fields with such names in a function, those with sync/atomic left out."""
    for register in function.of_kind(ir.SetField, ir.Selector):
        step = function.code[register]
        if not isinstance(step, ir.SetField | ir.Selector) or step.name not in names:
            continue
        if member_at(code.program, function, register) is None:
            continue
        write = isinstance(step, ir.SetField)
        kind = EffectKind.WRITE if write else EffectKind.READ
        access = guarded.field_access(function, register, step.base, step.name, kind)
        if access is not None:
            yield access


def _exclusive(guards: frozenset[tuple[Member, LockMode]]) -> frozenset[Member]:
    return frozenset(member for member, mode in guards if mode == LockMode.WRITE)


def _reads(code: FunctionCode, register: int) -> bool:
    callee = code.callee(register)
    return isinstance(callee, p.Static) and ATOMICS[callee.function].does == Does.READ
