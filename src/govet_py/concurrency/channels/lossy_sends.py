"""Sends that go on without their value when nobody takes it: those of a select with a default, or with a timer that is
soon up, and those that ask before whether there is room (`if len(c) == cap(c) { return }`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.concurrency.describe import expression
from govet_py.concurrency.flow.clock_channels import clock_of, made_by
from govet_py.concurrency.flow.control import tests
from govet_py.knowledge import clocks
from govet_py.knowledge.harmless import PREPARES, is_unseen
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.source import Site
from govet_py.model.types import Chan, Type

SOON = 10**9
"""Nanoseconds: who gives up within a second has not waited for a receiver that is busy."""

_EFFECTS = (ir.SetName, ir.SetField, ir.SetIndex, ir.SetDeref, ir.Store, ir.Send, ir.Recv, ir.MakeClosure)
_FULL = frozenset({("len", "==", "cap"), ("cap", "==", "len"), ("len", ">=", "cap"), ("cap", "<=", "len")})
_ROOM = frozenset({("len", "!=", "cap"), ("cap", "!=", "len"), ("len", "<", "cap"), ("cap", ">", "len")})


Number = Callable[[FunctionCode, int], "int | None"]
"""The number that a register holds, where that is known."""


class LossySend(NamedTuple):
    """A send in `function` at `site` that drops `value`, a register, when it cannot send it at once (`soon`: soon).
    `silent`: nothing is done then but to log; `tells`: constants are returned, at which callers may look."""

    function: str
    site: Site
    soon: bool
    silent: bool
    tells: bool
    channel: int
    value: int
    payload: Type


def lossy_sends(program: Code, number: Number) -> Iterator[LossySend]:
    """Every send of a program whose value may be dropped, and nothing is done about it."""
    for id in program.ids():
        code = program.function(id)
        for register in code.of_kind(ir.Select):
            yield from _of_select(program, code, register, number)
        if code.of_kind(ir.Send):
            yield from _after_test(program, code)


def _of_select(program: Code, code: FunctionCode, register: int, number: Number) -> Iterator[LossySend]:
    select, following = code.code[register], code.function.blocks[code.block_of(register)].succs
    assert isinstance(select, ir.Select)
    dropped = _given_up(code, select, following, number)
    for case, sent in zip(select.cases, following, strict=False) if dropped != ir.NONE else ():
        if case.value == ir.NONE or _stays(code, case.value, sent):
            continue
        if not _is_made_up_for(code, code.block_of(register), sent, dropped):
            site = Site(code.path, case.span)
            noted = _is_noted(code, sent)
            yield from _lossy(program, code, site, not select.has_default, case.chan, case.value, dropped, noted)


def _given_up(code: FunctionCode, select: ir.Select, following: tuple[int, ...], number: Number) -> int:
    """The block of a select that is taken when nothing can be sent at once, or soon; NONE when there is none."""
    if select.has_default:
        return following[-1]
    received = zip(select.cases, following, strict=False)
    given_up = (to for case, to in received if case.value == ir.NONE and _is_soon(code, case.chan, number))
    return next(given_up, ir.NONE)


def _is_soon(code: FunctionCode, channel: int, number: Number) -> bool:
    """Whether a channel is that of a timer which is up soon: `time.After(d)`, or `t.C` of `time.NewTimer(d)`."""
    clock = clock_of(code, channel)
    if made_by(code, clock) not in (clocks.AFTER, clocks.NEW_TIMER):
        return False
    patience = number(code, code.code[clock].args[0])  # type: ignore[union-attr]
    return patience is not None and patience <= SOON


def _after_test(program: Code, code: FunctionCode) -> Iterator[LossySend]:
    for block, test in tests(code):
        channel, room = _asks_for_room(code, test.cond)
        if channel == ir.NONE:
            continue
        sent, dropped = code.function.blocks[block].succs if room else reversed(code.function.blocks[block].succs)
        behind, asked = _straight_on(code, sent), expression(code, channel)
        for register in code.of_kind(ir.Send) if not _is_made_up_for(code, block, sent, dropped) else ():
            send = code.code[register]
            assert isinstance(send, ir.Send)
            if code.block_of(register) in behind and expression(code, send.chan) == asked:
                noted = _is_noted(code, sent)
                yield from _lossy(program, code, code.site(register), False, send.chan, send.value, dropped, noted)


def _straight_on(code: FunctionCode, block: int) -> list[int]:
    """A block and those that come after it in any case."""
    found = [block]
    for at in found:
        following = code.function.blocks[at].succs
        found.extend(one for one in following if len(following) == 1 and one not in found)
    return found


def _asks_for_room(code: FunctionCode, condition: int) -> tuple[int, bool]:
    """The channel whose length a condition compares with its capacity, NONE when it does not; whether it is true when
    there is room."""
    test = code.code[condition]
    if not isinstance(test, ir.Binary):
        return ir.NONE, False
    asked = [code.code[side] for side in (test.left, test.right)]
    names = [code.callee(side) for side in (test.left, test.right) if isinstance(code.code[side], ir.Call)]
    words = [name.name for name in names if isinstance(name, p.BuiltinCall)]
    channels = [one.args[0] for one in asked if isinstance(one, ir.Call) and one.args]
    if len(words) != 2 or len(channels) != 2 or expression(code, channels[0]) != expression(code, channels[1]):
        return ir.NONE, False
    said = (words[0], test.op, words[1])
    return (channels[0], said in _ROOM) if said in _ROOM | _FULL else (ir.NONE, False)


def _lossy(
    program: Code, code: FunctionCode, site: Site, soon: bool, channel: int, value: int, dropped: int, noted: bool
) -> Iterator[LossySend]:
    type_ = program.program.underlying(code.type_of(channel))
    if isinstance(type_, Chan):
        empty = _is_empty(code, dropped)
        silent, tells = empty and not noted, _only_tells(code, dropped) or (empty and noted)
        yield LossySend(code.id, site, soon, silent, tells, channel, value, type_.elem)


def _stays(code: FunctionCode, value: int, sent: int) -> bool:
    """Whether a value is an element of a backlog in a field, from which only the branch behind its send takes it."""
    element = code.code[code.source(value)]
    backlog = code.code[code.source(element.base)] if isinstance(element, ir.Index) else None
    if not isinstance(backlog, ir.Selector):
        return False
    taken = [at for at in code.of_kind(ir.SetField) if code.code[at].name == backlog.name]  # type: ignore[union-attr]
    return bool(taken) and all(code.block_of(at) in _straight_on(code, sent) for at in taken)


def _is_noted(code: FunctionCode, sent: int) -> bool:
    """Whether a value that was sent is noted in a variable that the function returns: `ok = true`."""
    steps = [code.code[at] for at in code.of_kind(ir.Return)]
    loads = [code.code[one] for step in steps if isinstance(step, ir.Return) for one in step.results]
    told = {load.var for load in loads if isinstance(load, ir.Load)}
    told |= {var for var, one in enumerate(code.body.vars) if one.kind == ir.VarKind.RESULT}
    at = code.function.blocks[sent]
    stores = (code.code[step] for step in range(at.start, at.end))
    return any(isinstance(one, ir.Store) and one.var in told for one in stores)


def _is_made_up_for(code: FunctionCode, home: int, sent: int, dropped: int) -> bool:
    """Whether what comes after a value that could not be sent, and only then, is another try or does something else."""
    if code.leads(dropped, home) and not code.leads(sent, home):
        return True
    blocks = range(len(code.function.blocks))
    alone = [at for at in blocks if code.leads(dropped, at) and at != sent and not code.leads(sent, at)]
    return not all(_only_logs(code, block) for block in alone)


def _only_tells(code: FunctionCode, block: int) -> bool:
    """Whether a branch only returns constants."""
    last = code.code[code.function.blocks[block].end - 1]
    told = isinstance(last, ir.Return) and bool(last.results) and _only_logs(code, block)
    return told and all(type(code.code[result]) is ir.Const for result in last.results)  # type: ignore[union-attr]


def _is_empty(code: FunctionCode, block: int) -> bool:
    """Whether a branch goes straight on, `continue` included, or back with nothing."""
    last = code.code[code.function.blocks[block].end - 1]
    straight = isinstance(last, ir.Jump) or last == ir.Return(())
    return (straight and _only_logs(code, block)) or _is_shared(code, block)


def _only_logs(code: FunctionCode, block: int) -> bool:
    """Whether a branch does nothing, or says so in the log, where nobody acts upon it."""
    at = code.function.blocks[block]
    steps = range(at.start, at.end)
    return not any(
        isinstance(code.code[step], _EFFECTS) or (isinstance(code.code[step], ir.Call) and not _logs(code, step))
        for step in steps
    )


def _logs(code: FunctionCode, call: int) -> bool:
    """Whether a call logs something, or prepares what is logged."""
    callee = code.callee(call)
    if isinstance(callee, p.Interface):
        return callee.method.startswith(PREPARES)
    if isinstance(callee, p.Static):
        return is_unseen(callee.function)
    return isinstance(callee, p.Conversion) or callee == p.BuiltinCall("len")


def _is_shared(code: FunctionCode, block: int) -> bool:
    return len(code.predecessors[block]) > 1
