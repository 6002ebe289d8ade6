"""Contexts with a time limit that the call behind them is not given, but the one that they were made from.

    short, cancel := context.WithTimeout(ctx, t)
    defer cancel()
    err := first(ctx) // as long as it likes, while the time of short goes by
    if err != nil {
        err = second(short)
    }
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.concurrency.contexts.cancellation import Cancellation
from govet_py.concurrency.contexts.scoped_contexts import cancel_variables
from govet_py.concurrency.flow.failures import failed
from govet_py.knowledge import contexts as knows
from govet_py.model import ir


class LateLimit(NamedTuple):
    """The call at `made` gives `limited`, but `call` waits under `parent` before that is used at `use`; `fallback`:
    only when something has failed, so that the limit cannot be meant for that alone."""

    function: str
    made: int
    limited: int
    parent: int
    call: int
    use: int
    fallback: bool


def late_limits(program: Code, calls: CallGraph, cancellation: Cancellation) -> Iterator[LateLimit]:
    """One a context; only what comes at once behind it counts."""
    for name in sorted(knows.LIMITED):
        for id, made in calls.named(name):
            code = program.function(id)
            step = code.code[made]
            parent = code.code[step.args[0]] if isinstance(step, ir.Call) and step.args else None
            limited = cancel_variables(code, made, 0)
            if isinstance(parent, ir.Load) and len(limited) == 1 and parent.var not in limited:
                yield from _of(code, cancellation, made, parent.var, *limited)


def _of(code: FunctionCode, cancellation: Cancellation, made: int, parent: int, limited: int) -> Iterator[LateLimit]:
    behind = range(made + 1, code.function.blocks[code.block_of(made)].end)
    given = {one.call: one for one in cancellation.given(code) if one.call in behind}
    for at in behind:
        one = given.get(at)
        if _uses(code, at, limited):
            return
        if one is not None and code.mode_of(at) == ir.Mode.CALL and cancellation.waits_at(code, one):
            use = next((later for later in range(at, len(code.code)) if _uses(code, later, limited)), ir.NONE)
            if use != ir.NONE and code.loads(one.argument, parent):
                yield LateLimit(code.id, made, limited, parent, at, use, code.block_of(use) in failed(code))
            return


def _uses(code: FunctionCode, at: int, var: int) -> bool:
    step = code.code[at]
    if isinstance(step, ir.MakeClosure):
        return code.body.vars[var].captured
    return isinstance(step, ir.Load | ir.Addr) and step.var == var
