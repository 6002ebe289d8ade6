"""Channels of an object that its goroutine closes to let others go on, and leaves open on another way out.

`<-c.ready` waits for ever when the goroutine that was to close it has failed before. A goroutine that is told to end,
or says why it does, is another matter (see `half_closed`).
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.code import Code
from govet_py.concurrency.channels.blocking import Blocked, Why
from govet_py.concurrency.channels.channel_frames import Frame, blocks
from govet_py.concurrency.channels.channel_model import Channel, Op, OpKind
from govet_py.concurrency.channels.half_closed import is_told
from govet_py.concurrency.channels.runs import How, Runs, Use
from govet_py.model import ir

MAX_FUNCTIONS = 12


def half_closed_fields(code: Code, runs: Runs, channels: list[Channel]) -> Iterator[Blocked]:
    """One finding a channel: of the first receive that knows nothing else to wait for."""
    for channel in channels:
        closes = channel.of(OpKind.CLOSE)
        hidden = channel.escapes or channel.returned or channel.measured or channel.of(OpKind.SEND)
        if not closes or hidden or not channel.members:
            continue
        waits = [op for op in channel.of(OpKind.RECEIVE) if blocks(code, op)]
        start = _only_start(code, runs, closes) if waits else None
        if start is None:
            continue
        goroutine, use = start
        if any(op.function != goroutine and _is_perhaps_left_out(code, runs, op) for op in closes):
            continue
        frame = Frame(code, runs, goroutine, closes)
        left = [at for at in frame.left() if not is_told(frame.code, at)] if frame.anchored else []
        outside = [op for op in waits if not runs.below(goroutine, op.function, op.register)]
        if left and outside:
            at = tuple((goroutine, one) for one in left)
            yield Blocked(channel, outside[0], Why.SKIPPED, ((use.caller, use.register),), at)


def _is_perhaps_left_out(code: Code, runs: Runs, close: Op) -> bool:
    """Whether a function asks before it closes: for what it finds then, nobody may have to wait."""
    return bool(runs.exits(code.function(close.function)).reach(ir.NONE, (close.register,)))


def _only_start(code: Code, runs: Runs, closes: list[Op]) -> tuple[str, Use] | None:
    """The one goroutine, started once for an object, that does all the closes."""
    starts: dict[str, Use] = {}
    seen, work = set[str](), [op.function for op in closes]
    while work:
        function = work.pop()
        if function in seen:
            continue
        seen.add(function)
        uses = runs.uses(function)
        if not uses or len(seen) > MAX_FUNCTIONS:
            return None
        for use in uses:
            if not use.caller or use.how == How.UNKNOWN or function in starts:
                return None
            if use.how == How.STARTED:
                starts[function] = use
            else:
                work.append(use.caller)
    found = next(iter(starts.items()), None)
    if found is None or len(starts) != 1 or runs.is_repeated(code.function(found[1].caller), found[1].register):
        return None
    return found
