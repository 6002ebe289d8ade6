"""Limits that a program enforces itself: a field of a request says how long the work may take. Whoever does the work,
or a callback of his, holds the time that has passed against it, and answers with an error of its own when it is up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member, literal_fields, member_at, member_of
from govet_py.concurrency.flow.control import tests
from govet_py.concurrency.protocols.progress import parts
from govet_py.knowledge.clocks import AFTER, ASKS, NEW_TIMER
from govet_py.knowledge.limits import Limit
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.types import Named, deref

_ASKS = (*ASKS, AFTER, NEW_TIMER)


class EnforcedLimit(NamedTuple):
    """Whoever sets `field` is answered by `enforcer` with the error of `limit` when the time is up; `own`: the field is
    the enforcer's object's, which setters set."""

    limit: Limit
    field: Member
    enforcer: str
    own: bool


def enforced_limits(code: Code, calls: CallGraph) -> Iterator[EnforcedLimit]:
    """All of a program, in a stable order."""
    asking = (calls.named(name) for name in calls.named_like(_ASKS))
    for id in sorted({code.function(function).body_id for places in asking for function, _ in places}):
        declared = code.function(id)
        for index in range(len(declared.body.functions)):
            function = code.sibling(declared, index)
            for condition, then in _ends(function) if function.may_fail else ():
                field, own = _compared(code, function, condition)
                limit = _answered(function, field, then) if field is not None else None
                if field is not None and limit is not None:
                    yield EnforcedLimit(limit, field, id, own)


def _ends(function: FunctionCode) -> Iterator[tuple[int, int]]:
    """What may show that the time is up, a condition or a timer's channel, with the block that comes then."""
    for block, test in tests(function):
        yield test.cond, function.function.blocks[block].succs[0]
    for register in function.of_kind(ir.Select):
        select, following = function.code[register], function.function.blocks[function.block_of(register)].succs
        cases = select.cases if isinstance(select, ir.Select) else ()
        yield from ((case.chan, then) for case, then in zip(cases, following, strict=False) if case.value == ir.NONE)


def sets(code: Code, calls: CallGraph, function: FunctionCode, call: int, enforced: EnforcedLimit) -> int | None:
    """Where the limit of a call is set, in the function that calls; None when it is not."""
    if enforced.own:
        return _sets_own(code, calls, function, call, enforced)
    given, field = parts(function, call), enforced.field
    for register in given:
        owner = deref(function.type_of(register)) if isinstance(function.code[register], ir.Composite) else None
        if isinstance(owner, Named) and (owner.package, owner.name) == field[:2]:
            if any(name == field.name for name, _ in literal_fields(code.program, function, register)):
                return register
    return None


def hands_over(function: FunctionCode, call: int, enforced: EnforcedLimit) -> bool:
    """Reports whether a call is given the enforcer, a method of the object that has the limit."""
    instruction = function.code[call]
    given = instruction.args if isinstance(instruction, ir.Call) else ()
    named = (function.denotes(function.source(argument)) for argument in given)
    return enforced.own and any(isinstance(what, p.FunctionRef) and what.id == enforced.enforcer for what in named)


def _sets_own(
    code: Code, calls: CallGraph, function: FunctionCode, call: int, enforced: EnforcedLimit
) -> int | None:
    """The last call before of a method that sets the field, of what the enforcer is called on."""
    if all(one.id != enforced.enforcer for one in calls.callees(function, call)):
        return None
    before = (at for at in reversed(function.of_kind(ir.Call)) if at < call)
    return next((at for at in before if _is_setter(code, calls, function, at, call, enforced.field)), None)


def _is_setter(code: Code, calls: CallGraph, function: FunctionCode, at: int, call: int, field: Member) -> bool:
    one, other = map(function.receiver_of, (at, call))
    if one == ir.NONE or other == ir.NONE or function.code[one] != function.code[other]:
        member = member_of(code.program, function, one) if ir.NONE not in (one, other) else None
        if member is None or member != member_of(code.program, function, other):
            return False
    return any(
        member_at(code.program, setter, register) == field
        for setter in calls.callees(function, at)
        for register in setter.of_kind(ir.SetField)
    )


def _compared(code: Code, function: FunctionCode, condition: int) -> tuple[Member | None, bool]:
    """The field of a parameter that a condition holds the time against, and whether the parameter is the receiver."""
    registers = list(_held_against(code, function, condition))
    if not any(_asks(frame, register) for frame, register in registers):
        return None, False
    for frame, register in registers:
        selector = frame.code[register]
        base = frame.code[selector.base] if isinstance(selector, ir.Selector) else None
        if isinstance(base, ir.Load) and frame.body.vars[base.var].kind in (ir.VarKind.PARAM, ir.VarKind.RECEIVER):
            member = member_of(code.program, frame, register)
            if member is not None:
                return member, frame.body.vars[base.var].kind == ir.VarKind.RECEIVER
    return None, False


def _held_against(code: Code, function: FunctionCode, condition: int) -> Iterator[tuple[FunctionCode, int]]:
    """What a condition is computed from, also in the function around, which sets a variable once."""
    for register in parts(function, condition):
        yield function, register
        step = function.code[register]
        if isinstance(step, ir.Load) and function.body.vars[step.var].owner != function.index:
            outer = list(code.values_of(function, step.var))
            for frame, value in outer if len(outer) == 1 else ():
                yield from ((frame, at) for at in parts(frame, value))


def _asks(code: FunctionCode, register: int) -> bool:
    callee = code.callee(register) if isinstance(code.code[register], ir.Call) else None
    return isinstance(callee, p.Static) and callee.function.startswith(_ASKS)


def _answered(code: FunctionCode, field: Member, block: int) -> Limit | None:
    """The limit whose error is returned in a block."""
    end = code.function.blocks[block].end
    answer = code.code[end - 1] if end else None
    if not isinstance(answer, ir.Return) or not answer.results:
        return None
    known = parts(code, answer.results[-1])
    named = [code.denotes(register) for register in known]
    codes = [what.name for what in named if isinstance(what, p.ConstantRef)]
    states = [code.types.constant_text(code.index, at) for at, what in zip(known, named, strict=True)
              if isinstance(what, p.ConstantRef)]
    sentinels = [f"{what.package}.{what.name}" for what in named if isinstance(what, p.VariableRef)]
    if len(codes) + len(sentinels) != 1:
        return None
    words = frozenset(name.lower().replace("code_", "") for name in codes)
    name = f"{field.owner}.{field.name}"
    error = (codes + sentinels)[0].rpartition("/")[2]
    return Limit(name, (), error, frozenset(), words, frozenset(sentinels), "", (*states, None)[0] or "")
