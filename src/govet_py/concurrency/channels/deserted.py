"""Sends on channels that live in fields, whose only receivers are loops that end when something is done.

The receiver's loop has another case (`<-ctx.Done()`, `<-s.stop`) that returns; a sender that has no such
case waits for ever when it comes after that.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.concurrency.channels.channel_frames import blocks
from govet_py.concurrency.channels.channel_model import Channel, Op, OpKind
from govet_py.concurrency.channels.leaving import Leave, Leaving
from govet_py.concurrency.channels.runs import How, Runs, Use
from govet_py.concurrency.channels.subjects import group_calls
from govet_py.concurrency.flow.clock_channels import is_of_time
from govet_py.knowledge.concurrency import WAIT
from govet_py.knowledge.contexts import DONE
from govet_py.model import ir
from govet_py.model import program as p

MAX_LEVELS = 4


class Deserted(NamedTuple):
    """`send` waits for ever once the receiver at `receive` has gone to the return at `leave`."""

    channel: Channel
    send: Op
    receive: Op
    leave: Leave


def deserted(code: Code, runs: Runs, channels: list[Channel]) -> Iterator[Deserted]:
    """One finding a send."""
    told: set[Op] = set()
    for channel in channels:
        receives = channel.of(OpKind.RECEIVE)
        if channel.escapes or channel.capacity is None or not channel.members or not receives:
            continue
        ways = [_way_out(code, runs, channel, op) or _gives_up(code, runs, channel, op) for op in receives]
        found = [way for way in ways if way is not None]
        if len(found) < len(ways) or ends_last(code, channels, receives[0], found[0]):
            continue
        loops = {op.function for op in receives}
        for send in channel.of(OpKind.SEND):
            if send not in told and blocks(code, send) and not same_goroutine(runs, send.function, loops):
                told.add(send)
                yield Deserted(channel, send, receives[0], found[0])


def _way_out(code: Code, runs: Runs, channel: Channel, op: Op) -> Leave | None:
    """How a receiver leaves its loop for good, if it does by another case of its select."""
    function = code.function(op.function)
    if op.case == ir.NONE or not runs.is_repeated(function, op.register) or _comes_again(code, runs, op.function):
        return None
    others = [one.register for one in channel.of(OpKind.RECEIVE) if one.function == op.function]
    leaving = Leaving(function, runs.exits(function), op.register, op.case)
    leaves = [leave for leave in leaving.leaves(others, (), True) if leave.case != ir.NONE]
    return leaves[0] if leaves else None


def _gives_up(code: Code, runs: Runs, channel: Channel, op: Op) -> Leave | None:
    """How a receiver that waits for one value stops waiting when its time is up, where there is no room for it."""
    function = code.function(op.function)
    select = function.code[op.register]
    if not isinstance(select, ir.Select) or channel.capacity != 0 or channel.of(OpKind.CLOSE):
        return None
    if runs.is_repeated(function, op.register):
        return None
    others = [one.register for one in channel.of(OpKind.RECEIVE) if one.function == op.function]
    successors = function.function.blocks[function.block_of(op.register)].succs
    for case, one in enumerate(select.cases):
        if case != op.case and _is_time(function, one.chan):
            leaves = runs.exits(function).reach_from(successors[case], others)
            if leaves:
                return Leave(leaves[0], case)
    return None


def _is_time(function: FunctionCode, register: int) -> bool:
    """Whether a channel is a timer's, or the end of a context: a caller's, for that of an object may end with it."""
    step = function.code[register]
    if isinstance(step, ir.Call):
        callee = function.callee(register)
        if p.known_name(callee) == DONE and isinstance(callee, p.Static | p.Interface):
            return isinstance(function.code[callee.receiver], ir.Load)
    return is_of_time(function, register)


def ends_last(code: Code, channels: list[Channel], receive: Op, leave: Leave) -> bool:
    """Reports whether what ends the receiver first waits for a group of goroutines: those that send, it is assumed."""
    told_by = Op(OpKind.RECEIVE, receive.function, receive.register, leave.case)
    ends = [op for channel in channels if told_by in channel.ops for op in channel.ops if op.kind != OpKind.RECEIVE]
    return bool(ends) and all(
        any(name in WAIT and register < op.register for register, name, _ in group_calls(code.function(op.function)))
        for op in ends
    )


def _comes_again(code: Code, runs: Runs, function: str) -> bool:
    """Whether the function may be run again, or nobody knows who runs it."""
    seen: set[str] = set()
    work = [function]
    while work:
        current = work.pop()
        if current in seen:
            continue
        seen.add(current)
        uses = runs.uses(current)
        if not uses or len(seen) > MAX_LEVELS:
            return True
        for use in uses:
            if use.how == How.UNKNOWN or (use.how != How.STARTED and _repeats(code, runs, use)):
                return True
            if use.how != How.STARTED:
                work.append(use.caller)
    return False


def _repeats(code: Code, runs: Runs, use: Use) -> bool:
    return runs.is_repeated(code.function(use.caller), use.register)


def same_goroutine(runs: Runs, function: str, loops: set[str]) -> bool:
    """Reports whether a function runs on the goroutine of one of `loops`, at least sometimes."""
    seen: set[str] = set()
    work = [function]
    while work:
        current = work.pop()
        if current in loops:
            return True
        if current in seen or len(seen) > 40:
            continue
        seen.add(current)
        work.extend(use.caller for use in runs.uses(current) if use.how != How.STARTED)
    return False
