"""Channels that each of several goroutines closes when it ends: copies of one that a loop starts, or two that are
started one after the other, all for one and the same channel. The second one to end panics.

A close counts where nothing on the way decides about it, as the last one to end would (`if left.Add(-1) == 0`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.parameters import argument_above
from govet_py.concurrency.channels.channel_model import Closed, Closing, Op
from govet_py.concurrency.channels.runs import How, Runs
from govet_py.concurrency.channels.subjects import Subject, renewals, subject
from govet_py.model import ir

MAX_DEPTH = 4


class _Started(NamedTuple):
    """Below `register` of `code` a goroutine is started that closes `what`."""

    op: Op
    code: FunctionCode
    register: int
    what: Subject


def closed_by_copies(code: Code, runs: Runs, closes: list[Op]) -> Iterator[Closing]:
    """One finding a close, in the nearest function that sees more than one goroutine come to it."""
    by_place: dict[tuple[str, Subject], list[_Started]] = {}
    for op in closes:
        for started in _starts(code, runs, op):
            if _is_repeated(runs, started) and not _is_renewed(code, started.what):
                yield Closing(None, op, op, Closed.COPIES, (started.code.id, started.register))
                break
            by_place.setdefault((started.code.id, started.what), []).append(started)
    for group in by_place.values():
        for first in group:
            for other in group:
                another = first.register != other.register and _comes_after(runs, first, other.register)
                if another and not _is_renewed(code, first.what):
                    yield Closing(None, first.op, other.op, Closed.COPIES, (other.code.id, other.register))


def _starts(code: Code, runs: Runs, op: Op) -> Iterator[_Started]:
    """The functions that start what closes a channel they know by name, the nearest first."""
    closer = code.function(op.function)
    call = closer.code[op.register]
    what = subject(closer, call.args[0]) if isinstance(call, ir.Call) else None
    if what is None or runs.recovers(op.function) or runs.is_once(op.function):
        return
    level = [(closer, op.register, what, False)]
    for _ in range(MAX_DEPTH):
        above: list[tuple[FunctionCode, int, Subject, bool]] = []
        for function, register, known, started in level:
            if started:
                yield _Started(op, function, register, known)
            elif runs.exits(function).reach(ir.NONE, (register,)):
                continue
            if not any(renewals(function, known)):
                above.extend(_above(code, runs, function, known, started))
        level = above


def _above(
    code: Code, runs: Runs, function: FunctionCode, what: Subject, started: bool
) -> Iterator[tuple[FunctionCode, int, Subject, bool]]:
    """Who runs a function, with the name that the channel has there."""
    for use in runs.uses(function.id):
        caller = code.get(use.caller) if use.caller else None
        if caller is None or use.callback or use.how not in (How.INLINE, How.DEFERRED, How.STARTED):
            continue
        named = _named_above(function, caller, use.register, what)
        if named is not None:
            yield caller, use.register, named, started or use.how == How.STARTED


def _named_above(function: FunctionCode, caller: FunctionCode, call: int, what: Subject) -> Subject | None:
    if function.body_id == caller.body_id and function.index != 0:
        return what if what.var not in function.function.params else None
    if what.var not in function.function.params:
        return what if what.var == ir.NONE and function.package == caller.package else None
    given = subject(caller, argument_above(function, caller, call, function.function.params.index(what.var)))
    return given._replace(fields=(*given.fields, *what.fields)) if given is not None else None


def _is_repeated(runs: Runs, started: _Started) -> bool:
    """Whether a loop starts several, and no branch inside it leaves one out."""
    if not _comes_after(runs, started, started.register):
        return False
    code = started.code
    loop = code.loop_of(started.register)
    header = code.function.loops[loop].header
    inside = [at for at, block in enumerate(code.function.blocks) if code.inside(block.loop, loop) and at != header]
    goal = code.block_of(started.register)
    return not any(
        not code.leads(successor, goal) or _goes_round(code, successor, goal, header)
        for at in inside
        if len(code.function.blocks[at].succs) > 1 and at != goal
        for successor in code.function.blocks[at].succs
        if successor != goal and code.inside(code.function.blocks[successor].loop, loop)
    )


def _goes_round(code: FunctionCode, start: int, goal: int, header: int) -> bool:
    """Whether control comes to the next round of a loop from a block without passing another one."""
    work, seen = [start], {goal}
    while work:
        at = work.pop()
        if at == header:
            return True
        if at not in seen:
            seen.add(at)
            work.extend(code.function.blocks[at].succs)
    return False


def _comes_after(runs: Runs, first: _Started, register: int) -> bool:
    """Whether control comes from one start to another with the channel still the same."""
    events = set(renewals(first.code, first.what)) - {first.register}
    return runs.exits(first.code).reaches(first.register, register, events)


def _is_renewed(code: Code, what: Subject) -> bool:
    """Whether some method gives its object a new channel: it may do so in between."""
    functions = (code.function(id) for id in code.ids()) if what.fields else ()
    return any(
        isinstance(step := function.code[at], ir.SetField) and step.name == what.fields[-1]
        for function in functions
        if function.is_method or function.index != 0
        for at in function.of_kind(ir.SetField)
    )
