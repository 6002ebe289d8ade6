"""What callers can tell from what a function returns."""

from __future__ import annotations

from govet_py.callgraph.code import FunctionCode
from govet_py.concurrency.flow.obligations import Exit
from govet_py.model import ir
from govet_py.model.types import ERROR, is_error


def look_alike(code: FunctionCode, held: list[Exit], released: list[Exit]) -> bool:
    """Whether callers cannot tell a way out that keeps the lock from one that releases it: both give the same."""
    kept = {exit.register for exit in held}
    answers = {_answer(code, exit.register) for exit in released if exit.register not in kept}
    return any(_answer(code, register) in answers - {None} for register in kept)


def _answer(code: FunctionCode, register: int) -> tuple[str, ...] | None:
    """What a return gives, as far as it is written there: constants, and that an error is one. None: not known, or
    nothing at all, so that callers have another way to tell."""
    last = code.code[register]
    if not isinstance(last, ir.Return):
        return None
    declared = code.function.signature.results
    if not declared or len(declared) != len(last.results):
        return None
    found = []
    for result, type_ in zip(last.results, declared, strict=True):
        value = code.code[result]
        if isinstance(value, ir.Const):
            found.append(value.value)
        elif is_error(type_):
            found.append(ERROR.name)
        else:
            return None
    return tuple(found)
