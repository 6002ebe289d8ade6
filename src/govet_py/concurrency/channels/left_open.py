"""Ranges over channels of fields that nothing closes: their ends, which never come.

An object that closes another one of its channels tells some of its goroutines to end, and means the others to run on.
"""

from __future__ import annotations

from govet_py.callgraph.code import Code
from govet_py.callgraph.members import member_of
from govet_py.concurrency.channels.channel_model import Channel, OpKind
from govet_py.concurrency.channels.subjects import channel_of
from govet_py.concurrency.channels.unclosed import end_of
from govet_py.concurrency.channels.untold import only_holds_made
from govet_py.concurrency.flow.exits import Edge
from govet_py.model.types import Named

Ends = dict[str, list[tuple[Edge, Named]]]


def ends_left_open(code: Code, channels: list[Channel]) -> Ends:
    """By function: the edges by which its ranges would end, with the type of the channel's field."""
    found: Ends = {}
    ended = (one for channel in channels if channel.of(OpKind.CLOSE) for one in channel.members)
    closed = {Named(one.package, one.owner) for one in ended}
    for channel in channels:
        kept = len(channel.members) == 1 and not (channel.escapes or channel.returned)
        if not kept or channel.of(OpKind.CLOSE) or not channel.of(OpKind.SEND):
            continue
        for op in channel.of(OpKind.RECEIVE):
            function = code.function(op.function)
            edge = end_of(function, op.register)
            member = member_of(code.program, function, channel_of(function, op)) if edge is not None else None
            if edge is not None and member is not None and member.owner and member in channel.members:
                owner = Named(member.package, member.owner)
                if owner not in closed and only_holds_made(code, member):
                    found.setdefault(op.function, []).append((edge, owner))
    return found
