"""Maps that stay where they are: nobody puts them into a variable, hands them over or returns them, but for what is
put together to be shown.

Then whoever uses such a map names the field or package variable that holds it, and who names another
uses another map.

LIMIT: a struct that is copied as a whole shares its maps with the copy.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member, literal_fields, member_at
from govet_py.concurrency.effects.leaves import Leaves
from govet_py.concurrency.flow.operands import Operands
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.types import Named, deref

_USES = (ir.Index, ir.SetIndex, ir.Range)
_LENGTH = ("len", "delete", "clear")
_READS = (ir.Selector, ir.Name, ir.FieldAddr)


class Staying:
    """Those of `members`, which are maps, that stay where they are."""

    def __init__(self, code: Code, leaves: Leaves, members: set[Member]) -> None:
        self._program = code.program
        self._leaves = leaves
        self._operands = Operands(code)
        self._names = {member.name for member in members}
        self.members = set(members)
        for id in code.ids() if members else ():
            self.members.difference_update(self._moved(code.function(id)))

    def _moved(self, code: FunctionCode) -> Iterator[Member | None]:
        """The members whose map a function takes from there, or whose map it has from elsewhere."""
        for register in code.of_kind(*_READS, ir.SetField, ir.SetName, ir.Composite):
            instruction = code.code[register]
            kind = type(instruction)
            if kind in _READS:
                if instruction.name in self._names and not self._is_used_in_place(code, register):  # type: ignore[union-attr]
                    yield member_at(self._program, code, register)
            elif kind is ir.SetField or kind is ir.SetName:
                if instruction.name in self._names and not _is_new(code, instruction.value):  # type: ignore[union-attr,arg-type]
                    yield member_at(self._program, code, register)
            elif kind is ir.Composite:
                yield from self._filled(code, register)

    def _is_used_in_place(self, code: FunctionCode, register: int) -> bool:
        """Whether all that is done to the map read at `register` is to look into it and to change it."""
        if type(code.code[register]) is ir.FieldAddr:
            return False
        return all(self._is_use(code, user, register) for user in self._operands.users(code, register))

    def _is_use(self, code: FunctionCode, user: int, register: int) -> bool:
        instruction = code.code[user]
        if isinstance(instruction, _USES):
            others = (getattr(instruction, name, ir.NONE) for name in ("index", "value"))
            return instruction.base == register and register not in others
        if isinstance(instruction, ir.Call):
            callee = code.callee(user)
            if isinstance(callee, p.BuiltinCall) and callee.name in _LENGTH:
                return True
            return any(use.base == register for use in self._leaves.map_uses(code, user))
        if isinstance(instruction, ir.Composite):
            return all(self._is_shown(other, at) for other, at in self._operands.uses(code, user))
        return isinstance(instruction, ir.Binary)

    def _is_shown(self, code: FunctionCode, user: int) -> bool:
        """Whether a call shows what it is given, and no more is done to it."""
        return isinstance(code.code[user], ir.Call) and bool(self._leaves.shown.of(code, user))

    def _filled(self, code: FunctionCode, register: int) -> Iterator[Member | None]:
        owner = deref(code.type_of(register))
        for name, value in literal_fields(self._program, code, register):
            if name in self._names and not _is_new(code, value):
                yield Member(owner.package, owner.name, name) if isinstance(owner, Named) else None


def _is_new(code: FunctionCode, register: int) -> bool:
    """Whether a value is a map that was just made, or no map at all."""
    instruction = code.code[register]
    if isinstance(instruction, ir.Call):
        callee = code.callee(register)
        return isinstance(callee, p.BuiltinCall) and callee.name == "make"
    return isinstance(instruction, ir.Composite | ir.Zero | ir.Const | ir.MakeClosure)
