"""Ranges over channels that nobody closes: after the last value they wait for ever.

A loop with another way out is left alone unless there is work behind its end, and so is one whose senders never end,
which is meant to run on.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.code import FunctionCode
from govet_py.concurrency.channels.blocking import Blocked, Why
from govet_py.concurrency.channels.channel_frames import Anchored, Frame
from govet_py.concurrency.channels.channel_model import Channel, Op, OpKind
from govet_py.concurrency.channels.runs import How
from govet_py.concurrency.flow.control import behind_edges
from govet_py.concurrency.flow.exits import Edge
from govet_py.model import ir
from govet_py.model import program as p


def unclosed_ranges(frame: Frame, channel: Channel) -> Iterator[Blocked]:
    """One finding a range: in the function of the channel, or in a goroutine that it leaves behind."""
    sends = frame.of(OpKind.SEND, *How)
    if channel.of(OpKind.CLOSE) or not sends or not all(_ends(frame, one) for one in sends):
        return
    for op, run in frame.of(OpKind.RECEIVE, How.INLINE, How.STARTED):
        receiver = frame.program.function(op.function)
        only = _ends_by_close_only(frame, receiver, op, whole=run.how == How.STARTED)
        meant = has_work_after(receiver, op) or _succeeds_at_end(receiver, op)
        if not only and (run.how != How.INLINE or not meant):
            continue
        here = frame.code.id
        if run.how == How.INLINE:
            started = [send for _, send in sends if send.how == How.STARTED]
            if all(send.how in (How.STARTED, How.INLINE) for _, send in sends):
                starts = tuple(dict.fromkeys((here, send.register) for send in started))
                yield Blocked(channel, op, Why.UNCLOSED, starts, ())
        elif op.function == run.goroutine:
            returns = frame.exits.reach(run.register, ())
            if returns:
                at = tuple((here, one) for one in returns)
                yield Blocked(channel, op, Why.UNCLOSED, ((here, run.register),), at)


def _ends(frame: Frame, sender: Anchored) -> bool:
    """Whether there is a last value: the sender's goroutine can end, or the function sends itself."""
    _, run = sender
    if run.how != How.STARTED:
        return run.how in (How.INLINE, How.DEFERRED)
    goroutine = frame.program.get(run.goroutine)
    return goroutine is not None and bool(frame.runs.exits(goroutine).reach(ir.NONE, ()))


def _ends_by_close_only(frame: Frame, receiver: FunctionCode, op: Op, whole: bool) -> bool:
    """Whether a range has no way out but its end, seen from the loop or from the entry of its function."""
    edge = end_of(receiver, op.register)
    start = ir.NONE if whole else op.register
    return edge is not None and not frame.runs.exits(receiver).reach(start, (), (edge,))


def has_work_after(receiver: FunctionCode, op: Op) -> bool:
    """Whether a range is meant to end by a close, whatever ways out are in it: what is called behind it is reached by
    its end only."""
    edge = end_of(receiver, op.register)
    if edge is None:
        return False
    block, successor = edge
    behind = behind_edges(receiver, [(block, receiver.function.blocks[block].succs.index(successor))])
    return any(
        isinstance(step, ir.Call) and step.mode == ir.Mode.CALL and not isinstance(receiver.callee(at), p.BuiltinCall)
        for at, step in enumerate(receiver.code)
        if receiver.block_of(at) in behind
    )


def _succeeds_at_end(receiver: FunctionCode, op: Op) -> bool:
    """Whether all returns of a loop fail, and the one behind it does not: that one is meant to be come to."""
    edge, loop = end_of(receiver, op.register), receiver.loop_of(op.register)
    returns = [at for at, step in enumerate(receiver.code) if isinstance(step, ir.Return) and step.results]
    if edge is None or len(returns) < 2 or not receiver.may_fail:
        return False
    behind = [at for at in returns if receiver.block_of(at) == edge[1]]
    inside = [at for at in returns if at not in behind and receiver.reaches(op.register, receiver.block_of(at))]
    both = loop != ir.NONE and bool(behind) and bool(inside)
    return both and all(_succeeds(receiver, at) == (at in behind) for at in (*behind, *inside))


def _succeeds(receiver: FunctionCode, register: int) -> bool:
    step = receiver.code[register]
    return isinstance(step, ir.Return) and receiver.is_nil(step.results[-1])


def end_of(receiver: FunctionCode, register: int) -> Edge | None:
    """The edge, as (block, successor), by which a range over a channel ends."""
    block = receiver.block_of(register)
    successors = receiver.function.blocks[block].succs
    is_range = isinstance(receiver.code[register], ir.Next) and len(successors) == 2
    return (block, successors[1]) if is_range else None
