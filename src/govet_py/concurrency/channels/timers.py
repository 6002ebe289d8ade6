"""Timers that outlive their use before Go 1.23, which collects those that nothing refers to any more.

A ticker that is not stopped ticks for ever; `time.After` in a loop leaves a timer behind each time another
case of the select is chosen (Go 1.23 release notes, "Timer changes").
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.concurrency.channels.leaks import ticker_ends
from govet_py.concurrency.channels.runs import Runs
from govet_py.concurrency.flow.operands import Operands
from govet_py.knowledge import clocks
from govet_py.model import ir

COLLECTED = (1, 23)
LONG = 60 * 10**9
"""A time-out of a minute, in nanoseconds: many shorter ones are no load."""


class TimerWhy(Enum):
    """UNSTOPPED: a ticker in a function that returns. TICK: time.Tick there. AFTER: time.After in a loop whose
    other cases go round again. ONCE: a timer that is waited for again. STOPPED: a ticker that its own loop stops."""

    UNSTOPPED = "unstopped"
    TICK = "tick"
    AFTER = "after"
    ONCE = "once"
    STOPPED = "stopped"


class TimerLeak(NamedTuple):
    """`function` leaves the timer made (or stopped) at `register` behind; `leave` is a return that does, or the wait.
    `short`: the timer ends soon by itself."""

    why: TimerWhy
    function: str
    register: int
    leave: int
    short: bool = False


def timer_leaks(code: Code, calls: CallGraph, runs: Runs, operands: Operands) -> Iterator[TimerLeak]:
    """All timers that are left behind, in files of modules before Go 1.23."""
    for name in (clocks.NEW_TICKER, clocks.TICK, clocks.AFTER):
        for id, register in calls.named(name):
            function = code.function(id)
            if code.program.files[function.path].go_version < COLLECTED and not function.is_initialiser:
                yield from _leaks_of(runs, operands, function, register, name)


def _leaks_of(runs: Runs, operands: Operands, function: FunctionCode, register: int, name: str) -> Iterator[TimerLeak]:
    if name == clocks.AFTER:
        yield from _after(runs, operands, function, register)
        return
    leaves = runs.exits(function).reach(register, (), ticker_ends(function).values())
    if not leaves or function.is_main or _is_used_for_ever(runs, operands, function, register):
        return
    if name == clocks.TICK:
        if is_local(operands, function, register, ()):
            yield TimerLeak(TimerWhy.TICK, function.id, register, leaves[0])
    elif is_local(operands, function, register, clocks.TICKER_MEMBERS):
        yield TimerLeak(TimerWhy.UNSTOPPED, function.id, register, leaves[0])


def is_local(operands: Operands, function: FunctionCode, register: int, members: tuple[str, ...]) -> bool:
    """Whether a timer is used in its function only, by nothing but receives and these members."""
    uses = (owner.code[user] for owner, user in operands.uses(function, register))
    return all(
        isinstance(use, ir.Recv | ir.Select | ir.Range) or (isinstance(use, ir.Selector) and use.name in members)
        for use in uses
    )


def _is_used_for_ever(runs: Runs, operands: Operands, function: FunctionCode, register: int) -> bool:
    """Whether a function literal that never ends uses a ticker: there is no time to stop it at."""
    users = {owner.id: owner for owner, _ in operands.uses(function, register) if owner.id != function.id}
    return any(not runs.exits(user).reach(ir.NONE, (), ticker_ends(user).values()) for user in users.values())


def _after(runs: Runs, operands: Operands, function: FunctionCode, register: int) -> Iterator[TimerLeak]:
    for select, channel in _selects(operands, function, register):
        instruction = function.code[select]
        if not isinstance(instruction, ir.Select) or not runs.is_repeated(function, register):
            continue
        block = function.function.blocks[function.block_of(select)]
        cases = [case.chan == channel for case in instruction.cases]
        others = [s for s, mine in zip(block.succs, [*cases, False], strict=False) if not mine]
        if any(comes_back(runs, function, other, select) for other in others):
            call = function.code[register]
            assert isinstance(call, ir.Call)
            duration = function.types.constant_int(function.index, call.args[0]) if call.args else None
            short = duration is not None and duration < LONG
            yield TimerLeak(TimerWhy.AFTER, function.id, register, select, short)


def _selects(operands: Operands, function: FunctionCode, register: int) -> Iterator[tuple[int, int]]:
    """The selects that wait for a channel, with the register it has there."""
    for user in operands.users(function, register):
        instruction = function.code[user]
        if isinstance(instruction, ir.Select):
            yield user, register
        elif isinstance(instruction, ir.Store):
            for id, load in operands.loads(function, instruction.var):
                if id == function.id:
                    yield from ((at, load) for at in operands.users(function, load))


def comes_back(runs: Runs, function: FunctionCode, block: int, select: int) -> bool:
    """Whether control comes from the start of a block to the select."""
    start = function.function.blocks[block].start
    return start == select or runs.exits(function).reaches(start, select)
