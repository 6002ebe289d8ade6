"""Loops that receive as often as there are senders, and ask whether that is enough only after a receive.

`for range results { n++; if n == total { break } }` waits for ever when total is 0: nobody sends, and where
the receiver counts nobody closes.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.concurrency.channels.blocking import Blocked, Why
from govet_py.concurrency.channels.channel_frames import blocks
from govet_py.concurrency.channels.channel_model import Channel, Op, OpKind
from govet_py.concurrency.channels.runs import Runs
from govet_py.concurrency.channels.subjects import Subject, subject
from govet_py.concurrency.flow.exits import Edge
from govet_py.model import ir


def counted_too_late(code: Code, runs: Runs, channels: list[Channel]) -> Iterator[Blocked]:
    """One finding a receive."""
    told: set[Op] = set()
    for channel in channels:
        for op in channel.of(OpKind.RECEIVE):
            function = code.function(op.function)
            if op in told or not blocks(code, op) or not runs.is_repeated(function, op.register):
                continue
            told.add(op)
            test = _test(runs, function, op.register)
            if test is not None:
                yield Blocked(channel, op, Why.COUNTED, (), ((op.function, test),))


def _test(runs: Runs, function: FunctionCode, receive: int) -> int | None:
    """The test `count == total` that ends the loop of a receive, where nothing else does and nothing asked
    about the total before."""
    loop = function.loop_of(receive)
    tests = [
        (register, total)
        for register, instruction in enumerate(function.code)
        if isinstance(instruction, ir.If) and function.inside(function.loop_of(register), loop)
        for total in [_total(function, instruction.cond)]
        if total is not None and _leaves(runs, function, register, receive)
    ]
    if len(tests) != 1:
        return None
    register, total = tests[0]
    events = {register}
    cut = _closed(function, loop) if isinstance(function.code[receive], ir.Next) else []
    if runs.exits(function).reach(receive, events, cut) or _is_asked(function, total, register):
        return None
    return register


def _closed(function: FunctionCode, loop: int) -> list[Edge]:
    """The edge by which a range over a channel ends when that is closed."""
    header = function.function.loops[loop].header
    return [(header, successor) for successor in function.function.blocks[header].succs[1:]]


def _leaves(runs: Runs, function: FunctionCode, register: int, receive: int) -> bool:
    """Whether one of the branches of a test does not come back to the receive."""
    return any(
        not runs.exits(function).reaches(function.function.blocks[successor].start, receive)
        for successor in function.function.blocks[function.block_of(register)].succs
    )


def _total(function: FunctionCode, register: int) -> Subject | None:
    """What a counter is compared with: a parameter, field or variable, not a constant."""
    test = function.code[register]
    if not isinstance(test, ir.Binary) or test.op not in ("==", ">="):
        return None
    left, right = subject(function, test.left), subject(function, test.right)
    if left is None or right is None or left.fields or not _is_counted_up(function, left.var):
        return None
    return None if right.var >= 0 and not right.fields and _is_counted_up(function, right.var) else right


def _is_counted_up(function: FunctionCode, var: int) -> bool:
    """Whether a variable starts at a constant and is incremented in the function."""
    values = [function.code[at] for at in function.values_of(var)]
    added = any(isinstance(value, ir.Binary) and value.op == "+" for value in values)
    return added and any(isinstance(value, ir.Const | ir.Zero) for value in values)


def _is_asked(function: FunctionCode, total: Subject, but: int) -> bool:
    """Whether another test compares the total, or the total is counted in the function itself."""
    for register, instruction in enumerate(function.code):
        if isinstance(instruction, ir.Binary) and register != _condition(function, but):
            if total in (subject(function, instruction.left), subject(function, instruction.right)):
                return True
    return False


def _condition(function: FunctionCode, register: int) -> int:
    test = function.code[register]
    return test.cond if isinstance(test, ir.If) else ir.NONE
