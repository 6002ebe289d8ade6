"""Parameters that a fresh context with a time limit takes the place of: `ctx, cancel = WithTimeout(Background(), t)`.

The context that was given cannot be heard of any more, whatever comes after. A function that wants both gives the
second one a name of its own. It counts as meant after a failure, after the end of the context, where the parameter may
be nil, and where something of the parameter goes into the new one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.concurrency.contexts.cancellation import Cancellation, Given
from govet_py.concurrency.contexts.context_values import CONTEXT
from govet_py.concurrency.contexts.detachment import Detachment
from govet_py.concurrency.contexts.endings import is_after_end
from govet_py.concurrency.flow.control import after
from govet_py.concurrency.flow.failures import failed
from govet_py.knowledge import contexts as knows
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.source import Site


class Overwritten(NamedTuple):
    """`function` puts the context made at `fresh` in place of `var`, a parameter of `code`; `given` waits under it."""

    code: FunctionCode
    var: int
    fresh: Site
    function: FunctionCode
    given: Given


def overwritten(code: Code, cancellation: Cancellation, detachment: Detachment, id: str) -> Iterator[Overwritten]:
    """The first use of each context that takes the place of a parameter."""
    function = code.function(id)
    for var in function.function.params:
        if function.types.var_type(var) != CONTEXT or may_be_nil(function, var):
            continue
        for store in function.stores.get(var, ()):
            fresh = _fresh(cancellation, detachment, function, store, var)
            use = _first_use(code, cancellation, function, store, var) if fresh is not None else None
            if fresh is not None and use is not None:
                yield Overwritten(function, var, fresh, *use)


def may_be_nil(code: FunctionCode, var: int) -> bool:
    """Reports whether a function asks if a variable is nil."""
    return any(
        isinstance(step, ir.Binary)
        and any(isinstance(load := code.code[side], ir.Load) and load.var == var for side in (step.left, step.right))
        and any(code.is_nil(side) for side in (step.left, step.right))
        for step in code.code
    )


def _fresh(
    cancellation: Cancellation, detachment: Detachment, code: FunctionCode, store: int, var: int
) -> Site | None:
    """Where the fresh context is made that a store limits and puts into the parameter, unless that is meant."""
    made = code.call_behind(code.stored(store))
    call = code.code[made] if made != ir.NONE else None
    callee = code.callee(made) if isinstance(call, ir.Call) and call.args else None
    if not isinstance(call, ir.Call) or not isinstance(callee, p.Static) or callee.function not in knows.LIMITED:
        return None
    contexts = cancellation.contexts.of(code, call.args[0])
    fresh = contexts[0].fresh if len(contexts) == 1 else None
    if fresh is None or code.block_of(made) in failed(code) or is_after_end(cancellation, code, made):
        return None
    if detachment.mentions(code, made, (var,)) or detachment.is_kept(code, fresh):
        return None
    return fresh


def _first_use(
    code: Code, cancellation: Cancellation, function: FunctionCode, store: int, var: int
) -> tuple[FunctionCode, Given] | None:
    later = set(after(function, store))
    for index in range(len(function.body.functions)):
        frame = code.sibling(function, index)
        for given in cancellation.given(frame):
            load, call = frame.code[given.argument], frame.code[given.call]
            if not isinstance(load, ir.Load) or load.var != var:
                continue
            if frame.id == function.id and given.call not in later:
                continue
            if isinstance(call, ir.Call) and call.mode == ir.Mode.CALL and cancellation.waits_at(frame, given):
                return frame, given
    return None
