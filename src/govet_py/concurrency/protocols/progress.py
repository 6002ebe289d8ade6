"""Work that goes on where it was cut off: what a round keeps, and what the next one begins with.

Kept is what a callback, or the loop over a stream, stores in variables and fields, or a function of what work has
answered; work resumes when its arguments are computed from that, also by small functions that read it.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from typing import NamedTuple

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.concurrency.flow.control import loop_blocks
from govet_py.concurrency.flow.dependence import Dependence, inputs
from govet_py.concurrency.flow.failures import failing, is_error
from govet_py.knowledge.contexts import DONE, ERR
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.types import ERROR

MAX_PARTS = 60


class Kept(NamedTuple):
    """Variables of a body, and names of fields, that a round of work stores to."""

    body: str
    vars: frozenset[int]
    fields: frozenset[str]


NOTHING = Kept("", frozenset(), frozenset())


def kept_by_callback(code: Code, callback: str) -> Kept:
    """What a function keeps, itself and by what it calls."""
    run = code.get(callback)
    if run is None:
        return NOTHING
    stored = frozenset(i.var for i in run.code if isinstance(i, ir.Store))
    return Kept(run.body_id, stored, _fields_set(code, run, range(len(run.code))))


def kept_by_loop(code: Code, function: FunctionCode, loop: int) -> Kept:
    """What a loop of a function keeps in fields, itself and by what it calls: its variables begin anew."""
    inside = [at for at in range(len(function.code)) if function.inside(function.loop_of(at), loop)]
    return Kept(function.body_id, frozenset(), _fields_set(code, function, inside))


def kept_of_result(code: Code, function: FunctionCode, call: int) -> Kept:
    """What a function keeps in fields of what a call has answered."""
    if not function.of_kind(ir.SetField):
        return NOTHING
    answered = Dependence(code, function).derived((call,))
    sets = (function.code[at] for at in function.of_kind(ir.SetField))
    kept = frozenset(one.name for one in sets if isinstance(one, ir.SetField) and one.value in answered)
    return Kept(function.body_id, frozenset(), kept)


def resumes(code: Code, function: FunctionCode, call: int, kept: Kept) -> bool:
    """Reports whether a call is given what was kept before."""
    used = [(at, function.code[at]) for at in parts(function, call)]
    ours = kept.vars if kept.body == function.body_id else frozenset()
    if any(isinstance(step, ir.Load) and step.var in ours for _, step in used):
        return True
    read = {step.name for _, step in used if isinstance(step, ir.Selector)}
    for at, step in used:
        getter = _named(code, function, at) if at != call and isinstance(step, ir.Call) else None
        read |= {i.name for i in getter.code if isinstance(i, ir.Selector)} if getter is not None else set()
    return not kept.fields.isdisjoint(read)


def carries_on(function: FunctionCode, call: int) -> bool:
    """Reports whether a call in a loop is given what it has returned in the round before (`pos, err = work(pos)`)."""
    loop = function.loop_of(call)
    used = (function.code[at] for at in parts(function, call)) if loop != ir.NONE else ()
    read = {step.var for step in used if isinstance(step, ir.Load)}
    stores = (at for var in sorted(read) for at in function.stores.get(var, ()) if at > call)
    return any(function.loop_of(at) == loop and call in parts(function, at) for at in stores)


def takes_in_turn(function: FunctionCode, call: int) -> bool:
    """Reports whether a call takes one thing after the other out of what outlives the function, to hand it on, in a
    loop that nothing but an error ends: what was taken until then is done. Or is `ctx.Err()`, where the loop selects
    between what it takes and the end of its context."""
    receiver, loop = function.receiver_of(call), function.loop_of(call)
    if receiver == ir.NONE or loop == ir.NONE:
        return False
    header = function.function.loops[loop].header
    cycle = {block for block in loop_blocks(function, loop) if function.leads(block, header)}
    if p.known_name(function.callee(call)) == ERR:
        takers = [at for at in function.of_kind(ir.Select) if function.block_of(at) in cycle and _takes(function, at)]
    else:
        takers = [call] if _outlives(function, receiver) else []
    return any(_hands_on(function, taker, cycle) for taker in takers) and not _may_end(function, cycle)


def _hands_on(function: FunctionCode, taker: int, cycle: Set[int]) -> bool:
    """Whether what was taken, but for an error, is given to a call in the loop."""
    calls = ((at, function.code[at]) for at in function.of_kind(ir.Call) if at != taker)
    return any(
        function.type_of(given) != ERROR and taker in parts(function, given)
        for at, step in calls
        if function.block_of(at) in cycle and isinstance(step, ir.Call)
        for given in step.args
    )


def _takes(function: FunctionCode, select: int) -> bool:
    """Whether a select receives from what outlives the function, or hears that its context is over."""
    step = function.code[select]
    received = [case.chan for case in step.cases if case.value == ir.NONE] if isinstance(step, ir.Select) else []
    done = [chan for chan in received if p.known_name(function.callee(function.source(chan))) == DONE]
    return bool(done) and any(_outlives(function, chan) for chan in received)


def _may_end(function: FunctionCode, cycle: Set[int]) -> bool:
    """Whether something ends a loop that is neither an error, nor the end of a context or of a channel."""
    following = [(block, way, to) for block in cycle for way, to in enumerate(function.function.blocks[block].succs)]
    return not all(to in cycle or _is_over(function, block, way) for block, way, to in following)


def _is_over(function: FunctionCode, block: int, way: int) -> bool:
    """Whether a branch is taken for an error, or at the end of a context or of a channel."""
    last = function.code[function.function.blocks[block].end - 1]
    if isinstance(last, ir.Select) and way < len(last.cases):
        return p.known_name(function.callee(function.source(last.cases[way].chan))) == DONE
    return isinstance(last, ir.If) and (_has_failed(function, last.cond, way) or _is_ok(function, last.cond))


def _has_failed(function: FunctionCode, cond: int, way: int) -> bool:
    """Whether there is an error wherever a condition is true (`way` 0), or false."""
    test = function.code[cond]
    if isinstance(test, ir.Unary) and test.op == "!":
        return _has_failed(function, test.operand, 1 - way)
    if isinstance(test, ir.Binary) and test.op in ("&&", "||"):
        sides = [_has_failed(function, side, way) for side in (test.left, test.right)]
        return any(sides) if way == (0 if test.op == "&&" else 1) else all(sides)
    return any(way == position for position, at in failing(function, cond) if at == cond or is_error(function, at))


def _is_ok(function: FunctionCode, register: int) -> bool:
    """Whether a condition is the second result of a receive."""
    step = function.code[register]
    part = function.code[function.source(step.operand if isinstance(step, ir.Unary) else register)]
    return isinstance(part, ir.Extract) and part.index % 2 == 1 and isinstance(function.code[part.tuple], ir.Select)


def counts_in_part(function: FunctionCode, call: int) -> bool:
    """Reports whether a function keeps in a field what a call has got done, whether or not it failed, and begins with
    what that field holds."""
    for at in function.of_kind(ir.SetField):
        step = function.code[at]
        if isinstance(step, ir.SetField) and at > call and function.block_of(at) == function.block_of(call):
            before = (one for one in function.of_kind(ir.Selector) if one < call)
            names = {one.name for one in map(function.code.__getitem__, before) if isinstance(one, ir.Selector)}
            if step.name in names and call in parts(function, step.value):
                return True
    return False


def _outlives(function: FunctionCode, register: int) -> bool:
    """Whether something is the receiver, a parameter, or a part of one."""
    used = [function.code[at] for at in parts(function, register)]
    given = (ir.VarKind.PARAM, ir.VarKind.RECEIVER)
    roots = [function.body.vars[step.var].kind for step in used if isinstance(step, ir.Load)]
    return bool(roots) and all(kind in given for kind in roots) and not any(isinstance(one, ir.Call) for one in used)


def parts(code: FunctionCode, register: int) -> list[int]:
    """The registers that a value is computed from, through local variables that are set once, and itself."""
    found = [register]
    for at in found:
        instruction = code.code[at]
        stores = code.stores.get(instruction.var, []) if isinstance(instruction, ir.Load) else []
        following = stores if len(stores) == 1 else inputs(instruction)
        found.extend(one for one in following if one >= 0 and one not in found)
        if len(found) > MAX_PARTS:
            break
    return found


def _fields_set(code: Code, function: FunctionCode, registers: Iterable[int]) -> frozenset[str]:
    found: set[str] = set()
    for at in registers:
        step = function.code[at]
        if isinstance(step, ir.SetField):
            found.add(step.name)
        elif isinstance(step, ir.Call):
            called = _named(code, function, at)
            sets = map(called.code.__getitem__, called.of_kind(ir.SetField)) if called is not None else ()
            found.update(one.name for one in sets if isinstance(one, ir.SetField))
    return frozenset(found)


def _named(code: Code, function: FunctionCode, call: int) -> FunctionCode | None:
    """The function that a call names, where it has a body."""
    callee = function.callee(call)
    return code.get(callee.function) if isinstance(callee, p.Static) else None
