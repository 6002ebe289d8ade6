"""Channels that may be closed twice, or sent on after they are closed.

A second close is looked for along the paths of one function, its deferred calls and literals included, and
not where a test, a select or a sync.Once decides about the close. A send meets a closed channel when the
function that closes it does not wait for the goroutine that sends, or when the closer is the receiver.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.concurrency.channels.channel_flow import ChannelFlow
from govet_py.concurrency.channels.channel_frames import Anchored, Frame
from govet_py.concurrency.channels.channel_model import Channel, Closed, Closing, Op, OpKind
from govet_py.concurrency.channels.closed_before_wait import closed_before_wait
from govet_py.concurrency.channels.closed_by_copies import closed_by_copies
from govet_py.concurrency.channels.closed_by_itself import closed_by_itself
from govet_py.concurrency.channels.closed_elements import closed_elements
from govet_py.concurrency.channels.closed_elsewhere import ClosedByBoth, Registered
from govet_py.concurrency.channels.closed_use import closed_by_receiver, taken_for_real
from govet_py.concurrency.channels.joined_below import waits_below
from govet_py.concurrency.channels.runs import How, Run, Runs
from govet_py.concurrency.channels.subjects import Subject, renewals, subject
from govet_py.concurrency.channels.unmarked import unmarked
from govet_py.concurrency.flow.control import decisions
from govet_py.concurrency.locks.lock_summaries import LockSummaries
from govet_py.knowledge.concurrency import WAIT
from govet_py.model import ir
from govet_py.model import program as p

MAX_TESTS = 4


def closings(
    code: Code, calls: CallGraph, runs: Runs, flow: ChannelFlow, locks: LockSummaries, registered: Registered
) -> Iterator[Closing]:
    """All closes that may come too early or twice, one finding a close. `registered`: what registration adds to the
    call graph, by caller."""
    told: set[Op] = set()
    stale = unmarked(code, runs, locks.locks, flow.closes)
    early = closed_before_wait(code, calls, runs, flow.channels)
    both = ClosedByBoth(code, runs, registered).find(flow.closes)
    others = (*early, *both, *closed_elements(code, runs, flow.closes))
    goroutines = (*closed_by_copies(code, runs, flow.closes), *closed_by_itself(code, runs, flow.closes))
    for found in (*_again(code, runs, flow), *_beside(code, runs, flow), *stale, *others, *goroutines):
        if found.close not in told:
            told.update((found.close, found.other))
            yield found


def _beside(code: Code, runs: Runs, flow: ChannelFlow) -> Iterator[Closing]:
    for channel in flow.channels:
        if channel.of(OpKind.CLOSE):
            yield from _while_sent(code, runs, flow.channels, channel)
            yield from closed_by_receiver(code, runs, channel)
            yield from taken_for_real(code, runs, flow.operands, channel)


# -- two closes -----------------------------------------------------------------------------------


class _Close(NamedTuple):
    """A close, and the instruction of the function at hand that runs it: itself, or a defer of a literal."""

    op: Op
    what: Subject
    register: int
    deferred: bool


def _again(code: Code, runs: Runs, flow: ChannelFlow) -> Iterator[Closing]:
    by_function: dict[str, list[_Close]] = {}
    for op in flow.closes:
        close = None if runs.is_once(op.function) else _close(code.function(op.function), op)
        if close is not None:
            by_function.setdefault(op.function, []).append(close)
            for caller, outer in _run_by(code, runs, close):
                by_function.setdefault(caller, []).append(outer)
    for function, closes in by_function.items():
        yield from _pairs(code.function(function), runs, closes)


def _close(code: FunctionCode, op: Op) -> _Close | None:
    call = code.code[op.register]
    assert isinstance(call, ir.Call)
    what = subject(code, call.args[0])
    return _Close(op, what, op.register, code.is_deferred(op.register)) if what is not None else None


def _run_by(code: Code, runs: Runs, close: _Close) -> Iterator[tuple[str, _Close]]:
    """The functions that call or defer the literal with a close, where it closes whenever it is run."""
    literal = code.function(close.op.function)
    if literal.index == 0 or close.register >= literal.function.blocks[0].end:
        return
    for use in runs.uses(literal.id):
        if use.how in (How.DEFERRED, How.INLINE) and _is_inside(code, literal.id, use.caller):
            yield use.caller, close._replace(register=use.register, deferred=use.how == How.DEFERRED)


def _is_inside(code: Code, literal: str, function: str) -> bool:
    inner, outer = code.function(literal), code.function(function)
    return inner.body_id == outer.body_id and inner.function.parent == outer.index


def _pairs(code: FunctionCode, runs: Runs, closes: list[_Close]) -> Iterator[Closing]:
    """Pairs of closes that one activation may both run, the earlier one first."""
    exits = runs.exits(code)
    for first in closes:
        events = set(renewals(code, first.what)) - {first.register}
        for second in closes:
            if second.what != first.what or (first.deferred and second.deferred and first is not second):
                continue
            if not exits.reaches(first.register, second.register, events):
                continue
            changes = _flags_set(code, second.register)
            same = first is second and exits.reaches(first.register, second.register, events | changes)
            if not changes or same:
                yield Closing(None, first.op, second.op, Closed.AGAIN)


def _flags_set(code: FunctionCode, register: int) -> set[int]:
    """Where a function sets the variables and fields whose tests decide about a close."""
    found: set[int] = set()
    for at, _ in decisions(code, register, MAX_TESTS):
        test = code.code[at]
        if isinstance(test, ir.If):
            found |= _sets(code, test.cond)
    return found


def _sets(code: FunctionCode, register: int) -> set[int]:
    """Where a function sets the variables or fields of a condition that are not set once only."""
    instruction = code.code[register]
    match instruction:
        case ir.Unary():
            return _sets(code, instruction.operand)
        case ir.Binary():
            return _sets(code, instruction.left) | _sets(code, instruction.right)
        case ir.Load():
            stores = code.stores.get(instruction.var, [])
            return set(stores) if len(stores) > 1 else set()
        case ir.Selector():
            name = instruction.name
            return {at for at, one in enumerate(code.code) if isinstance(one, ir.SetField) and one.name == name}
    return set()


# -- a close and a send ---------------------------------------------------------------------------


def _while_sent(code: Code, runs: Runs, channels: list[Channel], channel: Channel) -> Iterator[Closing]:
    if channel.members or channel.escapes or channel.returned or not channel.of(OpKind.SEND):
        return
    frame = Frame(code, runs, channel.root.function, channel.ops)
    if frame.anchored is None:
        return
    closes = frame.of(OpKind.CLOSE, How.INLINE, How.DEFERRED, How.STARTED)
    for send, run in frame.of(OpKind.SEND, How.STARTED):
        if _recovers(runs, send, run) or waits_below(runs, frame.code, run.register):
            continue
        events, edges = _joins(frame, channels, run)
        for close, at in closes:
            found = _reached(frame, run, (close, at), events, edges)
            if found is not None:
                yield Closing(channel, close, send, Closed.SENT, (frame.code.id, run.register), found)


def _reached(
    frame: Frame, send: Run, closes: Anchored, events: set[int], edges: set[tuple[int, int]]
) -> tuple[str, int] | None:
    """Where control goes from the start of the sender to the close without waiting for it."""
    op, close = closes
    if close.how == How.STARTED:
        beside = close.goroutine != send.goroutine and _closes_at_once(frame, op, close.goroutine)
        reached = beside and frame.exits.reaches(send.register, close.register, events, edges)
        return (frame.code.id, close.register) if reached else None
    if close.how == How.INLINE:
        reached = frame.exits.reaches(send.register, close.register, events, edges)
        return (frame.code.id, close.register) if reached else None
    returns = frame.exits.reach(send.register, events, edges)
    before = close.register < send.register
    return (frame.code.id, returns[0]) if returns and before else None


def _closes_at_once(frame: Frame, close: Op, goroutine: str) -> bool:
    """Whether a goroutine does nothing before it closes that it could wait by: no call, no receive, no test."""
    closer = frame.program.function(close.function)
    if close.function != goroutine or closer.mode_of(close.register) != ir.Mode.CALL:
        return False
    waits = ir.Call | ir.Recv | ir.Select | ir.If | ir.Next
    return not any(isinstance(step, waits) for step in closer.code[: close.register])


def _joins(
    frame: Frame, channels: list[Channel], send: Run
) -> tuple[set[int], set[tuple[int, int]]]:
    """Where the function waits for the goroutine of a send: a Wait, or a receive of what it sends or closes."""
    waits: list[Anchored] = []
    for other in channels:
        feeds = [op for op in other.ops if op.kind != OpKind.RECEIVE]
        if not any(_runs_on(frame, op, send.goroutine) for op in feeds):
            continue
        for op in other.of(OpKind.RECEIVE):
            waits.extend((op, run) for run in frame.runs.below(frame.code.id, op.function, op.register))
    events, edges = frame.taken([(op, run) for op, run in waits if run.how == How.INLINE])
    events.update(_wait_calls(frame))
    return events, edges


def _runs_on(frame: Frame, op: Op, goroutine: str) -> bool:
    return any(run.goroutine == goroutine for run in frame.runs.below(frame.code.id, op.function, op.register))


def _wait_calls(frame: Frame) -> Iterator[int]:
    for register, instruction in enumerate(frame.code.code):
        if type(instruction) is ir.Call:
            callee = frame.code.callee(register)
            if p.is_one_of(callee, WAIT):
                yield register


def _recovers(runs: Runs, send: Op, run: Run) -> bool:
    """Whether a panic of the send is caught on its goroutine."""
    return any(runs.recovers(function) for function in (send.function, run.goroutine) if function)
