"""What ends a wait on a condition: fields that come to a value, and where they are given it.

A flag may be a boolean, a state among several, a bit, an error or what is kept by sync/atomic; tests and writes may
stand in small functions of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member, member_at
from govet_py.concurrency.flow.terms import Apply, Field, Parameter, Term, Terms, Value, substituted
from govet_py.knowledge.atomics import Does
from govet_py.model import ir
from govet_py.model.types import ERROR

NIL = "nil"


class Is(Enum):
    """How a field has to be to a value: EQUAL, OTHER, with the bits of it SET, or CLEAR."""

    EQUAL = "=="
    OTHER = "!="
    SET = "|"
    CLEAR = "&^"


_OPPOSITES = {Is.EQUAL: Is.OTHER, Is.OTHER: Is.EQUAL, Is.SET: Is.CLEAR, Is.CLEAR: Is.SET}


class Goal(NamedTuple):
    """What a field must become for a wait to end."""

    member: Member
    relation: Is
    value: str

    def is_met_by(self, term: Term, is_error: bool) -> bool:
        """Reports whether writing a term surely brings the goal about; `is_error`: the field holds an error."""
        if self.relation in (Is.SET, Is.CLEAR):
            return self._meets_bits(term)
        if self.value == NIL and self.relation == Is.OTHER:
            return is_error and term != Value(NIL)
        return isinstance(term, Value) and (term.text == self.value) is (self.relation == Is.EQUAL)

    def _meets_bits(self, term: Term) -> bool:
        if isinstance(term, Value) and term.text.isdigit():
            return bool(int(term.text) & int(self.value)) is (self.relation == Is.SET)
        if not isinstance(term, Apply) or term.op != self.relation.value or len(term.operands) != 2:
            return False
        bits = term.operands[1]
        return isinstance(bits, Value) and bits.text.isdigit() and bool(int(bits.text) & int(self.value))


class Goals:
    """The goals of waits, and the writes that bring them about."""

    def __init__(self, code: Code, calls: CallGraph) -> None:
        self._code = code
        self._calls = calls
        self._terms = Terms(code)

    # -- what is asked for -----------------------------------------------------------------------------

    def of(self, function: FunctionCode, wait: int) -> Iterator[Goal]:
        """The goals that alone, whatever else holds, lead out of the loop around a wait."""
        goal = function.block_of(wait)
        for index, block in enumerate(function.function.blocks):
            last = function.code[block.end - 1]
            if isinstance(last, ir.If | ir.Switch) and function.leads(goal, index) and function.leads(index, goal):
                for position, successor in enumerate(block.succs):
                    if successor != goal and not function.leads(successor, goal):
                        yield from self._taken(function, last, position)

    def _taken(self, function: FunctionCode, branch: ir.If | ir.Switch, position: int) -> Iterator[Goal]:
        """What has a branch go to its successor `position`."""
        if isinstance(branch, ir.If):
            yield from _deciding(self._terms.of(function, branch.cond), position == 0)
            return
        for value in branch.cases[position] if position < len(branch.cases) else ():
            term = self._terms.of(function, value)
            if branch.tag != ir.NONE:
                term = Apply("==", (self._terms.of(function, branch.tag), term))
            yield from _deciding(term, True)

    # -- where it comes about --------------------------------------------------------------------------

    def writes(self, goal: Goal) -> Iterator[tuple[FunctionCode, int]]:
        """The instructions of the field's package that bring a goal about: stores, and calls of what only stores."""
        for id in self._code.ids():
            code = self._code.function(id)
            if code.package == goal.member.package:
                for register in code.of_kind(ir.SetField, ir.SetDeref, ir.Call):
                    for writer, at, term in self._assigned(code, register, goal.member):
                        if goal.is_met_by(term, self._holds_error(code, register)):
                            yield writer, at

    @staticmethod
    def _holds_error(code: FunctionCode, register: int) -> bool:
        step = code.code[register]
        return isinstance(step, ir.SetField) and code.type_of(step.value) == ERROR

    def _assigned(
        self, code: FunctionCode, register: int, member: Member
    ) -> Iterator[tuple[FunctionCode, int, Term]]:
        """What an instruction stores in a field: where, in the terms of that function."""
        step = code.code[register]
        if isinstance(step, ir.Call):
            atomic = self._terms.atomic(code, register)
            if atomic is not None and atomic[0] != Does.READ and atomic[1] == Field(member):
                yield code, register, atomic[2]
        elif isinstance(step, ir.SetDeref):
            place = self._terms.of(code, step.base)
            if isinstance(place, Parameter):
                yield from self._above(code, place, self._terms.of(code, step.value), member)
        elif isinstance(step, ir.SetField) and step.name == member.name:
            if member_at(self._code.program, code, register) == member:
                term = self._terms.of(code, step.value)
                if isinstance(term, Parameter) and code.type_of(step.value) != ERROR:
                    yield from self._above(code, Field(member), term, member)
                else:
                    yield code, register, term

    def _above(
        self, code: FunctionCode, place: Term, term: Term, member: Member
    ) -> Iterator[tuple[FunctionCode, int, Term]]:
        """What the callers of a function have it store in a field."""
        for caller, call in self._calls.sites(code.id) if code.index == 0 else ():
            arguments = self._terms.arguments(caller, call)
            if substituted(place, arguments) == Field(member):
                yield caller, call, substituted(term, arguments)


def _deciding(term: Term, holds: bool) -> Iterator[Goal]:
    """The goals that alone make a condition true (`holds`) or false."""
    match term:
        case Field(member):
            yield Goal(member, Is.EQUAL, "true" if holds else "false")
        case Apply("!", (operand,)):
            yield from _deciding(operand, not holds)
        case Apply("&&" | "||" as op, (left, right)) if holds is (op == "||"):
            yield from _deciding(left, holds)
            yield from _deciding(right, holds)
        case Apply("==" | "!=" as op, (left, right)):
            for one, other in ((left, right), (right, left)):
                if isinstance(other, Value):
                    yield from _compared(one, other.text, (op == "==") is holds)


def _compared(term: Term, value: str, equal: bool) -> Iterator[Goal]:
    """The goal that makes a term equal to a constant, or different from it."""
    match term:
        case Field(member):
            yield Goal(member, Is.EQUAL if equal else Is.OTHER, value)
        case Apply("&", (Field(member), Value(bits))) if bits.isdigit() and value in ("0", bits):
            relation = Is.CLEAR if value == "0" else Is.SET
            yield Goal(member, relation if equal else _OPPOSITES[relation], bits)
