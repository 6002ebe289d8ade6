"""Goroutines that wait for the end of some work or for a timer, and are not told of the end on some way out.

    go func() { select { case <-timer.C: log.Fatal("stuck"); case <-done: } }()

Where the function returns without a word, the timer goes off although the work is over.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.code import FunctionCode
from govet_py.concurrency.channels.blocking import Blocked, Why
from govet_py.concurrency.channels.channel_frames import Frame
from govet_py.concurrency.channels.channel_model import Channel, OpKind
from govet_py.concurrency.channels.runs import How
from govet_py.concurrency.flow.clock_channels import is_of_time
from govet_py.model import ir


def time_bombs(frame: Frame, channel: Channel) -> Iterator[Blocked]:
    """One finding a select of a goroutine that only the function of the channel tells, by closing it."""
    closes = frame.of(OpKind.CLOSE, *How)
    if not closes or channel.of(OpKind.SEND) or any(run.how not in (How.INLINE, How.DEFERRED) for _, run in closes):
        return
    for op, run in frame.of(OpKind.RECEIVE, How.STARTED):
        waiter = frame.program.function(op.function)
        if op.function != run.goroutine or not _is_bomb(waiter, op.register, op.case):
            continue
        early = any(close.how == How.DEFERRED and close.register < run.register for _, close in closes)
        returns = [] if early else frame.exits.reach(run.register, *frame.taken(closes))
        if returns:
            here = frame.code.id
            yield Blocked(channel, op, Why.UNTOLD, ((here, run.register),), tuple((here, at) for at in returns))


def _is_bomb(code: FunctionCode, register: int, case: int) -> bool:
    """Whether an instruction waits once, for a channel and for timers besides, and does something when one goes off."""
    select = code.code[register]
    if not isinstance(select, ir.Select) or select.has_default or code.loop_of(register) != ir.NONE:
        return False
    others = [(at, other.chan) for at, other in enumerate(select.cases) if at != case]
    if not others or not all(is_of_time(code, channel) for _, channel in others):
        return False
    blocks = code.function.blocks
    successors = blocks[code.block_of(register)].succs
    return any(
        isinstance(code.code[step], ir.Call)
        for at, _ in others
        for step in range(blocks[successors[at]].start, blocks[successors[at]].end)
    )
