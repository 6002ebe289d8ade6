"""Which deferred calls in loops pile up: those that the loop comes to again and again."""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.code import FunctionCode
from govet_py.concurrency.flow.clock_channels import clock_of, made_by
from govet_py.concurrency.flow.control import Edge, behind_edges, tests
from govet_py.concurrency.flow.loop_bounds import ranges_over_channel
from govet_py.concurrency.locks.try_locks import decided_calls
from govet_py.knowledge import clocks
from govet_py.model import ir
from govet_py.model import program as p


def goes_on(code: FunctionCode, register: int, loop: int) -> bool:
    """Reports whether one of the loops around an instruction is endless, and goes round after it."""
    while loop != ir.NONE:
        if _is_endless(code, loop) and code.reaches(register, code.function.loops[loop].header):
            return True
        loop = code.function.loops[loop].parent
    return False


def _is_endless(code: FunctionCode, loop: int) -> bool:
    """Whether a loop goes on until something inside it leaves it: no condition, or the values of a channel."""
    found = code.function.loops[loop]
    block = code.function.blocks[found.header]
    if found.kind == "for":
        return not isinstance(code.code[block.end - 1], ir.If)
    return any(
        isinstance(i, ir.Next) and ranges_over_channel(code, i) for i in code.code[block.start : block.end]
    )


def comes_once(code: FunctionCode, register: int, loop: int) -> bool:
    """Reports whether a loop comes to an instruction only when a timer has gone off that was set before it."""
    cases: list[Edge] = []
    for select in code.of_kind(ir.Select):
        step = code.code[select]
        for at, case in enumerate(step.cases if isinstance(step, ir.Select) else ()):
            if code.inside(code.loop_of(select), loop) and _rings_once(code, case.chan, loop):
                cases.append((code.block_of(select), at))
    return code.block_of(register) in behind_edges(code, cases)


def _rings_once(code: FunctionCode, channel: int, loop: int) -> bool:
    """Whether a channel is that of a timer made before the loop, and not set again once it has gone off."""
    made = clock_of(code, channel)
    if made_by(code, made) not in (clocks.AFTER, clocks.NEW_TIMER) or code.inside(code.loop_of(made), loop):
        return False
    stopped = behind_edges(code, _stopped(code, made))
    return all(code.block_of(reset) in stopped for reset in _calls_of(code, made, clocks.TIMER_RESET))


def _stopped(code: FunctionCode, timer: int) -> Iterator[Edge]:
    """Where control goes on when a timer was stopped before it went off."""
    stops = set(_calls_of(code, timer, clocks.TIMER_STOP))
    for block, test in tests(code):
        yield from ((block, 0 if holds else 1) for call, holds in decided_calls(code, test.cond) if call in stops)


def _calls_of(code: FunctionCode, timer: int, method: str) -> Iterator[int]:
    for call in code.of_kind(ir.Call):
        if _calls(code, call, method) and code.source(code.receiver_of(call)) == timer:
            yield call


def _calls(code: FunctionCode, register: int, function: str) -> bool:
    callee = code.callee(register) if isinstance(code.code[register], ir.Call) else None
    return isinstance(callee, p.Static) and callee.function == function
