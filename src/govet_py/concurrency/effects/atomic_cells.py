"""Accesses of variables and fields through the functions of sync/atomic.

To the analysis an atomic access holds a lock that belongs to the place itself: atomic ones exclude each other,
a plain access has no part in it. Copying a struct reads the fields that others access atomically.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member, member_of
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.describe import expression
from govet_py.concurrency.locks.locksets import LockSets
from govet_py.knowledge.atomics import ATOMICS, Does
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import CELL, Effect, EffectKind, HeldLock, LockMode, Path, VarRoot
from govet_py.model.types import Struct

ATOMIC = "<atomic>"
_NAMES = frozenset(name.rpartition(".")[2] for name, atomic in ATOMICS.items() if atomic.place == 0)


def operand(code: FunctionCode, register: int) -> int:
    """What a call of a function of sync/atomic is about, NONE for other instructions."""
    call = code.code[register]
    if type(call) is not ir.Call or not call.args:
        return ir.NONE
    name = code.code[call.callee]
    if type(name) is not ir.Selector or name.name not in _NAMES:
        return ir.NONE
    callee = code.callee(register)
    known = ATOMICS.get(callee.function) if isinstance(callee, p.Static) else None
    return call.args[0] if known is not None and known.place == 0 else ir.NONE


class AtomicCells:
    """The places of a program that are accessed atomically."""

    def __init__(self, code: Code, values: ValueAnalysis) -> None:
        self._code = code
        self._values = values
        self._parts: dict[str, frozenset[int]] = {}

    @cached_property
    def _found(self) -> tuple[set[Member], dict[Member, set[str]], dict[str, set[int]]]:
        """The fields, the structs in fields that hold them, and by body the variables."""
        members: set[Member] = set()
        holders: dict[Member, set[str]] = {}
        variables: dict[str, set[int]] = {}
        for id in self._code.ids():
            code = self._code.function(id)
            for register in code.of_kind(ir.Call):
                at = operand(code, register)
                place = code.code[at] if at != ir.NONE else None
                if isinstance(place, ir.Addr):
                    variables.setdefault(code.body_id, set()).add(place.var)
                member = member_of(self._code.program, code, at) if isinstance(place, ir.FieldAddr) else None
                if isinstance(place, ir.FieldAddr) and member is not None:
                    members.add(member)
                    holder = member_of(self._code.program, code, place.base)
                    if holder is not None:
                        holders.setdefault(holder, set()).add(place.name)
        return members, holders, variables

    @cached_property
    def fields(self) -> dict[str, set[Member | None]]:
        """The fields that are accessed atomically, by name."""
        found: dict[str, set[Member | None]] = {}
        for member in sorted(self._found[0]):
            found.setdefault(member.name, set()).add(member)
        return found

    @cached_property
    def holders(self) -> frozenset[str]:
        """The names of the fields that hold a struct with such a field."""
        return frozenset(member.name for member in self._found[1])

    def variables(self, body: str) -> frozenset[int]:
        """The variables of a body that are accessed atomically."""
        return frozenset(self._found[2].get(body, ()))

    def accesses(self, code: FunctionCode, locks: LockSets, register: int) -> Iterator[Effect]:
        """The access of a call of sync/atomic."""
        at = operand(code, register)
        place = code.code[at] if at != ir.NONE else None
        callee = code.callee(register)
        if not isinstance(place, ir.Addr | ir.FieldAddr) or not isinstance(callee, p.Static):
            return
        kind = EffectKind.READ if ATOMICS[callee.function].does == Does.READ else EffectKind.WRITE
        addressed = (Path(VarRoot(code.body_id, place.var)),) if isinstance(place, ir.Addr) else ()
        paths = addressed or self._values.paths(code, at)
        for path in paths:
            cell = path.extend((CELL,))
            held = locks.at(register) | {HeldLock(path.extend((ATOMIC,)), LockMode.WRITE)}
            yield Effect(kind, cell, held, None, code.site(register), expression(code, at), None, len(paths) == 1)

    def copies(self, code: FunctionCode, locks: LockSets, register: int) -> Iterator[Effect]:
        """The reads that copying a struct in a field stands for."""
        member = member_of(self._code.program, code, register)
        names = self._found[1].get(member, ()) if member is not None else ()
        if not names or register in self._parts_of(code) or not self._is_struct(code, register):
            return
        paths = self._values.paths(code, register)
        for name in sorted(names):
            what = f"{expression(code, register)}.{name}"
            for path in paths:
                cell = path.extend((name, CELL))
                held = locks.at(register)
                yield Effect(EffectKind.READ, cell, held, None, code.site(register), what, None, len(paths) == 1)

    def _is_struct(self, code: FunctionCode, register: int) -> bool:
        """Whether a value is a struct, not a pointer to one."""
        return isinstance(self._code.program.underlying(code.type_of(register)), Struct)

    def _parts_of(self, code: FunctionCode) -> frozenset[int]:
        """The registers of which only a part is used."""
        known = self._parts.get(code.id)
        if known is None:
            parts = (i.base for i in code.code if isinstance(i, ir.Selector | ir.FieldAddr | ir.Index | ir.IndexAddr))
            known = self._parts[code.id] = frozenset(parts)
        return known
