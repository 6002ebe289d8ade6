"""Goroutines that say they are done, and then go on: whoever has waited for them does not wait for that."""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.code import FunctionCode
from govet_py.concurrency.channels.subjects import Subject, subject
from govet_py.concurrency.contexts.joins import is_wait
from govet_py.concurrency.flow.control import after
from govet_py.concurrency.flow.loop_bounds import ranges_over_channel
from govet_py.knowledge.concurrency import DONE
from govet_py.model import ir
from govet_py.model import program as p

CLOSE = p.BuiltinCall("close")


def late(code: FunctionCode, go: int, target: FunctionCode) -> frozenset[int]:
    """The instructions of a literal, started by `go`, that only run when it has told the function around it, once,
    that it is done; none when the function waits for anything else, too."""
    if target.body_id != code.body_id or target.index == 0:
        return frozenset()
    told = dict(notices(target))
    whom = set(told.values())
    if len(whom) != 1 or None in whom or any(target.loop_of(at) != ir.NONE for at in told):
        return frozenset()
    if any(map(target.is_deferred, told)) or set(_awaited(code, go)) != whom:
        return frozenset()
    before = {0, *after(target, 0, told.__contains__)}
    later = {at for notice in told for at in after(target, notice)}
    return frozenset() if later & told.keys() else frozenset(later - before)


def notices(code: FunctionCode) -> Iterator[tuple[int, Subject | None]]:
    """Where a function tells others that it is done, or something else, and by what; None where that is not clear."""
    for at in code.of_kind(ir.Call, ir.Send, ir.Select):
        step, callee = code.code[at], None
        if isinstance(step, ir.Call):
            callee = code.callee(at)
        if p.is_one_of(callee, DONE):
            yield at, subject(code, callee.receiver)
        elif isinstance(step, ir.Call) and callee == CLOSE and step.args:
            yield at, subject(code, step.args[0])
        elif isinstance(step, ir.Send):
            yield at, subject(code, step.chan)
        elif isinstance(step, ir.Select) and any(case.value != ir.NONE for case in step.cases):
            yield at, None


def _awaited(code: FunctionCode, go: int) -> Iterator[Subject | None]:
    """What a function waits for once it has started a goroutine, deferred calls included."""
    deferred = (at for at in code.of_kind(ir.Call) if code.is_deferred(at))
    for at in {*after(code, go), *deferred}:
        step = code.code[at]
        callee = code.callee(at) if isinstance(step, ir.Call) and is_wait(code, at) else None
        if isinstance(callee, p.Static):
            yield subject(code, callee.receiver)
        elif isinstance(step, ir.Recv):
            yield subject(code, step.chan)
        elif _waits_otherwise(code, at):
            yield None


def _waits_otherwise(code: FunctionCode, at: int) -> bool:
    """Whether an instruction waits for one of several things, or is the call of a deferred literal, which may."""
    match code.code[at]:
        case ir.Select():
            return True
        case ir.Next() as step:
            return ranges_over_channel(code, step)
        case ir.Call() as call:
            return code.is_deferred(at) and isinstance(code.code[call.callee], ir.MakeClosure)
    return False
