"""Sends that come before there is a receiver: the same goroutine receives later, or starts who does.

More values than the channel has room for wait for ever then. Room for as many values as a collection has elements
(`make(chan T, len(all))`) is taken up by a loop over it that sends once a turn, itself or in a goroutine.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.concurrency.channels.blocking import Blocked, Why
from govet_py.concurrency.channels.channel_frames import Anchored, Frame, blocks
from govet_py.concurrency.channels.channel_model import Channel, Op, OpKind
from govet_py.concurrency.channels.runs import How, Run, Runs
from govet_py.concurrency.channels.subjects import Subject, subject
from govet_py.concurrency.flow.exits import Edge
from govet_py.model import ir
from govet_py.model import program as p


class _Receivers(NamedTuple):
    """Where a function receives or starts who does, and the edges by which the loops around that end."""

    at: frozenset[int]
    behind: frozenset[Edge]


def sent_too_early(code: Code, runs: Runs, channel: Channel) -> Iterator[Blocked]:
    """The sends, on the goroutine that makes a channel, for which there may be no room before anybody receives."""
    frame = Frame(code, runs, channel.root.function, channel.ops)
    at = frozenset(run.register for _, run in frame.of(OpKind.RECEIVE, How.INLINE, How.STARTED))
    receivers = _Receivers(at, frozenset(edge for one in at for edge in frame.completions(one)))
    if not at or frame.of(OpKind.RECEIVE, How.DEFERRED, How.UNKNOWN):
        return
    early = [one for one in frame.of(OpKind.SEND, How.INLINE) if _is_early(frame, channel, one, receivers)]
    if channel.capacity is None:
        found = _beside_loop(frame, channel, early, receivers)
    else:
        rows = _rows(frame, early, receivers)
        found = [(op, None) for op, run in early if rows[run.register] > channel.capacity]
    for op, fills in found:
        starts = ((frame.code.id, fills.register),) if fills is not None and fills.how == How.STARTED else ()
        yield Blocked(channel, op, Why.BEFORE, starts, ((frame.code.id, min(at)),))


def _is_early(frame: Frame, channel: Channel, send: Anchored, receivers: _Receivers) -> bool:
    """Whether a send may come before all receives and starts of receivers."""
    op, run = send
    if run.callback or run.register in receivers.at or not blocks(frame.program, op):
        return False
    return frame.exits.reaches(channel.root.register, run.register, *receivers)


def _rows(frame: Frame, early: list[Anchored], receivers: _Receivers) -> dict[int, int]:
    """By register, how many sends, one behind the other and none of them in a loop, may end with it."""
    once = {run.register for _, run in early if not frame.runs.is_repeated(frame.code, run.register)}
    before = {
        last: [one for one in once if one != last and frame.exits.reaches(one, last, *receivers)] for last in once
    }
    rows = {run.register: 1 for _, run in early}
    for last in sorted(once, key=lambda one: len(before[one])):
        rows[last] += max((rows[one] for one in before[last]), default=0)
    return rows


def _beside_loop(
    frame: Frame, channel: Channel, early: list[Anchored], receivers: _Receivers
) -> list[tuple[Op, Run | None]]:
    """The early sends that may follow a loop which has sent as many values as there is room for."""
    loops = {run.register: run for _, run in frame.of(OpKind.SEND, How.INLINE, How.STARTED)}
    full = [run for run in loops.values() if _takes_all_room(frame.code, channel, run.register)]
    return [
        (op, fills)
        for op, run in early
        for fills in full[:1]
        if not frame.code.inside(frame.code.loop_of(run.register), frame.code.loop_of(fills.register))
        and frame.exits.reaches(fills.register, run.register, *receivers)
    ]


def _takes_all_room(code: FunctionCode, channel: Channel, send: int) -> bool:
    """Whether a send is in a loop over the collection by whose length the channel was given its room."""
    loop, over = code.loop_of(send), _measured(code, channel.root.register)
    if loop == ir.NONE or over is None:
        return False
    turns = (code.code[at] for at in code.of_kind(ir.Next) if code.loop_of(at) == loop)
    ranges = (code.code[turn.range] for turn in turns if isinstance(turn, ir.Next))
    return any(isinstance(one, ir.Range) and subject(code, one.base) == over for one in ranges)


def _measured(code: FunctionCode, make: int) -> Subject | None:
    """The collection whose length is the room of the channel made at a register."""
    made = code.code[make]
    if not isinstance(made, ir.Call) or len(made.args) < 2:
        return None
    room = code.code[made.args[1]]
    callee = code.callee(made.args[1]) if isinstance(room, ir.Call) else None
    is_length = isinstance(callee, p.BuiltinCall) and callee.name == "len"
    return subject(code, room.args[0]) if is_length and isinstance(room, ir.Call) else None
