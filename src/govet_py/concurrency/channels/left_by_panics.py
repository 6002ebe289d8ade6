"""Goroutines that range over a channel which is not closed when what comes before the close panics.

Told are closes that are not deferred, of a function that recovers: it is meant to go on after a panic of the functions
that it runs for others, those that it is given or finds in fields and maps.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.concurrency.channels.channel_model import Channel, Op, OpKind
from govet_py.concurrency.channels.leak_model import Leak, Why
from govet_py.concurrency.channels.runs import How, Runs
from govet_py.concurrency.channels.subjects import channel_of, subject_name
from govet_py.concurrency.channels.unclosed import end_of
from govet_py.concurrency.flow.recoveries import recovers
from govet_py.model import ir
from govet_py.model import program as p

DEPTH = 3


def left_by_panics(code: Code, runs: Runs, channels: list[Channel]) -> Iterator[Leak]:
    """One finding a goroutine."""
    for channel in channels:
        for owner, closes in _closers(code, channel):
            found = _left(code, runs, owner, closes, channel.of(OpKind.RECEIVE))
            if found is not None:
                yield found


def _closers(code: Code, channel: Channel) -> Iterator[tuple[FunctionCode, list[Op]]]:
    """The functions that recover and close a channel, which nobody else does: where there are several, each has its
    own from the function that makes them."""
    by_function: dict[str, list[Op]] = {}
    for op in channel.of(OpKind.CLOSE):
        by_function.setdefault(op.function, []).append(op)
    owners = [code.function(id) for id in by_function]
    if len(owners) == 1 or all(_has_own(owner, channel) for owner in owners):
        yield from ((owner, by_function[owner.id]) for owner in owners if recovers(code, owner))


def _has_own(function: FunctionCode, channel: Channel) -> bool:
    callees = (function.callee(at) for at in function.of_kind(ir.Call))
    return any(isinstance(callee, p.Static) and callee.function == channel.root.function for callee in callees)


def _left(code: Code, runs: Runs, owner: FunctionCode, closes: list[Op], receives: list[Op]) -> Leak | None:
    for op in receives:
        start = _started(code, runs, owner, op)
        risky = None if start is None else _risky(code, owner, start, closes)
        if start is not None and risky is not None:
            receiver = code.function(op.function)
            name = subject_name(receiver, channel_of(receiver, op))
            return Leak(Why.PANIC, (owner.id, start), name, ((owner.id, start),), ((owner.id, risky),))
    return None


def _started(code: Code, runs: Runs, owner: FunctionCode, op: Op) -> int | None:
    """Where a function starts the goroutine of a receive, which ends with the channel only."""
    receiver = code.function(op.function)
    end = end_of(receiver, op.register)
    if end is None or runs.exits(receiver).reach(ir.NONE, (), (end,)):
        return None
    started = (use.register for use in runs.uses(op.function) if use.how == How.STARTED and use.caller == owner.id)
    return next(started, None)


def _risky(code: Code, owner: FunctionCode, start: int, closes: list[Op]) -> int | None:
    """A call, between the start and the first close, that runs what others have written; none where a close is
    deferred."""
    if any(owner.mode_of(one.register) != ir.Mode.CALL for one in closes):
        return None
    first = min(one.register for one in closes)
    between = (at for at in owner.of_kind(ir.Call) if start < at < first and owner.mode_of(at) == ir.Mode.CALL)
    return next((at for at in between if _runs_others(code, owner, at, DEPTH)), None)


def _runs_others(code: Code, caller: FunctionCode, call: int, depth: int) -> bool:
    """Whether a call comes to a function value that is no literal of the caller itself."""
    callee = caller.callee(call)
    if isinstance(callee, p.Value):
        return not _is_own(code, caller, callee.register)
    target = code.get(callee.function) if isinstance(callee, p.Static) else None
    if target is None or depth == 0:
        return False
    runs = (at for at in target.of_kind(ir.Call) if target.mode_of(at) == ir.Mode.CALL)
    return any(_runs_others(code, target, at, depth - 1) for at in runs)


def _is_own(code: Code, caller: FunctionCode, register: int) -> bool:
    """Whether a function value is made here, or kept in a variable that has held nothing but literals."""
    step = caller.code[register]
    if not isinstance(step, ir.Load):
        return isinstance(step, ir.MakeClosure)
    values = list(code.values_of(caller, step.var))
    return bool(values) and all(isinstance(owner.code[value], ir.MakeClosure) for owner, value in values)
