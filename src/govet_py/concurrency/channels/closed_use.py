"""Channels in fields that one party closes while another, on another goroutine, goes on as if it had not.

A receiver that closes its channel makes its senders panic; a receiver that does not ask whether the channel
is closed takes zero values for real ones, and follows a nil pointer.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import member_of
from govet_py.concurrency.channels.channel_model import Channel, Closed, Closing, Op, OpKind
from govet_py.concurrency.channels.deserted import same_goroutine
from govet_py.concurrency.channels.runs import Runs
from govet_py.concurrency.channels.subjects import channel_of
from govet_py.concurrency.flow.operands import Operands
from govet_py.model import ir
from govet_py.model.types import Pointer


def closed_by_receiver(code: Code, runs: Runs, channel: Channel) -> Iterator[Closing]:
    """Closes by a loop of receives, of a channel that others send on."""
    for close in channel.of(OpKind.CLOSE):
        function = code.function(close.function)
        if member_of(code.program, function, channel_of(function, close)) not in channel.members:
            continue
        if any(send.function == close.function for send in channel.of(OpKind.SEND)):
            continue
        receives = [one for one in channel.of(OpKind.RECEIVE) if one.function == close.function]
        if not any(_comes_before(runs, function, one, close) for one in receives):
            continue
        for send in channel.of(OpKind.SEND):
            if not runs.recovers(send.function) and not same_goroutine(runs, send.function, {close.function}):
                yield Closing(channel, close, send, Closed.RECEIVER)
                break


def _comes_before(runs: Runs, function: FunctionCode, receive: Op, close: Op) -> bool:
    """Whether a receive in a loop comes before the close: what comes after only empties the channel."""
    if not runs.is_repeated(function, receive.register):
        return False
    return function.is_deferred(close.register) or not runs.exits(function).reaches(close.register, receive.register)


def taken_for_real(code: Code, runs: Runs, operands: Operands, channel: Channel) -> Iterator[Closing]:
    """Receives in a loop that follow the pointer they get, of a channel that somebody else closes."""
    if not isinstance(channel.type.elem, Pointer):
        return
    for receive in channel.of(OpKind.RECEIVE):
        function = code.function(receive.function)
        if not runs.is_repeated(function, receive.register) or isinstance(function.code[receive.register], ir.Next):
            continue
        closes = [one for one in channel.of(OpKind.CLOSE) if not same_goroutine(runs, one.function, {receive.function})]
        if closes and _follows(operands, function, receive):
            yield Closing(channel, receive, closes[0], Closed.ZERO)


def _follows(operands: Operands, function: FunctionCode, receive: Op) -> bool:
    """Whether a received value's fields are read, and neither `ok` nor the value is tested."""
    first = 0 if receive.case == ir.NONE else 2 * receive.case
    values: list[int] = []
    for user in operands.users(function, receive.register):
        instruction = function.code[user]
        if isinstance(instruction, ir.Extract):
            if instruction.index == first + 1:
                return False
            values.extend([user] if instruction.index == first else [])
    if receive.case == ir.NONE and not values:
        values.append(receive.register)
    uses = [at for value in values for at in _uses(operands, function, value)]
    kinds = {type(function.code[at]) for at in uses}
    return ir.Selector in kinds and ir.Binary not in kinds


def _uses(operands: Operands, function: FunctionCode, value: int) -> Iterator[int]:
    """The instructions that use a value, through the variable that it is stored in."""
    for user in operands.users(function, value):
        instruction = function.code[user]
        if isinstance(instruction, ir.Store):
            for id, load in operands.loads(function, instruction.var):
                if id == function.id:
                    yield from operands.users(function, load)
        else:
            yield user
