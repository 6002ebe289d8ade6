"""Operations on channels that nobody is there for: sends without a receiver, receives without a sender or close."""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.code import Code
from govet_py.concurrency.channels.blocking import Blocked, Why
from govet_py.concurrency.channels.channel_frames import blocks
from govet_py.concurrency.channels.channel_model import Channel, Op, OpKind
from govet_py.concurrency.channels.runs import Runs
from govet_py.model import ir


def without_partner(code: Code, runs: Runs, channel: Channel) -> Iterator[Blocked]:
    """The operations that nobody meets."""
    receives, sends = channel.of(OpKind.RECEIVE), channel.of(OpKind.SEND)
    for op in sends if all(_only_polls(code, runs, one, sends) for one in receives) else ():
        if blocks(code, op) and (channel.capacity == 0 or _again(code, runs, op)):
            yield Blocked(channel, op, Why.NOBODY, (), ())
    for op in receives if not sends and not channel.of(OpKind.CLOSE) and not channel.measured else ():
        if blocks(code, op) and (channel.root.register + 1 != op.register or channel.root.function != op.function):
            yield Blocked(channel, op, Why.NOBODY, (), ())


def _only_polls(code: Code, runs: Runs, receive: Op, sends: list[Op]) -> bool:
    """Whether a receive neither waits nor comes again, nor makes room for a send of its own function."""
    function = code.function(receive.function)
    select = function.code[receive.register]
    if not isinstance(select, ir.Select) or not select.has_default or runs.is_repeated(function, receive.register):
        return False
    callers = [code.function(use.caller) for use in runs.uses(receive.function)]
    repeated = any(runs.is_repeated(code.function(use.caller), use.register) for use in runs.uses(receive.function))
    return not repeated and not any(send.function in (receive.function, *(c.id for c in callers)) for send in sends)


def _again(code: Code, runs: Runs, op: Op) -> bool:
    """Whether a send is repeated, by its function or by those that call it."""
    if runs.is_repeated(code.function(op.function), op.register):
        return True
    return any(runs.is_repeated(code.function(use.caller), use.register) for use in runs.uses(op.function))
