"""Cancel functions that a field keeps, and that are lost with their object or with the next one put there.

*Dropped*: the function makes the object, puts the cancel function into it, and leaves without having shown the
object to anyone who might call it. *Replaced*: the object was looked up in a map, or made where the map had
none, so that an older cancel function may be in the field; nobody looks before the new one takes its place.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member, member_of
from govet_py.callgraph.reaching import ENTRY, Reaching, is_register
from govet_py.callgraph.uses import operands, uses_of
from govet_py.concurrency.flow.control import precedes
from govet_py.concurrency.flow.obligations import Duty, Exit, Obligations
from govet_py.concurrency.obligations.watchdogs import mentions
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.types import Map

MAX_DEPTH = 3


class KeptCancels:
    """Asked about one assignment of a cancel function to field `member` at a time."""

    def __init__(self, code: Code, calls: CallGraph) -> None:
        self._code = code
        self._calls = calls
        self._touching: dict[Member, frozenset[str]] = {}

    # -- dropped -----------------------------------------------------------------------------------

    def dropped(self, code: FunctionCode, at: int, member: Member, held: set[int]) -> tuple[Exit, ...]:
        """The ways out of a function on which the object that it has made, and put a cancel function into at `at`,
        is seen by nobody; `held` are the variables that have the cancel function as well."""
        var = self._object(code, at)
        if var == ir.NONE or code.is_main:
            return ()
        takes = {register for register, use in enumerate(code.code) if _uses(code, use, held)}
        takes.difference_update(operands(code.code[at]))
        takes.update(self.takes(code, var, member))
        duty = Duty({at: None}, frozenset(takes), not_nil=frozenset((at,)))
        return tuple(exit for exit in Obligations(self._code, code, duty).exits() if exit.leaks and not exit.again)

    def _object(self, code: FunctionCode, at: int) -> int:
        """The variable that holds the object of an assignment to a field, or the literal `at`, if it is made here;
        or NONE."""
        step, made = code.code[at], at
        if isinstance(step, ir.SetField):
            base = code.code[step.base]
            made = code.value_of(base.var) if isinstance(base, ir.Load) else ir.NONE
        if made == ir.NONE or not isinstance(code.code[made], ir.Composite):
            return ir.NONE
        vars = [i.var for i in code.code if isinstance(i, ir.Store) and i.value == made]
        return vars[0] if len(vars) == 1 and self._is_own(code, vars[0]) else ir.NONE

    @staticmethod
    def _is_own(code: FunctionCode, var: int) -> bool:
        declared = code.body.vars[var]
        own = declared.owner == code.index and declared.kind == ir.VarKind.LOCAL and not declared.addressed
        return own and len(code.stores.get(var, ())) == 1

    def takes(self, code: FunctionCode, var: int, member: Member, depth: int = 0) -> Iterator[int]:
        """The reads of a variable by which somebody may get the object in it, or its cancel function."""
        uses = uses_of(code)
        for register, instruction in enumerate(code.code):
            if not isinstance(instruction, ir.Load):
                if _uses(code, instruction, {var}):
                    yield register
            elif instruction.var == var:
                if any(self._gives(code, use, register, member, depth) for use in uses.get(register, ())):
                    yield register

    def _gives(self, code: FunctionCode, use: int, held: int, member: Member, depth: int) -> bool:
        """Whether an instruction that reads the object is more than work on its other fields."""
        match code.code[use]:
            case ir.Binary():
                return False
            case ir.SetField() as store:
                return store.value == held
            case ir.Selector() | ir.FieldAddr() as read:
                what = code.denotes(use)
                if isinstance(what, p.FunctionRef):
                    return not self._is_mere_call(code, use, member, depth)
                return read.name == member.name or not isinstance(what, p.FieldRef)
            case ir.Call() as call:
                return any(
                    value == held and not self._works_inside(code, use, position, member, depth)
                    for position, value in enumerate(call.args)
                )
        return True

    def _is_mere_call(self, code: FunctionCode, method: int, member: Member, depth: int) -> bool:
        """Whether a method is named only to be called, and does not let its receiver out."""
        users = [at for at, i in enumerate(code.code) if isinstance(i, ir.Call) and i.callee == method]
        return bool(users) and all(self._works_inside(code, at, ir.NONE, member, depth) for at in users)

    def _works_inside(self, code: FunctionCode, call: int, argument: int, member: Member, depth: int) -> bool:
        """Whether a callee does nothing with the object that it is given as an argument, or as its receiver (NONE),
        that would end its context or let it out."""
        instruction, callee = code.code[call], code.callee(call)
        if not isinstance(instruction, ir.Call) or instruction.mode != ir.Mode.CALL or depth >= MAX_DEPTH:
            return False
        if not isinstance(callee, p.Static) or callee.via:
            return False
        target = self._code.get(callee.function)
        position = argument + int(callee.receiver != ir.NONE)
        if target is None or position >= len(target.function.params):
            return False
        return next(self.takes(target, target.function.params[position], member, depth + 1), None) is None

    # -- replaced ----------------------------------------------------------------------------------

    def replaced(self, code: FunctionCode, at: int, member: Member) -> bool:
        """Whether an assignment may overwrite the cancel function of an object that was looked up."""
        step = code.code[at]
        base = code.code[step.base] if isinstance(step, ir.SetField) else None
        if not isinstance(step, ir.SetField) or not isinstance(base, ir.Load):
            return False
        if self._is_looked_up_or_made(code, step.base, base.var):
            return self._is_blind(code, at, member)
        if not self._is_parameter(code, base.var):
            return False
        for caller, argument in self._calls.arguments(code, code.function.params.index(base.var)):
            load = caller.code[argument]
            if isinstance(load, ir.Load) and self._is_looked_up_or_made(caller, argument, load.var):
                if self._is_blind(code, at, member) and self._is_blind(caller, argument, member):
                    return True
        return False

    @staticmethod
    def _is_parameter(code: FunctionCode, var: int) -> bool:
        return var in code.function.params and var not in code.stores

    @staticmethod
    def _is_looked_up_or_made(code: FunctionCode, load: int, var: int) -> bool:
        """Whether a variable holds what a map has, or something new where the map has none."""
        if not is_register(code.body.vars[var]):
            return False
        kinds = set()
        for definition in Reaching(code).definitions(load, var):
            value = code.code[code.stored(definition)] if definition != ENTRY else None
            value = code.code[value.tuple] if isinstance(value, ir.Extract) else value
            kinds.add(type(value))
            if isinstance(value, ir.Index) and not isinstance(code.type_of(value.base), Map):
                return False
        return kinds == {ir.Index, ir.Composite}

    def _is_blind(self, code: FunctionCode, at: int, member: Member) -> bool:
        """Whether nothing that comes first in a function asks for the field, itself or in what it calls."""
        touching = self._touchers(member)
        for register in code.of_kind(ir.Selector, ir.FieldAddr):
            if code.code[register].name == member.name:  # type: ignore[union-attr]
                if member_of(self._code.program, code, register) == member:
                    return False
        return not any(
            edge.target in touching and edge.site != at and precedes(code, edge.site, at)
            for edge in self._calls.edges[code.id]
        )

    def _touchers(self, member: Member) -> frozenset[str]:
        """The functions that read a field."""
        found = self._touching.get(member)
        if found is None:
            found = self._touching[member] = frozenset(
                id
                for id in self._code.ids()
                for code in (self._code.function(id),)
                for register in code.of_kind(ir.Selector, ir.FieldAddr)
                if code.code[register].name == member.name  # type: ignore[union-attr]
                and member_of(self._code.program, code, register) == member
            )
        return found


def _uses(code: FunctionCode, instruction: ir.Instruction, vars: set[int]) -> bool:
    """Whether an instruction reads one of some variables, itself or in a literal."""
    if isinstance(instruction, ir.MakeClosure):
        return any(mentions(code, instruction.function, var) for var in vars)
    return isinstance(instruction, ir.Load | ir.Addr) and instruction.var in vars
