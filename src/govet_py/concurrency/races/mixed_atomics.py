"""Plain writes of a field, in the function that made the object, after it has handed the object on to others
who access the field with sync/atomic."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member, member_of
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.races.published import Published
from govet_py.knowledge.atomics import ATOMICS
from govet_py.model import ir
from govet_py.model.concurrency import AllocRoot

Place = tuple[str, int]


class Mixed(NamedTuple):
    """A plain write of `member`, as (function, register): after `handed_on`, beside `atomic`."""

    member: Member
    write: Place
    handed_on: int
    atomic: Place


class MixedAtomics:
    """The late plain writes of a program to what it also accesses atomically."""

    def __init__(self, code: Code, values: ValueAnalysis, calls: CallGraph) -> None:
        self._code = code
        self._values = values
        self._calls = calls
        self._published = Published(code, values)

    def find(self) -> Iterator[Mixed]:
        """In the order of the functions."""
        atomics = self._atomics()
        names = {member.name for member in atomics}
        for id in self._code.ids() if atomics else ():
            code = self._code.function(id)
            for register in code.of_kind(ir.SetField):
                use = code.code[register]
                if isinstance(use, ir.SetField) and use.name in names:
                    member = member_of(self._code.program, code, use.base, (use.name,))
                    late = self._handed_on(code, register, use.base) if member in atomics else ir.NONE
                    if member is not None and late != ir.NONE:
                        yield Mixed(member, (id, register), late, atomics[member])

    def _atomics(self) -> dict[Member, Place]:
        """The fields whose addresses are given to a function of sync/atomic, with the first such call."""
        found: dict[Member, Place] = {}
        for name in sorted(name for name, atomic in ATOMICS.items() if atomic.place == 0):
            for id, register in self._calls.named(name):
                code = self._code.function(id)
                call = code.code[register]
                operand = call.args[0] if isinstance(call, ir.Call) and call.args else ir.NONE
                if operand != ir.NONE and isinstance(code.code[operand], ir.FieldAddr):
                    member = member_of(self._code.program, code, operand)
                    if member is not None:
                        found.setdefault(member, (id, register))
        return found

    def _handed_on(self, code: FunctionCode, register: int, base: int) -> int:
        made = [path.root for path in self._values.paths(code, base) if not path.fields]
        if len(made) != 1 or not isinstance(made[0], AllocRoot) or made[0].function != code.id:
            return ir.NONE
        return self._published.where(code, made[0], register)
