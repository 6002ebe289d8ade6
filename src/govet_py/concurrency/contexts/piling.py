"""What lives until its context ends, and is made again and again under one that a loop does not renew.

A watch of etcd or a callback of context.AfterFunc is given up by the end of its context only. In a loop without
an end each round leaves the one before behind, until the context around the loop ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.concurrency.contexts.context_values import CONTEXT
from govet_py.concurrency.flow.control import loop_blocks
from govet_py.concurrency.flow.loop_bounds import is_endless
from govet_py.concurrency.flow.operands import Operands
from govet_py.knowledge.contexts import ENDED_BY_CONTEXT, ENDED_BY_RESULT
from govet_py.model import ir


class Piled(NamedTuple):
    """The call at `call` of `function`, in `loop`, is given a context that the loop keeps in `variable`."""

    function: str
    call: int
    loop: int
    variable: str


def piled(code: Code, calls: CallGraph, operands: Operands) -> Iterator[Piled]:
    """All calls whose results pile up in a loop."""
    for name in sorted(ENDED_BY_CONTEXT | ENDED_BY_RESULT):
        for id, call in calls.named(name):
            function = code.function(id)
            if name in ENDED_BY_RESULT and operands.users(function, call):
                continue
            yield from _piles(function, call)


def _piles(code: FunctionCode, register: int) -> Iterator[Piled]:
    call, loop = code.code[register], code.loop_of(register)
    if not isinstance(call, ir.Call) or call.mode != ir.Mode.CALL or loop == ir.NONE:
        return
    inside = loop_blocks(code, loop)
    if not is_endless(code, loop, inside) or not code.reaches(register, code.function.loops[loop].header):
        return
    for argument in call.args:
        load = code.code[argument]
        if isinstance(load, ir.Load) and code.types.var_type(load.var) == CONTEXT:
            if not code.is_set_in(load.var, inside):
                yield Piled(code.id, register, loop, code.body.vars[load.var].name)
