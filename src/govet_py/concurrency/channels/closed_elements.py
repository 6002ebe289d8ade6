"""Channels that a map or list of objects is closed by, and that are closed once more.

`s, ok := m[id]; if ok { close(s.done) }` without `delete(m, id)`, where another close gets at the elements of the same
map: nothing of the element is asked before the close but whether it is there. Or the other way round: all elements are
closed, one after the other, and stay, so that whoever takes one out later closes it again; or he does not look whether
it is still there.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member, member_at, member_of
from govet_py.callgraph.uses import operands
from govet_py.concurrency.channels.channel_model import Closed, Closing, Op, OpKind
from govet_py.concurrency.channels.runs import How, Runs
from govet_py.concurrency.flow.control import decisions
from govet_py.knowledge.concurrency import WAIT
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.types import Map, Slice

MAX_TESTS = 6
MAX_CALLERS = 2


class _By(Enum):
    """How a close comes to an element: it looks for it in the map, takes one after the other, or is given it and takes
    it out of the map."""

    LOOKUP = "lookup"
    RANGE = "range"
    GIVEN = "given"


class _Found(NamedTuple):
    """`op` closes field `channel` of an element of the map or list `found_in`, or the element itself, or calls what
    does so."""

    op: Op
    channel: Member | None
    found_in: Member
    by: _By


def closed_elements(code: Code, runs: Runs, closes: list[Op]) -> Iterator[Closing]:
    """One finding a close."""
    own = [op for op in closes if not runs.is_once(op.function)]
    found = [one for op in own for at, register, channel in _places(code, runs, op)
             for one in _elements(code, at, register, channel)]
    for one in found:
        others = [
            other
            for other in found
            if other.op != one.op and (other.channel, other.found_in) == (one.channel, one.found_in)
        ]
        if others and one.by != _By.RANGE and _is_untested(code, one.op):
            why, other = _closed_before(code, runs, one, others)
            if other is not None:
                yield Closing(None, one.op, other.op, why)


def _closed_before(code: Code, runs: Runs, one: _Found, others: list[_Found]) -> tuple[Closed, _Found | None]:
    """Another close that may have come before one that nothing keeps from it."""
    if one.by == _By.LOOKUP and not _is_taken_out(code, runs, one):
        return Closed.STAYS, others[0]
    ranged = [other for other in others if other.by == _By.RANGE and not _is_dropped(code, runs, other)]
    of_all = [other for other in ranged if not _waits_first(code, runs, other.op)]
    if not of_all or _is_asked_above(code, runs, one):
        return Closed.STAYS, None
    if one.by == _By.GIVEN and not _is_looked_for(code, runs, one):
        return Closed.UNASKED, of_all[0]
    return Closed.STAYS, next((other for other in of_all if not _is_taken_out(code, runs, other)), None)


# -- how a close comes to its channel --------------------------------------------------------------


def _places(code: Code, runs: Runs, op: Op) -> Iterator[tuple[Op, int, Member | None]]:
    """A close with the register of the object that has the channel, or of the channel itself, and the field that it is
    read from; also the calls of a function that closes whatever it is given."""
    function = code.function(op.function)
    call = function.code[op.register]
    register = call.args[0] if isinstance(call, ir.Call) else ir.NONE
    channel = member_of(code.program, function, register)
    step = function.code[function.source(register)]
    if isinstance(step, ir.Selector):
        register = step.base
    yield op, register, channel
    step = function.code[register]
    params = function.function.params
    if not isinstance(step, ir.Load) or step.var not in params or not _is_untested(code, op):
        return
    for use in runs.uses(op.function):
        caller = code.get(use.caller) if use.how in (How.INLINE, How.DEFERRED) else None
        given = _argument(caller, use.register, params.index(step.var)) if caller is not None else ir.NONE
        if given != ir.NONE:
            yield Op(OpKind.CLOSE, use.caller, use.register), given, channel


def _argument(function: FunctionCode, call: int, position: int) -> int:
    """The register that a call hands over as a parameter, receivers first; NONE where that is not plain."""
    step, receiver = function.code[call], function.receiver_of(call)
    if not isinstance(step, ir.Call) or step.spread:
        return ir.NONE
    given = (receiver, *step.args) if receiver != ir.NONE else step.args
    return given[position] if position < len(given) else ir.NONE


def _elements(code: Code, op: Op, register: int, channel: Member | None) -> Iterator[_Found]:
    """The map or list that a register is an element of."""
    function = code.function(op.function)
    taken = function.taken_by(register)
    match function.code[taken] if taken != ir.NONE else None:
        case ir.Index() as step:
            counted = isinstance(function.code[function.taken_by(step.index)], ir.Next)
            by = _By.RANGE if counted and not _picks_one(function, op.register) else _By.LOOKUP
            members = [(_container(code, function, step.base), by)]
        case ir.Next() as step:
            ranged = function.code[step.range]
            base = ranged.base if isinstance(ranged, ir.Range) else ir.NONE
            by = _By.LOOKUP if _picks_one(function, op.register) else _By.RANGE
            members = [(_container(code, function, base), by)]
        case _:
            given = _is_given(function, register)
            members = [(member, _By.GIVEN) for member in _shortened(code, function)] if given else []
    yield from (_Found(op, channel, member, by) for member, by in dict.fromkeys(members) if member is not None)


def _container(code: Code, function: FunctionCode, base: int) -> Member | None:
    """The field or package variable that a map or list was read from."""
    member = member_of(code.program, function, base) if base >= 0 else None
    return member if member and isinstance(code.program.underlying(function.type_of(base)), Map | Slice) else None


def _is_given(function: FunctionCode, register: int) -> bool:
    """Whether a register holds a parameter, or a variable of the function around."""
    step = function.code[function.source(register)]
    var = function.body.vars[step.var] if isinstance(step, ir.Load) else None
    return var is not None and (var.kind in (ir.VarKind.PARAM, ir.VarKind.RECEIVER) or var.owner != function.index)


def _picks_one(function: FunctionCode, register: int) -> bool:
    """Whether a loop over all looks for one that is named by a parameter."""
    tests = ((function.code[at], "!=" if other else "==") for at, other in decisions(function, register, MAX_TESTS))
    return any(isinstance(test, ir.If) and _is_identity(function, function.code[test.cond], op) for test, op in tests)


def _is_identity(function: FunctionCode, step: ir.Instruction, *ops: str) -> bool:
    """Whether a condition compares with a parameter."""
    compares = isinstance(step, ir.Binary) and step.op in ops
    return compares and any(_is_given(function, side) for side in operands(step))


def _shortened(code: Code, function: FunctionCode) -> Iterator[Member | None]:
    """The maps that a function takes something out of, and the lists that it assigns anew."""
    for register in function.of_kind(ir.Call, ir.SetField):
        step = function.code[register]
        if isinstance(step, ir.SetField):
            if isinstance(code.program.underlying(function.type_of(step.value)), Slice):
                yield member_at(code.program, function, register)
        elif function.callee(register) == p.BuiltinCall("delete"):
            yield _container(code, function, operands(step)[1])


# -- what is asked before --------------------------------------------------------------------------


def _is_untested(code: Code, op: Op) -> bool:
    """Whether nothing is asked before a close but for values of variables: no field, no call, no other channel."""
    function = code.function(op.function)
    block = function.block_of(op.register)
    for _ in range(MAX_TESTS):
        before = [one for one in function.predecessors[block] if not _goes_round(function, one, block)]
        if len(before) != 1:
            return not before
        last = function.code[function.function.blocks[before[0]].end - 1]
        if isinstance(last, ir.Select | ir.Switch | ir.TypeSwitch):
            return False
        if isinstance(last, ir.If) and not _asks_variables(function, last.cond):
            return False
        block = before[0]
    return False


def _goes_round(function: FunctionCode, end: int, header: int) -> bool:
    """Whether a block is inside the loop that begins with another one."""
    loop = function.function.blocks[header].loop
    begins = loop != ir.NONE and function.function.loops[loop].header == header
    return begins and function.inside(function.function.blocks[end].loop, loop)


def _asks_variables(function: FunctionCode, register: int) -> bool:
    step = function.code[register]
    if isinstance(step, ir.Load | ir.Const | ir.Next) or _is_identity(function, step, "==", "!="):
        return True
    parts = [one for one in operands(step) if one >= 0]
    return isinstance(step, ir.Unary | ir.Binary) and all(_asks_variables(function, one) for one in parts)


def _is_asked_above(code: Code, runs: Runs, found: _Found) -> bool:
    """Whether all methods of the owner of the map that come to a close ask a field of it first."""
    owner = found.found_in.owner
    above = [use for use in runs.uses(found.op.function) if use.caller and _is_method_of(code, use.caller, owner)]
    return bool(above) and not any(_is_untested(code, Op(OpKind.CLOSE, use.caller, use.register)) for use in above)


def _is_method_of(code: Code, function: str, owner: str) -> bool:
    inner = code.function(function)
    return inner.index == 0 and code.program.functions[inner.body_id].name.rpartition(".")[0] == owner


def _is_looked_for(code: Code, runs: Runs, found: _Found) -> bool:
    """Whether the function of a close, or every caller that does not go through all elements, looks into the map."""
    if _looks(code, code.function(found.op.function), found.found_in):
        return True
    above = [code.function(use.caller) for use in runs.uses(found.op.function) if use.caller]
    return bool(above) and all(_looks(code, one, found.found_in) for one in above)


def _looks(code: Code, function: FunctionCode, member: Member) -> bool:
    """Whether a function reads elements of a map or list."""
    bases = (operands(function.code[at])[0] for at in function.of_kind(ir.Index, ir.Range))
    return any(member_of(code.program, function, base) == member for base in bases)


def _waits_first(code: Code, runs: Runs, op: Op) -> bool:
    """Whether the function of a close waits for something before, or one that calls it for a group: for those who
    would close an element otherwise."""
    own = code.function(op.function)
    received = any(at < op.register for at in own.of_kind(ir.Recv))
    return received or any(_joins(*place) for place in ((own, op.register), *_callers(code, runs, op)))


def _callers(code: Code, runs: Runs, op: Op) -> Iterator[tuple[FunctionCode, int]]:
    """The functions that run the one with a close, and where."""
    yield from ((code.function(use.caller), use.register) for use in runs.uses(op.function) if use.caller)


def _joins(function: FunctionCode, register: int) -> bool:
    """Whether a function waits for a group before an instruction."""
    calls = (at for at in function.of_kind(ir.Call) if at < register and not function.is_deferred(at))
    callees = map(function.callee, calls)
    return any(p.is_one_of(callee, WAIT) for callee in callees)


# -- what becomes of the elements ------------------------------------------------------------------


def _is_dropped(code: Code, runs: Runs, found: _Found) -> bool:
    """Whether what has the map was found somewhere itself, and may be taken out there with all its elements."""
    own = code.function(found.op.function)
    reads = (at for at in own.of_kind(ir.Selector) if member_of(code.program, own, at) == found.found_in)
    owners = [operands(own.code[at])[0] for at in reads]
    if not all(_is_given(own, owner) or isinstance(own.code[owner], ir.Selector | ir.Name) for owner in owners):
        return True
    above = ((caller, at) for caller, at in _callers(code, runs, found.op) if isinstance(caller.code[at], ir.Call))
    given = ((caller, caller.receiver_of(at)) for caller, at in above)
    return any(
        isinstance(caller.code[caller.taken_by(receiver)], ir.Index | ir.Next)
        for caller, receiver in given
        if receiver != ir.NONE
    )


def _is_taken_out(code: Code, runs: Runs, found: _Found) -> bool:
    """Whether the function of a close, or one of its callers, takes elements out of the map or renews the channel."""
    around = {found.op.function}
    for _ in range(MAX_CALLERS):
        around |= {use.caller for one in around for use in runs.uses(one) if use.caller}
    return any(_changes(code, code.function(id), found) for id in around) or _renews_below(code, found)


def _renews_below(code: Code, found: _Found) -> bool:
    """Whether a function that the one with the close calls takes elements out."""
    function = code.function(found.op.function)
    for register in function.of_kind(ir.Call):
        callee = function.callee(register)
        target = code.get(callee.function) if isinstance(callee, p.Static) else None
        if target is not None and _changes(code, target, found):
            return True
    return False


def _changes(code: Code, function: FunctionCode, found: _Found) -> bool:
    for register in function.of_kind(ir.Call, ir.SetField, ir.SetIndex, ir.SetName):
        step = function.code[register]
        if isinstance(step, ir.Call):
            builtin = function.callee(register)
            taken = isinstance(builtin, p.BuiltinCall) and builtin.name in ("delete", "clear")
            if taken and member_of(code.program, function, step.args[0]) == found.found_in:
                return True
        elif isinstance(step, ir.SetIndex):
            if member_of(code.program, function, step.base) == found.found_in:
                return True
        elif member_at(code.program, function, register) in (found.found_in, found.channel):
            return True
    return False
