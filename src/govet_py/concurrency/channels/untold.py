"""Goroutines that end by a channel which nobody closes, and on which nobody sends to tell them.

A channel of a field that is only ever received from ends nothing. Neither does one that a loop ranges over and nobody
closes; whether the loop is meant to end is told by another channel that comes to the same loop and is closed.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member, literal_fields, member_of
from govet_py.concurrency.channels.channel_model import Channel, Op, OpKind
from govet_py.concurrency.channels.leak_model import Leak, Place, Why
from govet_py.concurrency.channels.runs import How, Runs
from govet_py.concurrency.channels.subjects import channel_of, subject_name
from govet_py.concurrency.channels.unclosed import end_of
from govet_py.model import ir
from govet_py.model import program as p


def untold(code: Code, runs: Runs, channels: list[Channel]) -> Iterator[Leak]:
    """One finding a receive of a goroutine."""
    by_op: dict[Op, list[Channel]] = {}
    for channel in channels:
        for op in channel.of(OpKind.RECEIVE):
            by_op.setdefault(op, []).append(channel)
    told: set[Place] = set()
    for op in sorted(by_op):
        started = (use for use in runs.uses(op.function) if use.how == How.STARTED and use.caller)
        starts = tuple((use.caller, use.register) for use in started)
        if starts and starts[0] not in told and _never_ends(code, runs, by_op[op], op):
            told.add(starts[0])
            function = code.function(op.function)
            name = subject_name(function, channel_of(function, op))
            yield Leak(Why.UNTOLD, starts[0], name, starts, ((op.function, op.register),))


def _never_ends(code: Code, runs: Runs, channels: list[Channel], op: Op) -> bool:
    """Whether a goroutine ends by a receive only, and some channel that it may receive from does not end it."""
    function = code.function(op.function)
    if function.loop_of(op.register) == ir.NONE or any(channel.escapes for channel in channels):
        return False
    if op.case != ir.NONE:
        told = any(channel.of(OpKind.SEND) or channel.of(OpKind.CLOSE) for channel in channels)
        return not told and _only_way_out(code, runs, function, op)
    edge = end_of(function, op.register)
    if edge is None or runs.exits(function).reach(ir.NONE, (), (edge,)):
        return False
    left_open = [channel for channel in channels if not channel.of(OpKind.CLOSE)]
    return len(left_open) < len(channels) and any(_runs_dry(code, runs, channel) for channel in left_open)


def _runs_dry(code: Code, runs: Runs, channel: Channel) -> bool:
    """Whether all that send on a channel come to an end."""
    sends = channel.of(OpKind.SEND)
    return bool(sends) and all(runs.exits(code.function(op.function)).reach(ir.NONE, ()) for op in sends)


def _only_way_out(code: Code, runs: Runs, function: FunctionCode, op: Op) -> bool:
    """Whether a function ends by one case of a select only, which is of a field that only holds what is made here."""
    select = function.code[op.register]
    member = member_of(code.program, function, channel_of(function, op))
    if not isinstance(select, ir.Select) or member is None or len(select.cases) + select.has_default < 2:
        return False
    block = function.block_of(op.register)
    edge = (block, function.function.blocks[block].succs[op.case])
    exits = runs.exits(function)
    ends = exits.reach(ir.NONE, ()) and not exits.reach(ir.NONE, (), (edge,))
    return bool(ends) and only_holds_made(code, member)


def only_holds_made(code: Code, member: Member) -> bool:
    """Reports whether a field is set to channels only that are made where it is set, or to none."""
    return all(_is_made(one, value) for one, value in _writes(code, member))


def _writes(code: Code, member: Member) -> Iterator[tuple[FunctionCode, int]]:
    """The values that a field is set to, as registers; those of fields of the same name among them."""
    for id in code.ids():
        function = code.function(id)
        for register in function.of_kind(ir.SetField, ir.Composite) if function.package == member.package else ():
            step = function.code[register]
            if isinstance(step, ir.SetField):
                values = [step.value] if step.name == member.name else []
            else:
                fields = literal_fields(code.program, function, register)
                values = [value for name, value in fields if name == member.name]
            yield from ((function, value) for value in values)


def _is_made(function: FunctionCode, value: int) -> bool:
    """Whether a value is a new channel, or none."""
    is_call = isinstance(function.code[value], ir.Call)
    return function.is_nil(value) or (is_call and function.callee(value) == p.BuiltinCall("make"))
