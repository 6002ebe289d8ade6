"""Goroutines that end by a flag which they look at only between two values, when no more values come.

    for !b.stopped.Load() {
        b.store(<-b.in)         // Stop sets the flag; whoever sends looks at it first, and does not send any more
    }

LIMIT: senders that go on without looking at the flag may wake the goroutine up, and are left out.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member
from govet_py.concurrency.channels.channel_model import Channel, Op, OpKind
from govet_py.concurrency.channels.leak_model import Leak, Why
from govet_py.concurrency.channels.runs import How, Runs
from govet_py.concurrency.channels.sent_behind_marks import asked_marks, marks_set, tested_marks
from govet_py.concurrency.flow.control import tests
from govet_py.concurrency.flow.exits import Edge
from govet_py.model import ir

_FIELDS = ir.SetField | ir.FieldAddr | ir.Selector


def flag_loops(code: Code, runs: Runs, channels: list[Channel]) -> Iterator[Leak]:
    """One finding a receive."""
    for channel in channels:
        known = channel.members and not channel.escapes and not channel.of(OpKind.CLOSE)
        for op in channel.of(OpKind.RECEIVE) if known else ():
            function = code.function(op.function)
            if not isinstance(function.code[op.register], ir.Recv) or not runs.is_repeated(function, op.register):
                continue
            starts = [use for use in runs.uses(op.function) if use.how == How.STARTED and use.caller]
            flags = _ends_by(code, runs, function, op) if starts else set()
            quiet = flags & _asked_by_all(code, channel)
            setter = next((one for one in _setters(code, function, quiet)), None) if quiet else None
            if setter is not None:
                flag = min(quiet)
                start = starts[0].caller, starts[0].register
                yield Leak(Why.FLAG, (op.function, op.register), flag.name, (start,), (setter,))
                break


def _ends_by(code: Code, runs: Runs, function: FunctionCode, op: Op) -> set[Member]:
    """The flags whose tests alone lead out of a function."""
    edges: set[Edge] = set()
    flags: set[Member] = set()
    goal = function.block_of(op.register)
    for block, test in tests(function):
        asked = set(asked_marks(code, function, test.cond))
        out = [one for one in function.function.blocks[block].succs if not function.leads(one, goal)]
        if asked and out:
            edges.update((block, one) for one in out)
            flags |= asked
    ends = edges and runs.exits(function).reach(ir.NONE, ())
    return flags if ends and not runs.exits(function).reach(ir.NONE, (), edges) else set()


def _asked_by_all(code: Code, channel: Channel) -> set[Member]:
    """The flags that each sender looks at before it sends."""
    tested = [tested_marks(code, code.function(op.function), op.register) for op in channel.of(OpKind.SEND)]
    return set.intersection(*tested) if tested else set()


def _setters(code: Code, function: FunctionCode, flags: set[Member]) -> Iterator[tuple[str, int]]:
    """Where another function of the package sets one of the flags."""
    for id in code.ids():
        other = code.function(id)
        if other.package == function.package and other.body_id != function.body_id and other.is_method:
            if flags & marks_set(code, other):
                yield id, _place(code, other, flags)


def _place(code: Code, function: FunctionCode, flags: set[Member]) -> int:
    names = {flag.name for flag in flags}
    fields = ((at, step) for at, step in enumerate(function.code) if isinstance(step, _FIELDS))
    return next((at for at, step in fields if step.name in names), 0)
