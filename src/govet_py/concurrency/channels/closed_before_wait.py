"""Channels that a function closes just before it waits for the goroutines that send on them.

The group is what the senders count down when they end: that the function waits for it, but later, is as good as its
own word that they still run. A goroutine that also receives from the channel is one of the workers that end by the
close.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code
from govet_py.callgraph.members import Member, receiver_member
from govet_py.concurrency.channels.channel_model import Channel, Closed, Closing, Op, OpKind
from govet_py.concurrency.channels.runs import How, Runs
from govet_py.knowledge.concurrency import DONE, WAIT
from govet_py.model import ir
from govet_py.model import program as p


def closed_before_wait(code: Code, calls: CallGraph, runs: Runs, channels: list[Channel]) -> Iterator[Closing]:
    """One finding a close."""
    counted = _counted(code, calls, runs)
    for channel in channels:
        for close in channel.of(OpKind.CLOSE) if channel.of(OpKind.SEND) else ():
            for group in _waited_later(code, runs, close):
                for goroutine, start in counted.get(group, ()):
                    send = _sent_by(calls, runs, channel, goroutine)
                    if send is not None:
                        yield Closing(channel, close, send, Closed.SENT, start)


def _counted(code: Code, calls: CallGraph, runs: Runs) -> dict[Member, list[tuple[str, tuple[str, int]]]]:
    """By group: the goroutines that count it down themselves, and where they are started."""
    found: dict[Member, list[tuple[str, tuple[str, int]]]] = {}
    for name in sorted(DONE):
        for id, register in calls.named(name):
            group = receiver_member(code.program, code.function(id), register)
            for use in runs.uses(id) if group is not None else ():
                if use.how == How.STARTED and use.caller and group is not None:
                    found.setdefault(group, []).append((id, (use.caller, use.register)))
    return found


def _waited_later(code: Code, runs: Runs, close: Op) -> Iterator[Member]:
    """The groups that a function waits for after a close, and not before."""
    function = code.function(close.function)
    if function.mode_of(close.register) != ir.Mode.CALL:
        return
    before: set[Member] = set()
    after: list[Member] = []
    for register in function.of_kind(ir.Call):
        callee = function.callee(register)
        waits = p.is_one_of(callee, WAIT)
        group = receiver_member(code.program, function, register) if waits else None
        if group is not None and runs.exits(function).reaches(close.register, register):
            after.append(group)
        elif group is not None:
            before.add(group)
    yield from (group for group in after if group not in before)


def _sent_by(calls: CallGraph, runs: Runs, channel: Channel, goroutine: str) -> Op | None:
    """A send that a goroutine comes to, which neither recovers nor receives from the channel as well."""
    reached = calls.reachable([goroutine])
    if runs.recovers(goroutine) or any(op.function in reached for op in channel.of(OpKind.RECEIVE)):
        return None
    sends = (op for op in channel.of(OpKind.SEND) if op.function in reached and not runs.recovers(op.function))
    return next(sends, None)
