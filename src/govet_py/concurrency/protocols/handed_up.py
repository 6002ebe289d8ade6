"""Errors that a function hands to its caller and asks nothing of."""

from __future__ import annotations

from govet_py.callgraph.code import FunctionCode
from govet_py.concurrency.protocols.deadlines import returned_calls
from govet_py.knowledge.harmless import is_unseen
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.types import ERROR, Tuple


def hands_up(code: FunctionCode, call: int) -> bool:
    """Reports whether a function returns the error of a call, as it is or wrapped, and does nothing about any kind of
    it: it holds it against nil, and against nothing else."""
    if call not in returned_calls(code):
        return False
    stores = (at for at in code.of_kind(ir.Store) if code.call_behind(code.stored(at)) == call)
    held = {code.code[at].var for at in stores if code.type_of(code.stored(at)) == ERROR}  # type: ignore[union-attr]
    return not any(_asks(code, at, held) for at in range(len(code.code)))


def _asks(code: FunctionCode, register: int, held: set[int]) -> bool:
    """Whether an instruction finds out something about the error in one of some variables."""
    match code.code[register]:
        case ir.Call() as call:
            about = any(_is_held(code, at, held) for at in (*call.args, code.receiver_of(register)))
            return about and code.type_of(register) != ERROR and not _logs(code, register)
        case ir.Binary() as test if test.op in ("==", "!="):
            sides = (test.left, test.right)
            return any(_is_held(code, at, held) for at in sides) and not any(map(code.is_nil, sides))
        case ir.Switch() | ir.TypeSwitch() as choice:
            return _is_held(code, choice.tag, held)
        case ir.TypeAssert() as asserted:
            return _is_held(code, asserted.base, held)
    return False


def _logs(code: FunctionCode, call: int) -> bool:
    """Whether a call only takes note of something: it has no result to go by."""
    return code.type_of(call) == Tuple(()) and is_unseen(p.known_name(code.callee(call)))


def _is_held(code: FunctionCode, register: int, held: set[int]) -> bool:
    load = code.code[register] if register != ir.NONE else None
    return isinstance(load, ir.Load) and load.var in held
