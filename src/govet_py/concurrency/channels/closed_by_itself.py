"""Channels of an object whose goroutine ends the object when it fails, by the very method that its owner calls to end
it, or by what that method calls: whoever comes second closes once more.

The method closes whenever it is run. Told are goroutines that the object's own type starts and that come there by its
own methods, by a defer or behind the test of an error; and only where somebody in view ends the object as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import member_of
from govet_py.concurrency.channels.channel_model import Closed, Closing, Op
from govet_py.concurrency.channels.closed_elsewhere import is_behind_failure
from govet_py.concurrency.channels.runs import How, Runs, Use
from govet_py.concurrency.channels.subjects import renewals, subject
from govet_py.knowledge.channels import ENDS
from govet_py.model import ir

MAX_DEPTH = 4


class _Way(NamedTuple):
    """`function` comes to the close; `failed`: behind the test of an error, or by a defer."""

    function: FunctionCode
    failed: bool


def closed_by_itself(code: Code, runs: Runs, closes: list[Op]) -> Iterator[Closing]:
    """One finding a close."""
    for op in closes:
        function = code.function(op.function)
        call = function.code[op.register]
        what = subject(function, call.args[0]) if isinstance(call, ir.Call) else None
        if what is None or not function.is_method or function.index != 0 or len(what.fields) == 0:
            continue
        member = member_of(code.program, function, call.args[0]) if isinstance(call, ir.Call) else None
        asked = member is None or any(renewals(function, what)) or runs.exits(function).reach(ir.NONE, (op.register,))
        if asked or runs.recovers(op.function):
            continue
        own = _own_goroutine(code, runs, function)
        if own is not None and any(_ends_from_outside(code, runs, one) for one in _enders(code, runs, function)):
            yield Closing(None, op, op, Closed.ITSELF, (own.caller, own.register))


def _own_goroutine(code: Code, runs: Runs, function: FunctionCode) -> Use | None:
    """Where the object starts a goroutine that comes to a method of it by itself."""
    level, seen = [_Way(function, False)], {function.id}
    for _ in range(MAX_DEPTH):
        above: list[_Way] = []
        for way in level:
            for use in runs.uses(way.function.id):
                caller = code.get(use.caller) if use.caller and not use.callback else None
                if caller is None or caller.package != function.package or not _is_own(way.function, caller, use):
                    continue
                if use.how == How.STARTED and way.failed:
                    return use
                failed = way.failed or use.how == How.DEFERRED or is_behind_failure(caller, use.register)
                if use.how in (How.INLINE, How.DEFERRED) and caller.id not in seen:
                    seen.add(caller.id)
                    above.append(_Way(caller, failed))
        level = above
    return None


def _is_own(function: FunctionCode, caller: FunctionCode, use: Use) -> bool:
    """Whether a method is run on the object of its caller, or of who has just made it."""
    if function.index != 0:
        return True
    receiver = caller.receiver_of(use.register)
    step = caller.code[receiver] if receiver >= 0 else None
    if not isinstance(step, ir.Load):
        return False
    kind = caller.body.vars[step.var].kind
    return kind == ir.VarKind.RECEIVER or (use.how == How.STARTED and kind == ir.VarKind.LOCAL)


def _enders(code: Code, runs: Runs, function: FunctionCode) -> Iterator[FunctionCode]:
    """The methods that are there to end the object and come to another one whatever they find, itself among them."""
    callers = [
        caller
        for use in runs.uses(function.id)
        if use.how == How.INLINE and use.caller and not use.callback
        and (caller := code.function(use.caller)).is_method and _is_own(function, caller, use)
        and not runs.exits(caller).reach(ir.NONE, (use.register,))
    ]
    yield from (one for one in (function, *callers) if one.index == 0 and _name(code, one) in ENDS)


def _ends_from_outside(code: Code, runs: Runs, ender: FunctionCode) -> bool:
    """Whether somebody who has the object calls a method to end it."""
    return any(
        use.caller and use.how in (How.INLINE, How.DEFERRED) and not use.callback
        and not _is_own(ender, code.function(use.caller), use)
        for use in runs.uses(ender.id)
    )


def _name(code: Code, function: FunctionCode) -> str:
    return code.program.functions[function.body_id].name.rpartition(".")[2]
