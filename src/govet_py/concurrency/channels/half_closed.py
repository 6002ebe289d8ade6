"""Channels that a goroutine closes on one way out, and leaves open on another.

The function that starts the goroutine returns the channel: whoever gets it learns by the close that no more will
come. A way out after a last word on a channel, or because somebody wants the goroutine to end, needs no close.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.uses import operands
from govet_py.concurrency.channels.blocking import Blocked, Why
from govet_py.concurrency.channels.channel_frames import Anchored, Frame, blocks
from govet_py.concurrency.channels.channel_model import Channel, OpKind
from govet_py.concurrency.channels.runs import How, Runs
from govet_py.concurrency.flow.control import decisions
from govet_py.knowledge.contexts import ERR
from govet_py.model import ir
from govet_py.model import program as p

MAX_TESTS = 3


def half_closed(code: Code, runs: Runs, channel: Channel) -> Iterator[Blocked]:
    """One finding a close: that of a goroutine which its own function leaves out on another way out."""
    if not channel.returned or channel.members:
        return
    receives = channel.of(OpKind.RECEIVE)
    frame = Frame(code, runs, channel.root.function, [op for op in channel.ops if op.kind != OpKind.RECEIVE])
    closes = frame.of(OpKind.CLOSE, How.STARTED)
    senders = {run.goroutine for _, run in frame.of(OpKind.SEND, *How)}
    own = [(op, run) for op, run in closes if op.function == run.goroutine and not run.copies]
    if not own or len(own) != len(closes) or senders != {own[0][1].goroutine}:
        return
    if not receives or any(blocks(code, op) for op in receives):
        yield from _left_open(code, runs, channel, own)


def _left_open(code: Code, runs: Runs, channel: Channel, closes: list[Anchored]) -> Iterator[Blocked]:
    op, run = closes[0]
    goroutine = code.function(run.goroutine)
    if any(goroutine.is_deferred(close.register) for close, _ in closes) or _hands_on(goroutine, channel):
        return
    ways = runs.exits(goroutine).reach(ir.NONE, [close.register for close, _ in closes])
    left = [at for at in ways if not is_told(goroutine, at)]
    if left:
        at = tuple((goroutine.id, one) for one in left)
        yield Blocked(channel, op, Why.HALF_CLOSED, ((channel.root.function, run.register),), at)


def _hands_on(goroutine: FunctionCode, channel: Channel) -> bool:
    """Whether somebody is given such a channel, and may close it."""
    calls = (at for at in goroutine.of_kind(ir.Call) if not isinstance(goroutine.callee(at), p.BuiltinCall))
    return any(goroutine.type_of(value) == channel.type for at in calls for value in operands(goroutine.code[at]))


def is_told(goroutine: FunctionCode, exit: int) -> bool:
    """Reports whether those who receive know why the goroutine ends: by what it sends last, or as they have told it."""
    branches = list(decisions(goroutine, exit, MAX_TESTS))
    if not branches or any(_hears(goroutine, at, position) for at, position in branches):
        return True
    first = goroutine.function.blocks[goroutine.block_of(branches[-1][0])].start
    return any(_speaks(goroutine, at) for at in goroutine.of_kind(ir.Send, ir.Call, ir.Select) if first <= at < exit)


def _hears(goroutine: FunctionCode, branch: int, position: int) -> bool:
    """Whether a branch is taken for what was received, or for a context that has ended."""
    step = goroutine.code[branch]
    if isinstance(step, ir.Select):
        return position < len(step.cases)
    asked = operands(goroutine.code[step.cond]) if isinstance(step, ir.If) else ()
    calls = (at for at in asked if at >= 0 and isinstance(goroutine.code[at], ir.Call))
    return any(p.known_name(goroutine.callee(at)) == ERR for at in calls)


def _speaks(goroutine: FunctionCode, register: int) -> bool:
    """Whether an instruction sends something, or calls a literal that may."""
    step = goroutine.code[register]
    if isinstance(step, ir.Select):
        return any(case.value != ir.NONE for case in step.cases)
    return isinstance(step, ir.Send) or isinstance(goroutine.callee(register), p.Value)
