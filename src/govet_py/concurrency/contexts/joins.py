"""What a function does once it has started a goroutine: whether it waits for anything, or has work of its own."""

from __future__ import annotations

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.concurrency.flow.control import after
from govet_py.concurrency.flow.loop_bounds import ranges_over_channel
from govet_py.knowledge.concurrency import WAIT
from govet_py.knowledge.contexts import CANCEL_FUNCTIONS
from govet_py.knowledge.harmless import PROMPT, REPLIES
from govet_py.model import ir
from govet_py.model import program as p

_SHORT = (*PROMPT, *REPLIES)


def is_let_go(code: Code, function: FunctionCode, go: int) -> bool:
    """Reports whether nothing that waits comes after a go statement, nor is deferred."""
    if any(function.is_deferred(at) and _may_wait(code, function, at) for at in function.of_kind(ir.Call)):
        return False
    return not any(_waits(function, at) for at in after(function, go))


def takes_time_after(code: FunctionCode, go: int) -> bool:
    """Reports whether calls that may take time come after a go statement, or after a call of a helper that starts one;
    such a call for another goroutine takes none, and who answers a request has done what it is for."""
    later = (at for at in after(code, go) if isinstance(code.code[at], ir.Call))
    return any(_takes_time(code, at) and not _is_same_helper(code, go, at) for at in later)


def _takes_time(code: FunctionCode, at: int) -> bool:
    if code.mode_of(at) != ir.Mode.CALL:
        return False
    match callee := code.callee(at):
        case p.BuiltinCall() | p.Conversion():
            return False
        case p.Static():
            return not callee.function.startswith(_SHORT) or callee.function in WAIT
        case p.Interface():
            return not p.known_name(callee).startswith(_SHORT)
        case p.Value():
            return code.type_of(callee.register) not in CANCEL_FUNCTIONS
    return True


def _is_same_helper(code: FunctionCode, start: int, call: int) -> bool:
    """Whether a call is of the helper by which the goroutine at `start` is started."""
    mine, other = code.callee(start), code.callee(call)
    helper = code.mode_of(start) == ir.Mode.CALL and isinstance(mine, p.Static)
    return helper and isinstance(other, p.Static) and other.function == mine.function  # type: ignore[union-attr]


def _waits(code: FunctionCode, at: int) -> bool:
    match code.code[at]:
        case ir.Recv() | ir.Select() | ir.Send():
            return True
        case ir.Next() as step:
            return ranges_over_channel(code, step)
        case ir.Call() as call:
            return call.mode == ir.Mode.CALL and is_wait(code, at)
    return False


def _may_wait(code: Code, function: FunctionCode, call: int) -> bool:
    """Whether a deferred call may join: it waits or receives, itself or in its literal."""
    if is_wait(function, call):
        return True
    made = function.code[function.code[call].callee]  # type: ignore[union-attr]
    if not isinstance(made, ir.MakeClosure):
        return False
    inner = code.sibling(function, made.function)
    return any(
        isinstance(step, ir.Recv | ir.Select | ir.Range) or (type(step) is ir.Call and is_wait(inner, at))
        for at, step in enumerate(inner.code)
    )


def is_wait(code: FunctionCode, call: int) -> bool:
    """Reports whether a call waits for a group of goroutines."""
    callee = code.callee(call)
    return p.is_one_of(callee, WAIT)
