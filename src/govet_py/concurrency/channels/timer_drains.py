"""Timers that are drained after a Stop although another receive may have taken the value already.

`if !t.Stop() { <-t.C }` is right where nobody else receives from the timer (documentation of time.Timer). In a
loop whose other branch receives from it and comes back without a Reset, Stop says false and the receive never ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.concurrency.channels.channel_model import Op, OpKind
from govet_py.concurrency.channels.runs import Runs
from govet_py.concurrency.channels.subjects import Subject, renewals, subject
from govet_py.concurrency.flow.exits import Exits
from govet_py.knowledge import clocks
from govet_py.model import ir
from govet_py.model import program as p


class Drain(NamedTuple):
    """`drain` waits for a value after the Stop at `stop` that `taken` may have received."""

    drain: Op
    stop: int
    taken: Op


def timer_drains(code: Code, calls: CallGraph, runs: Runs) -> Iterator[Drain]:
    """All receives that wait for the value of a timer which has none."""
    for id, stop in calls.named(clocks.TIMER_STOP):
        function = code.function(id)
        timer = _timer(function, stop)
        if timer is None:
            continue
        drain = next((op for op in _receives(function, timer) if _is_drain(function, op, stop)), None)
        if drain is not None:
            yield from _taken(function, runs.exits(function), timer, stop, drain)


def _timer(code: FunctionCode, call: int) -> Subject | None:
    callee = code.callee(call)
    return subject(code, callee.receiver) if isinstance(callee, p.Static) else None


def _receives(code: FunctionCode, timer: Subject) -> Iterator[Op]:
    """The receives of a function from a timer's channel."""
    for register, instruction in enumerate(code.code):
        if type(instruction) is ir.Recv and _is_of(code, instruction.chan, timer):
            yield Op(OpKind.RECEIVE, code.id, register)
        elif type(instruction) is ir.Select:
            for index, case in enumerate(instruction.cases):
                if case.value == ir.NONE and _is_of(code, case.chan, timer):
                    yield Op(OpKind.RECEIVE, code.id, register, index)


def _is_of(code: FunctionCode, channel: int, timer: Subject) -> bool:
    field = code.code[channel]
    return isinstance(field, ir.Selector) and field.name == clocks.CHANNEL and subject(code, field.base) == timer


def _is_drain(code: FunctionCode, op: Op, stop: int) -> bool:
    """Whether a receive without an alternative is done because Stop has said no, and for no other reason."""
    before = code.predecessors[code.block_of(op.register)]
    if op.case != ir.NONE or len(before) != 1:
        return False
    block = code.function.blocks[before[0]]
    test = code.code[block.end - 1]
    if not isinstance(test, ir.If):
        return False
    said, no = code.code[test.cond], 1
    if isinstance(said, ir.Unary) and said.op == "!":
        return said.operand == stop and block.succs[0] == code.block_of(op.register)
    return test.cond == stop and block.succs[no] == code.block_of(op.register)


def _taken(code: FunctionCode, exits: Exits, timer: Subject, stop: int, drain: Op) -> Iterator[Drain]:
    """The first receive from which control comes to the Stop while the timer is not set again."""
    resets = {at for at, call in enumerate(code.code) if type(call) is ir.Call and _resets(code, at, timer)}
    events = {*resets, *renewals(code, timer), drain.register}
    for op in _receives(code, timer):
        if op != drain and _comes_to(code, exits, op, stop, events):
            yield Drain(drain, stop, op)
            return


def _resets(code: FunctionCode, call: int, timer: Subject) -> bool:
    callee = code.callee(call)
    return isinstance(callee, p.Static) and callee.function == clocks.TIMER_RESET and _timer(code, call) == timer


def _comes_to(code: FunctionCode, exits: Exits, op: Op, stop: int, events: set[int]) -> bool:
    start = op.register
    if op.case != ir.NONE:
        block = code.function.blocks[code.block_of(start)].succs[op.case]
        start = code.function.blocks[block].start
        if start in events:
            return False
    return exits.reaches(start, stop, events)
