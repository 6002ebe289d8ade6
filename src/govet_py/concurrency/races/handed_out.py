"""Maps that a method hands out: it takes the lock to read the field, and its caller uses the map without it.

Whoever writes the map under the lock then meets readers that hold nothing, although every function that names
the field takes the lock. A map that is replaced and never written is handed out safely.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import MAX_HOPS, Member, member_of
from govet_py.concurrency.locks.guards import Access, GuardedMembers
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import EffectKind
from govet_py.model.types import Map


def handed_out(code: Code, members: GuardedMembers) -> Iterator[Access]:
    """The uses of maps that were fields where a function read them under a lock, which it gave back."""
    known: dict[str, Member | None] = {}
    for id in code.ids():
        function = code.function(id)
        for register in function.of_kind(ir.Index, ir.Range):
            base = function.code[register].base  # type: ignore[union-attr]
            if not isinstance(code.program.underlying(function.type_of(base)), Map):
                continue
            getter = _getter(code, function, base)
            if getter is None:
                continue
            if getter.id not in known:
                known[getter.id] = _guarded(code, members, getter)
            member = known[getter.id]
            if member is not None:
                yield members.named_access(member, EffectKind.READ, function, register)


def _getter(code: Code, function: FunctionCode, register: int) -> FunctionCode | None:
    """The function whose only result a register is, kept in a variable or not."""
    for _ in range(MAX_HOPS):
        step = function.code[register]
        if not isinstance(step, ir.Load):
            break
        stores = function.stores.get(step.var, ())
        stored = function.code[stores[0]] if len(stores) == 1 else None
        if not isinstance(stored, ir.Store) or not stored.define:
            return None
        register = stored.value
    step = function.code[register]
    callee = function.callee(register) if isinstance(step, ir.Call) and step.mode == ir.Mode.CALL else None
    return code.get(callee.function) if isinstance(callee, p.Static) else None


def _guarded(code: Code, members: GuardedMembers, getter: FunctionCode) -> Member | None:
    """The field that a function returns wherever it returns anything, under a lock of its own each time."""
    found: set[Member | None] = set()
    for at in getter.of_kind(ir.Return):
        results: tuple[int, ...] = getter.code[at].results  # type: ignore[union-attr]
        if len(results) != 1:
            return None
        if not _is_nothing(getter, results[0]):
            locked = bool(members.taken(getter, results[0]))
            found.add(member_of(code.program, getter, results[0]) if locked else None)
    return next(iter(found)) if len(found) == 1 else None


def _is_nothing(code: FunctionCode, register: int) -> bool:
    step = code.code[register]
    return isinstance(step, ir.Composite) or (isinstance(step, ir.Const) and step.kind == "nil")
