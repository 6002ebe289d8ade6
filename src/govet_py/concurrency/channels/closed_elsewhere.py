"""Channels of an object that its own goroutine closes when it ends by itself, and whoever ends the object once more.

Both close whenever they are run, and nobody asks whether the other one has been there.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member, member_at, member_of
from govet_py.concurrency.channels.channel_model import Closed, Closing, Op
from govet_py.concurrency.channels.runs import How, Runs
from govet_py.concurrency.channels.unmarked import is_decided_above
from govet_py.knowledge.channels import ENDS
from govet_py.model import ir

MAX_DEPTH = 4


def closed_by_both(code: Code, runs: Runs, closes: list[Op]) -> Iterator[Closing]:
    """One finding a close of a method that ends things."""
    by_member: dict[Member, list[Op]] = {}
    for op in closes:
        function = code.function(op.function)
        call = function.code[op.register]
        member = member_of(code.program, function, call.args[0]) if isinstance(call, ir.Call) else None
        if member is not None and member.owner and _is_certain(code, runs, op) and not _renews(code, function, member):
            by_member.setdefault(member, []).append(op)
    for ops in by_member.values():
        for end in (op for op in ops if _ends_things(code, op.function)):
            body = code.function(end.function).body_id
            for own in ops:
                if code.function(own.function).body_id != body and _on_goroutine(code, runs, own.function, body):
                    yield Closing(None, end, own, Closed.BOTH)
                    break


def _is_certain(code: Code, runs: Runs, op: Op) -> bool:
    """Whether each run of a function closes, and no caller asks something before."""
    function = code.function(op.function)
    if runs.is_once(op.function) or runs.exits(function).reach(ir.NONE, (op.register,)):
        return False
    return not is_decided_above(code, runs, op.function)


def _renews(code: Code, function: FunctionCode, member: Member) -> bool:
    """Whether a function sets the field."""
    return any(member_at(code.program, function, at) == member for at in function.of_kind(ir.SetField))


def _ends_things(code: Code, function: str) -> bool:
    """Whether a function is a method that is there to end its object."""
    inner = code.function(function)
    declared = code.program.functions[inner.body_id]
    return inner.index == 0 and declared.receiver is not None and declared.name.rpartition(".")[2] in ENDS


def _on_goroutine(code: Code, runs: Runs, function: str, end: str, depth: int = MAX_DEPTH) -> bool:
    """Whether a function runs on a goroutine of the program, in no way that leads through `end`."""
    for use in runs.uses(function) if depth else ():
        caller = code.get(use.caller) if use.caller else None
        if caller is None or caller.body_id == end:
            continue
        if use.how == How.STARTED:
            return True
        if use.how != How.UNKNOWN and _on_goroutine(code, runs, caller.id, end, depth - 1):
            return True
    return False
