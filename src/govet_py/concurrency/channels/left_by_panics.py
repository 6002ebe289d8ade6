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
        closes = channel.of(OpKind.CLOSE)
        owner = code.function(closes[0].function) if closes else None
        if owner is None or any(one.function != owner.id for one in closes) or not recovers(code, owner):
            continue
        for op in channel.of(OpKind.RECEIVE):
            start = _started(code, runs, owner, op)
            risky = None if start is None else _risky(code, owner, start, closes)
            if start is not None and risky is not None:
                receiver = code.function(op.function)
                name = subject_name(receiver, channel_of(receiver, op))
                yield Leak(Why.PANIC, (owner.id, start), name, ((owner.id, start),), ((owner.id, risky),))
                break


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
    if any(_mode(owner, one.register) != ir.Mode.CALL for one in closes):
        return None
    first = min(one.register for one in closes)
    between = (at for at in owner.of_kind(ir.Call) if start < at < first and _mode(owner, at) == ir.Mode.CALL)
    return next((at for at in between if _runs_others(code, owner, at, DEPTH)), None)


def _runs_others(code: Code, caller: FunctionCode, call: int, depth: int) -> bool:
    """Whether a call comes to a function value that is no literal of the caller itself."""
    callee = caller.callee(call)
    if isinstance(callee, p.Value):
        return not _is_own(code, caller, callee.register)
    target = code.get(callee.function) if isinstance(callee, p.Static) else None
    if target is None or depth == 0:
        return False
    runs = (at for at in target.of_kind(ir.Call) if _mode(target, at) == ir.Mode.CALL)
    return any(_runs_others(code, target, at, depth - 1) for at in runs)


def _is_own(code: Code, caller: FunctionCode, register: int) -> bool:
    """Whether a function value is made here, or kept in a variable that has held nothing but literals."""
    step = caller.code[register]
    if not isinstance(step, ir.Load):
        return isinstance(step, ir.MakeClosure)
    stores = [(code.sibling(caller, index), at) for index, at in code.stores(caller, step.var)]
    return bool(stores) and all(
        isinstance(store := one.code[at], ir.Store) and isinstance(one.code[store.value], ir.MakeClosure)
        for one, at in stores
    )


def _mode(code: FunctionCode, register: int) -> ir.Mode | None:
    call = code.code[register]
    return call.mode if isinstance(call, ir.Call) else None
