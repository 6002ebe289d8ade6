"""Objects that fail to open and leave a part of themselves open, which their own Close passes over.

`Open` opens a part, does what may fail, and marks the object as open at its end. `Close` closes the part, but returns
at once where the object has no mark. So nobody closes what a failed Open leaves behind, and the next Open opens it
again.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from govet_py.callgraph.code import Code, FunctionCode, literal_id
from govet_py.callgraph.members import Member, member_at, member_of, receiver_member
from govet_py.callgraph.uses import deferred_literals
from govet_py.concurrency.describe import expression, short_name
from govet_py.concurrency.flow.control import tests
from govet_py.concurrency.flow.exits import Exits
from govet_py.concurrency.flow.obligations import Duty, Exit, Obligations, fails, success_of
from govet_py.concurrency.obligations.leak_story import way_steps
from govet_py.knowledge.atomics import ATOMICS, RECEIVER, Does
from govet_py.knowledge.releases import OPENS
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.finding import Confidence, Finding, Related, Rule, Step

_IS_SET = {"==": False, "!=": True, ">": True}
"""By comparison: whether it says of what is compared with zero that it is set."""


class HalfOpen(NamedTuple):
    """`function` opens a part at `opened` and fails on the ways `held`; `close` closes that part, at `at`, only where
    `mark` is set."""

    function: str
    opened: int
    held: tuple[Exit, ...]
    mark: Member
    close: str
    at: int


def half_open_findings(rule: Rule, program: Code) -> Iterator[Finding]:
    """The parts that a failed Open leaves open."""
    return (_finding(rule, program, one) for one in _HalfOpens(program).found())


class _HalfOpens:
    """Of a program."""

    def __init__(self, code: Code) -> None:
        self._code = code

    def found(self) -> Iterator[HalfOpen]:
        """One finding a part and function."""
        for code, opened, part in self._openings:
            closes = [one for one in self._closes.get(part, ()) if one[0].body_id != code.body_id]
            for mark, sets in _marks(self._code, code, part).items() if closes else ():
                if all(_is_passed_over(self._code, closer, at, mark) for closer, at in closes):
                    held = self._left(code, opened, part, sets)
                    if held:
                        yield HalfOpen(code.id, opened, held, mark, closes[0][0].id, closes[0][1])
                        break

    @cached_property
    def _openings(self) -> list[tuple[FunctionCode, int, Member]]:
        """The calls, in methods that may fail, that open a part of an object."""
        found: list[tuple[FunctionCode, int, Member]] = []
        for id in self._code.ids():
            code = self._code.function(id)
            for call in code.of_kind(ir.Call) if code.is_method and code.may_fail and not code.index else ():
                if code.called_name(call) in OPENS and code.mode_of(call) == ir.Mode.CALL:
                    part = receiver_member(self._code.program, code, call)
                    if part is not None and part.owner:
                        found.append((code, call, part))
        return found

    @cached_property
    def _closes(self) -> dict[Member, list[tuple[FunctionCode, int]]]:
        """By part, where it is closed, or its method that closes it is handed on."""
        verbs = {part: OPENS[code.called_name(call)] for code, call, part in self._openings}
        found: dict[Member, list[tuple[FunctionCode, int]]] = {}
        for id in self._code.ids() if verbs else ():
            code = self._code.function(id)
            for at in code.of_kind(ir.Selector):
                step = code.code[at]
                if isinstance(step, ir.Selector) and step.name in OPENS.values():
                    part = member_of(self._code.program, code, step.base)
                    if part is not None and verbs.get(part) == step.name:
                        found.setdefault(part, []).append((code, at))
        return found

    def _left(self, code: FunctionCode, opened: int, part: Member, sets: list[int]) -> tuple[Exit, ...]:
        """The failing ways out of a function on which a part is open and the object is not marked."""
        mine = [(owner, at) for owner, at in self._closes[part] if owner.body_id == code.body_id]
        deferring = {literal_id(code.body_id, literal) for literal in deferred_literals(code)}
        if any(owner.id in deferring for owner, _ in mine):
            return ()
        ways = Exits(self._code, code)
        if any(ways.reaches(at, opened) for at in sets):
            return ()
        callee = code.callee(opened)
        inner = self._code.get(callee.function) if isinstance(callee, p.Static) else None
        ends = frozenset((*sets, *(at for owner, at in mine if owner is code)))
        duty = Duty({opened: success_of(inner) if inner is not None else None}, ends)
        exits = Obligations(self._code, code, duty).exits()
        return tuple(exit for exit in exits if exit.leaks and not exit.again and fails(code, exit))


def _marks(program: Code, code: FunctionCode, part: Member) -> dict[Member, list[int]]:
    """The other fields of the object that a function sets, with where: to anything but false, 0 and nil."""
    found: dict[Member, list[int]] = {}
    for at in code.of_kind(ir.SetField, ir.Call):
        member, value = _set(program, code, at)
        if member is not None and member[:2] == part[:2] and member != part and not _is_zero(code, value):
            found.setdefault(member, []).append(at)
    return found


def _set(program: Code, code: FunctionCode, at: int) -> tuple[Member | None, int]:
    """The field that an assignment or an atomic store sets, and the value."""
    step = code.code[at]
    if isinstance(step, ir.SetField):
        return member_at(program.program, code, at), step.value
    place = _atomic_place(code, at, Does.WRITE)
    value = step.args[-1] if isinstance(step, ir.Call) and step.args else ir.NONE
    return (member_of(program.program, code, place) if place != ir.NONE else None), value


def _atomic_place(code: FunctionCode, call: int, does: Does) -> int:
    """What a call reads or writes in one atomic step; NONE for other instructions."""
    step, callee = code.code[call], code.callee(call) if isinstance(code.code[call], ir.Call) else None
    known = ATOMICS.get(callee.function) if isinstance(callee, p.Static) else None
    if known is None or known.does != does or not isinstance(step, ir.Call):
        return ir.NONE
    return code.receiver_of(call) if known.place == RECEIVER else step.args[known.place]


def _is_zero(code: FunctionCode, value: int) -> bool:
    constant = code.code[value]
    return code.is_nil(value) or (isinstance(constant, ir.Const) and constant.value in ("false", "0"))


def _is_passed_over(program: Code, code: FunctionCode, at: int, mark: Member) -> bool:
    """Whether a function comes to an instruction only where a field of its object is set."""
    cuts = []
    for block, test in tests(code):
        met = _set_branch(program, code, test.cond, mark)
        if met is not None:
            cuts.append((block, code.function.blocks[block].succs[met]))
    return bool(cuts) and not Exits(program, code).reaches(0, at, (), cuts)


def _set_branch(program: Code, code: FunctionCode, cond: int, mark: Member) -> int | None:
    """The branch of a test that is taken where a field is set; None if it asks for something else."""
    met = 0
    while isinstance(test := code.code[cond], ir.Unary) and test.op == "!":
        cond, met = test.operand, 1 - met
    if isinstance(test, ir.Binary) and test.op in _IS_SET and isinstance(code.code[test.right], ir.Const | ir.Name):
        cond, met = test.left, met if _IS_SET[test.op] == _is_zero(code, test.right) else 1 - met
    place = _atomic_place(code, cond, Does.READ)
    return met if member_of(program.program, code, cond if place == ir.NONE else place) == mark else None


def _finding(rule: Rule, program: Code, one: HalfOpen) -> Finding:
    code, closer = program.function(one.function), program.function(one.close)
    name, opener, close = expression(code, code.receiver_of(one.opened)), short_name(code.id), short_name(one.close)
    steps = way_steps(code, Step(code.site(one.opened), f"{name} is opened"), one.held[0], "it has not been closed")
    message = f"{name} stays open where {opener} fails: {close} passes it over without {one.mark.name}"
    related = (Related(closer.site(one.at), f"closes it, but only if {one.mark} is set"),)
    return Finding(rule, Confidence.MEDIUM, message, steps[-1].site, code.id, (name, "half open"), steps, related)
