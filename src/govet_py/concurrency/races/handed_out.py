"""Maps and slices that a method hands out: it takes the lock to read the field, and its caller uses them without it.

Whoever writes the map, or the elements of the slice, under the lock then meets readers that hold nothing, although
every function that names the field takes the lock. What is replaced and never written is handed out safely, and so is
a slice that is only appended to. A call through an interface counts where every method that it may run hands one out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import MAX_HOPS, Member
from govet_py.concurrency.effects.taken_out import TakenOut
from govet_py.concurrency.locks.guards import GuardedMembers
from govet_py.concurrency.locks.member_access import Access
from govet_py.concurrency.races.accesses import map_member
from govet_py.concurrency.races.let_out import let_out
from govet_py.knowledge import concurrency as knows
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import EffectKind
from govet_py.model.types import Map, Slice


class Result(NamedTuple):
    """One of the results of a function."""

    function: str
    position: int


def handed_out_slices(code: Code, calls: CallGraph, members: GuardedMembers) -> Iterator[Access]:
    """As `handed_out`, for the elements of slices, and with all that writes those in place."""
    read = list(handed_out(code, calls, members, Slice))
    shared = {access.member for access in read}
    yield from (access._replace(member=_elements(access.member)) for access in read)
    for id in code.ids() if shared else ():
        function = code.function(id)
        for register in function.of_kind(ir.SetIndex, ir.Call):
            base = _written(function, register)
            written = members.access(function, register, base, EffectKind.WRITE) if base != ir.NONE else None
            if written is not None and written.member in shared:
                yield written._replace(member=_elements(written.member))


def _elements(member: Member) -> Member:
    return member._replace(name=f"{member.name}[…]")


def _written(code: FunctionCode, register: int) -> int:
    """The slice whose elements an instruction writes in place, or NONE."""
    step = code.code[register]
    if isinstance(step, ir.SetIndex):
        return step.base
    callee = code.callee(register)
    if not isinstance(step, ir.Call) or not step.args:
        return ir.NONE
    first = code.code[step.args[0]]
    if callee == p.BuiltinCall("append"):
        return first.base if isinstance(first, ir.SliceOf) else ir.NONE
    moves = isinstance(callee, p.Static) and callee.function.startswith((*knows.SORTS, *knows.SHIFTS))
    return step.args[0] if moves or callee == p.BuiltinCall("copy") else ir.NONE


def handed_out(
    code: Code, calls: CallGraph, members: GuardedMembers, kind: type[Map] | type[Slice] = Map
) -> Iterator[Access]:
    """The uses of maps that were fields, or elements of a map of maps, where a function read them under a lock, which
    it gave back."""
    known: dict[Result, Access | None] = {}
    taken_out, read = TakenOut(code), partial(map_member, code.program)
    for id in code.ids():
        function = code.function(id)
        for register in function.of_kind(ir.Index, ir.Range):
            base = function.code[register].base  # type: ignore[union-attr]
            mine = isinstance(code.program.underlying(function.type_of(base)), kind)
            if mine and not taken_out.holds(function, base, register):
                results = results_of(code, calls, function, base)
                for result in results:
                    if result not in known:
                        known[result] = given_under_lock(members, code.function(result.function), result.position, read)
                for given in _given(known[result] for result in results):
                    access = members.named_access(given.member, EffectKind.READ, function, register)
                    yield access._replace(origin=(given.function, given.register))
    yield from filter(None, known.values())
    if kind is Map:
        yield from let_out(code, members)


def _given(given: Iterable[Access | None]) -> list[Access]:
    """What a call may be given, in order, a member once; nothing where one of its callees gives something else."""
    accesses = list(given)
    found = {access.member: access for access in accesses if access is not None}
    return [found[member] for member in sorted(found)] if None not in accesses else []


def results_of(code: Code, calls: CallGraph, function: FunctionCode, register: int) -> list[Result]:
    """The functions of whose results a register is one, kept in a variable or not."""
    for _ in range(MAX_HOPS):
        step = function.code[register]
        if not isinstance(step, ir.Load):
            break
        stores = function.stores.get(step.var, ())
        stored = function.code[stores[0]] if len(stores) == 1 else None
        if not isinstance(stored, ir.Store) or not stored.define:
            return []
        register = stored.value
    step, index = function.code[register], 0
    if isinstance(step, ir.Extract):
        register, index = step.tuple, step.index
        step = function.code[register]
    callee = function.callee(register) if isinstance(step, ir.Call) and step.mode == ir.Mode.CALL else None
    if isinstance(callee, p.Interface):
        return [Result(getter.id, index) for getter in calls.callees(function, register)]
    getter = code.get(callee.function) if isinstance(callee, p.Static) else None
    return [Result(getter.id, index)] if getter is not None else []


def given_under_lock(
    members: GuardedMembers, getter: FunctionCode, index: int, read: Callable[[FunctionCode, int], Member | None]
) -> Access | None:
    """How a function reads what it returns, as `read` knows it, wherever it returns anything: under a lock of its own
    each time."""
    found: list[Access] = []
    for at in getter.of_kind(ir.Return):
        results: tuple[int, ...] = getter.code[at].results  # type: ignore[union-attr]
        if index >= len(results):
            return None
        result = results[index]
        if not _is_nothing(getter, result):
            was = result if members.taken(getter, result) else getter.taken_by(result)
            member = read(getter, result) if was != ir.NONE and members.taken(getter, was) else None
            if member is None:
                return None
            found.append(members.named_access(member, EffectKind.READ, getter, was))
    return found[0] if len({access.member for access in found}) == 1 else None


def _is_nothing(code: FunctionCode, register: int) -> bool:
    step = code.code[register]
    return isinstance(step, ir.Composite) or (isinstance(step, ir.Const) and step.kind == "nil")
