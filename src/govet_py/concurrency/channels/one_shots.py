"""Timers that are taken for tickers, tickers that are taken for timers, and tickers that will not tick any more.

A timer goes off once: `for { <-timer.C }` without a Reset waits for ever the second time. A select that has other
cases for the loop to go on by may mean the one delayed step; where those leave the loop, or there are none, the loop
was meant to go round. A loop that stops its own ticker and comes back to wait for nothing else waits for ever, too. A
ticker goes off again and again: a goroutine that selects between it and its end, and has no loop, does once what it was
to do until then.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.concurrency.channels.leaks import same_ticker, ticker_of
from govet_py.concurrency.channels.runs import How, Runs
from govet_py.concurrency.channels.subjects import renewals, subject
from govet_py.concurrency.channels.timers import TimerLeak, TimerWhy, comes_back, is_local
from govet_py.concurrency.flow.operands import Operands
from govet_py.knowledge import clocks
from govet_py.model import ir

MEMBERS = (clocks.CHANNEL, "Stop")


class SingleTick(NamedTuple):
    """The goroutine of `function` selects at `wait`, once, between its end and the ticker that `maker` made at
    `made`."""

    function: str
    wait: int
    maker: str
    made: int


def single_ticks(code: Code, calls: CallGraph, runs: Runs, operands: Operands) -> Iterator[SingleTick]:
    """One finding a ticker: of those that one goroutine alone listens to."""
    for id, register in calls.named(clocks.NEW_TICKER):
        function = code.function(id)
        if is_local(operands, function, register, MEMBERS):
            waits = list(_receives(operands, function, register))
            if len(waits) == 1 and _is_once(runs, function, *waits[0]):
                yield SingleTick(waits[0][0].id, waits[0][1], id, register)


def _receives(operands: Operands, function: FunctionCode, ticker: int) -> Iterator[tuple[FunctionCode, int]]:
    """What is done with the channel of a ticker, in any function of the body."""
    for owner, user in operands.uses(function, ticker):
        step = owner.code[user]
        if isinstance(step, ir.Selector) and step.name == clocks.CHANNEL:
            yield from operands.uses(owner, user)


def _is_once(runs: Runs, maker: FunctionCode, owner: FunctionCode, wait: int) -> bool:
    """Whether a goroutine comes to a select once, and waits there."""
    select = owner.code[wait]
    if not isinstance(select, ir.Select) or select.has_default or owner.loop_of(wait) != ir.NONE:
        return False
    uses = runs.uses(owner.id)
    alone = owner is maker or not any(use.repeated for use in uses)
    return bool(uses) and alone and len(select.cases) > 1 and all(use.how == How.STARTED for use in uses)


def one_shots(code: Code, calls: CallGraph, runs: Runs, operands: Operands) -> Iterator[TimerLeak]:
    """One finding a timer: the first wait that comes again."""
    for id, register in calls.named(clocks.NEW_TIMER):
        function = code.function(id)
        if is_local(operands, function, register, MEMBERS):
            waits = _waits(operands, function, register)
            again = next((wait for wait in waits if _is_again(runs, function, register, *wait)), None)
            if again is not None:
                yield TimerLeak(TimerWhy.ONCE, id, register, again[0])


def stopped_waits(code: Code, calls: CallGraph, runs: Runs) -> Iterator[TimerLeak]:
    """One finding a ticker: the Stop from which control comes to a wait for nothing but its ticks."""
    for id, stop in calls.named(clocks.TICKER_STOP):
        function = code.function(id)
        ticker = function.receiver_of(stop)
        what = subject(function, ticker)
        if what is None or function.is_deferred(stop) or _is_reset(code, calls, function, ticker):
            continue
        waits = function.of_kind(ir.Recv, ir.Select, ir.Next)
        lone = [at for at in waits if same_ticker(code, function, ticker, function, ticker_of(function, at))]
        anew = [*renewals(function, what)]
        again = next((at for at in lone if runs.exits(function).reaches(stop, at, anew)), None)
        if again is not None:
            yield TimerLeak(TimerWhy.STOPPED, id, stop, again)


def _is_reset(code: Code, calls: CallGraph, function: FunctionCode, ticker: int) -> bool:
    """Whether anybody makes a ticker go on, perhaps while it is waited for."""
    resets = ((code.function(id), call) for id, call in calls.named(clocks.TICKER_RESET))
    return any(same_ticker(code, function, ticker, other, other.receiver_of(call)) for other, call in resets)


def _waits(operands: Operands, function: FunctionCode, timer: int) -> Iterator[tuple[int, int]]:
    """The instructions of the function itself that wait for a timer, with the register of its channel."""
    for owner, user in operands.uses(function, timer):
        step = owner.code[user]
        if owner is function and isinstance(step, ir.Selector) and step.name == clocks.CHANNEL:
            for wait in operands.users(function, user):
                ranges = isinstance(function.code[wait], ir.Range)
                yield from ((at, user) for at in (operands.users(function, wait) if ranges else (wait,)))


def _stores(function: FunctionCode, timer: int) -> Iterator[int]:
    """All stores to the variables that hold a timer."""
    steps = (function.code[at] for at in function.of_kind(ir.Store))
    variables = {step.var for step in steps if isinstance(step, ir.Store) and step.value == timer}
    return (at for var in sorted(variables) for at in function.stores.get(var, ()))


def _is_again(runs: Runs, function: FunctionCode, timer: int, wait: int, channel: int) -> bool:
    """Whether control comes from a wait back to it, past no other timer, and by nothing but the timer."""
    if not runs.exits(function).reaches(wait, wait, (timer, *_stores(function, timer))):
        return False
    match function.code[wait]:
        case ir.Recv() | ir.Next():
            return True
        case ir.Select() as select if not select.has_default:
            ways = function.function.blocks[function.block_of(wait)].succs
            mine = {at for at, case in enumerate(select.cases) if case.chan == channel}
            return all((at in mine) == comes_back(runs, function, way, wait) for at, way in enumerate(ways))
    return False
