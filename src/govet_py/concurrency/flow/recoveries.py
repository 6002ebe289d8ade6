"""Functions that recover from what panics below them."""

from __future__ import annotations

from govet_py.callgraph.code import Code, FunctionCode, literal_id
from govet_py.knowledge.concurrency import REQUEST
from govet_py.model import ir
from govet_py.model import program as p

_RECOVER, _PANIC = p.BuiltinCall("recover"), p.BuiltinCall("panic")


def recovers(program: Code, code: FunctionCode) -> bool:
    """Reports whether a function defers one that recovers, a literal or `defer HandlePanic(&err)`, and does not panic
    again."""
    for register in filter(code.is_deferred, code.of_kind(ir.Call)):
        handler = program.get(_deferred(code, register))
        called = {handler.callee(at) for at in handler.of_kind(ir.Call)} if handler is not None else set()
        if _RECOVER in called and _PANIC not in called:
            return True
    return False


def _deferred(code: FunctionCode, register: int) -> str:
    made, callee = code.code[code.code[register].callee], code.callee(register)  # type: ignore[union-attr]
    if isinstance(made, ir.MakeClosure):
        return literal_id(code.body_id, made.function)
    return callee.function if isinstance(callee, p.Static) else ""


def is_served(code: FunctionCode) -> bool:
    """Reports whether a function has the shape of a handler of requests, around which the server recovers."""
    params = code.function.params[-len(REQUEST) :]
    is_handler = len(code.function.signature.params) == len(REQUEST) and not code.function.signature.results
    return is_handler and tuple(map(code.types.var_type, params)) == REQUEST
