"""What a value is in terms of fields, constants and parameters: `f.has(closed)` as `f.flags & 2 != 0`.

Calls of small functions that only compute a result are replaced by it, reads through sync/atomic by what they read.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Union

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member, member_at, member_of
from govet_py.knowledge.atomics import ATOMICS, RECEIVER, Does
from govet_py.model import ir
from govet_py.model import program as p

MAX_DEPTH = 12


class Parameter(NamedTuple):
    """Parameter `position` of the function at hand, the receiver first; a pointer stands for what it points to."""

    position: int


class Field(NamedTuple):
    """A field or package variable, of whatever object."""

    member: Member


class Value(NamedTuple):
    """A constant: an integer in decimal, or the source text."""

    text: str


class Apply(NamedTuple):
    """An operator on operands."""

    op: str
    operands: tuple["Term", ...]


Term = Union[Parameter, Field, Value, Apply, None]
"""None: anything else."""


class Terms:
    """The terms of registers, over the whole program."""

    def __init__(self, code: Code) -> None:
        self._code = code
        self._results: dict[str, Term] = {}

    def of(self, code: FunctionCode, register: int, depth: int = 0) -> Term:
        """What a register of a function holds."""
        if register == ir.NONE or depth > MAX_DEPTH:
            return None
        number = code.types.constant_int(code.index, register)
        if number is not None:
            return Value(str(number))
        match code.code[register]:
            case ir.Const() as constant:
                return Value(constant.value)
            case ir.Load() | ir.Addr() as use:
                return self._variable(code, use.var, depth)
            case ir.Deref() as use:
                return self.of(code, use.base, depth + 1)
            case ir.Unary() as use:
                return Apply(use.op, (self.of(code, use.operand, depth + 1),))
            case ir.Binary() as use:
                return Apply(use.op, (self.of(code, use.left, depth + 1), self.of(code, use.right, depth + 1)))
            case ir.Call() as call:
                return self._call(code, register, call, depth)
        member = member_at(self._code.program, code, register)
        return Field(member) if member is not None else None

    def place(self, code: FunctionCode, register: int, via: tuple[str, ...] = ()) -> Term:
        """As `of`, of what lies in the embedded fields `via` of a register."""
        if not via:
            return self.of(code, register)
        member = member_of(self._code.program, code, register, via)
        return Field(member) if member is not None else None

    def arguments(self, code: FunctionCode, call: int) -> list[Term]:
        """What a call puts in for the parameters of the function that it names, the receiver first."""
        step, callee = code.code[call], code.callee(call)
        if not isinstance(step, ir.Call) or not isinstance(callee, p.Static):
            return []
        receiver = [self.place(code, callee.receiver, callee.via)] if callee.receiver != ir.NONE else []
        return [*receiver, *(self.of(code, argument) for argument in step.args)]

    def atomic(self, code: FunctionCode, call: int) -> tuple[Does, Term, Term] | None:
        """What a call of sync/atomic does, to which place, with which value; None for other calls."""
        callee = code.callee(call)
        known = ATOMICS.get(callee.function) if isinstance(callee, p.Static) else None
        if known is None or not isinstance(callee, p.Static):
            return None
        place = self.place(code, callee.receiver, callee.via) if known.place == RECEIVER else None
        args = code.code[call].args  # type: ignore[union-attr]
        place = place if known.place == RECEIVER else self.of(code, args[known.place])
        return known.does, place, self.of(code, args[known.value]) if known.value >= 0 else None

    def _variable(self, code: FunctionCode, var: int, depth: int) -> Term:
        stores = self._code.stores(code, var)
        if var in code.function.params:
            return Parameter(code.function.params.index(var)) if not stores else None
        if len(stores) != 1 or stores[0][0] != code.index:
            return None
        return self.of(code, code.stored(stores[0][1]), depth + 1)

    def _call(self, code: FunctionCode, register: int, call: ir.Call, depth: int) -> Term:
        callee = code.callee(register)
        if isinstance(callee, p.Conversion) and call.args:
            return self.of(code, call.args[0], depth + 1)
        if not isinstance(callee, p.Static):
            return None
        atomic = self.atomic(code, register)
        if atomic is not None:
            return atomic[1] if atomic[0] == Does.READ else None
        return substituted(self._result(callee.function), self.arguments(code, register))

    def _result(self, function: str) -> Term:
        """The only result of a function that does nothing else."""
        if function not in self._results:
            self._results[function] = None
            code = self._code.get(function)
            returns = code.of_kind(ir.Return) if code is not None else ()
            if code is not None and len(returns) == 1:
                step = code.code[returns[0]]
                if isinstance(step, ir.Return) and len(step.results) == 1:
                    self._results[function] = self.of(code, step.results[0])
        return self._results[function]


def substituted(term: Term, arguments: Sequence[Term]) -> Term:
    """A term of a function with a caller's terms for its parameters."""
    if isinstance(term, Parameter):
        return arguments[term.position] if term.position < len(arguments) else None
    if isinstance(term, Apply):
        return Apply(term.op, tuple(substituted(one, arguments) for one in term.operands))
    return term
