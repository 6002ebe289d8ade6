"""Functions that are given a context, do nothing with it, and wait in a loop that nothing ends."""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.concurrency.contexts.context_values import CONTEXT
from govet_py.concurrency.contexts.heedless_loops import Sleeps
from govet_py.model import ir


def deaf_loops(code: Code) -> Iterator[Sleeps]:
    """One finding a function: the first wait of its loop."""
    for id in code.ids():
        function = code.function(id)
        if function.function.loops and not _can_return(function):
            name = _idle_context(code, function)
            wait = next(_waits(function), None) if name else None
            if name and wait is not None:
                yield Sleeps(id, function.loop_of(wait), wait, name, ())


def _idle_context(code: Code, function: FunctionCode) -> str:
    """The name of a context parameter that neither the function nor a literal in it reads."""
    for var in function.function.params:
        name = function.body.vars[var].name
        if name not in ("", "_") and function.types.var_type(var) == CONTEXT and not _is_read(code, function, var):
            return name
    return ""


def _is_read(code: Code, function: FunctionCode, var: int) -> bool:
    frames = (code.sibling(function, index) for index in range(len(function.body.functions)))
    return any(
        isinstance(instruction, ir.Load | ir.Addr) and instruction.var == var
        for frame in frames
        for instruction in frame.code
    )


def _can_return(function: FunctionCode) -> bool:
    """Whether control can reach the end of a function, be it a return or a call that does not come back."""
    work, seen = [0], set[int]()
    while work:
        at = work.pop()
        if at in seen:
            continue
        seen.add(at)
        block = function.function.blocks[at]
        if not block.succs:
            return True
        work.extend(block.succs)
    return False


def _waits(function: FunctionCode) -> Iterator[int]:
    """The receives and selects inside loops that wait."""
    for register, instruction in enumerate(function.code):
        is_select = isinstance(instruction, ir.Select) and not instruction.has_default
        if (is_select or isinstance(instruction, ir.Recv)) and function.loop_of(register) != ir.NONE:
            yield register
