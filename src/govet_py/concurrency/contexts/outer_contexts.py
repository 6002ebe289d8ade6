"""Handlers that work under the context of the function that registered them, although each request brings its own.

A function literal is given a request; what it waits for is under a context of the function around it, and the one of
the request is never asked for. Then a client that goes away ends nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.uses import uses_of
from govet_py.concurrency.contexts.cancellation import Cancellation
from govet_py.concurrency.contexts.context_values import CONTEXT
from govet_py.knowledge.contexts import CARRIERS
from govet_py.model import ir
from govet_py.model.types import Named, deref


class OuterUse(NamedTuple):
    """The call at `call` of literal `function` waits under variable `outer` of the function around it, while its own
    parameter `own` carries a context. `more` are such calls of other literals, as (function, call)."""

    function: str
    call: int
    outer: int
    own: int
    more: tuple[tuple[str, int], ...] = ()


def outer_contexts(code: Code, cancellation: Cancellation) -> Iterator[OuterUse]:
    """One a variable: the first call of the first literal."""
    groups: dict[tuple[str, int], list[OuterUse]] = {}
    for id in code.ids():
        literal = code.function(id)
        own = _carrier(literal) if literal.index else None
        if own is not None and not _asks(literal, own):
            for use in _first(cancellation, literal, own):
                groups.setdefault((literal.body_id, use.outer), []).append(use)
    for first, *others in groups.values():
        yield first._replace(more=tuple((one.function, one.call) for one in others))


def _carrier(literal: FunctionCode) -> int | None:
    """The parameter that brings a context of its own."""
    for var in literal.function.params:
        type_ = deref(literal.types.var_type(var))
        carries = isinstance(type_, Named) and f"{type_.package}.{type_.name}" in CARRIERS
        if carries and literal.body.vars[var].name != "_":
            return var
    return None


def _asks(literal: FunctionCode, own: int) -> bool:
    """Whether a literal asks its parameter for the context, or may leave that to others: gives it away whole."""
    uses = uses_of(literal)
    for register in literal.of_kind(ir.Load):
        load = literal.code[register]
        if isinstance(load, ir.Load) and load.var == own:
            for use in uses.get(register, ()):
                step = literal.code[use]
                if isinstance(step, ir.Selector) and step.name in CARRIERS.values():
                    return True
    return literal.body.vars[own].captured


def _first(cancellation: Cancellation, literal: FunctionCode, own: int) -> Iterator[OuterUse]:
    for given in cancellation.given(literal):
        load = literal.code[given.argument]
        if not isinstance(load, ir.Load) or literal.types.var_type(load.var) != CONTEXT:
            continue
        if literal.body.vars[load.var].owner != literal.index and cancellation.waits_at(literal, given):
            yield OuterUse(literal.id, given.call, load.var, own)
            return
