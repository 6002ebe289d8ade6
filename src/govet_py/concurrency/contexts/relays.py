"""Helpers that hand a context, or a request with one, on to a function which they are given:
`later(ctx, func(ctx context.Context) { … })`. So does what a helper returns, such as a handler around another one.

What such a function gets depends on the call of the helper: its own arguments stand for the helper's parameters.
What is kept in a field (`step.undo(ctx)`) gets what the call gives it, whoever has put it there.
LIMIT: a function that the helper hands on to another helper is not followed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.parameters import argument_of, position_of
from govet_py.callgraph.slices import Slices
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.contexts.context_values import ContextValue, ContextValues
from govet_py.concurrency.contexts.field_roots import FieldRoots
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import FunctionValue, Path

MAX_KEPT = 12
"""So many functions a field may hold for each to be meant."""


class Relayed(NamedTuple):
    """The call of a helper at `call` of `function` makes it give `context`, in terms of `function`."""

    function: str
    call: int
    context: ContextValue


class _Relay(NamedTuple):
    """`helper` calls its parameter `callback` with `context` (in its own terms) as argument `argument`."""

    helper: FunctionCode
    callback: int
    argument: int
    context: ContextValue


Relays = dict[tuple[str, int], list[Relayed]]
"""By function and the position of its context parameter."""


def relays(
    code: Code, values: ValueAnalysis, calls: CallGraph, slices: Slices, contexts: ContextValues, roots: FieldRoots
) -> Relays:
    """All contexts that functions get from helpers, or where they are kept."""
    found: Relays = {}
    for slot, relayed in _kept(code, values, calls, slices, contexts, roots):
        found.setdefault(slot, []).append(relayed)
    for relay in _helpers(code, values, calls, contexts, roots):
        for outer, site in calls.sites(relay.helper.id):
            callback = argument_of(relay.helper, outer, site, relay.callback)
            given = contexts.put_in(outer, site, relay.helper.id, relay.helper.is_method, relay.context)
            for value in values.of(outer, callback):
                if isinstance(value, FunctionValue):
                    slot = (value.function, relay.argument + bool(value.receivers))
                    found.setdefault(slot, []).extend(Relayed(outer.id, site, one) for one in given)
    return found


def _kept(
    code: Code, values: ValueAnalysis, calls: CallGraph, slices: Slices, contexts: ContextValues, roots: FieldRoots
) -> Iterator[tuple[tuple[str, int], Relayed]]:
    """What the functions get that fields hold: by function and position."""
    for id, register in calls.open_calls:
        function = code.function(id)
        call, callee = function.code[register], function.callee(register)
        args = call.args if isinstance(call, ir.Call) else ()
        given = [(at, one) for at, one in enumerate(args) if contexts.holds(function.type_of(one))]
        if not given or not isinstance(callee, p.Value):
            continue
        is_kept = any(path.fields for path in values.paths(function, callee.register))
        functions = slices.functions(function, callee.register) if is_kept else ()
        for value in functions if len(functions) <= MAX_KEPT else ():
            for at, argument in given:
                slot = (value.function, at + bool(value.receivers))
                found = contexts.of(function, argument) or roots.of(function, argument)
                yield from ((slot, Relayed(id, register, one)) for one in found)


def _helpers(
    code: Code, values: ValueAnalysis, calls: CallGraph, contexts: ContextValues, roots: FieldRoots
) -> Iterator[_Relay]:
    for function, register, run in _calls_of_given(code, calls):
        call = function.code[register]
        for argument, given in enumerate(call.args if isinstance(call, ir.Call) else ()):
            if contexts.holds(function.type_of(given)):
                helper = code.sibling(function, 0)
                for callback in _parameters(helper, values.paths(function, run)):
                    for context in contexts.of(function, given) or roots.of(function, given):
                        yield _Relay(helper, callback, argument, _outside(helper, function, context))


def _calls_of_given(code: Code, calls: CallGraph) -> Iterator[tuple[FunctionCode, int, int]]:
    """The calls of functions that are not known, with the register of the function: also by the method of an
    interface that a type of functions has (`next.ServeHTTP(w, r)`)."""
    for id, register in calls.open_calls:
        function = code.function(id)
        callee = function.callee(register)
        if isinstance(callee, p.Value):
            yield function, register, callee.register
    for id, register in calls.interface_calls:
        function = code.function(id)
        callee = function.callee(register)
        if isinstance(callee, p.Interface) and _is_given(function, callee.receiver):
            yield function, register, callee.receiver


def _is_given(code: FunctionCode, register: int) -> bool:
    load = code.code[register]
    return isinstance(load, ir.Load) and code.body.vars[load.var].kind == ir.VarKind.PARAM


def _outside(helper: FunctionCode, function: FunctionCode, context: ContextValue) -> ContextValue:
    """A context of a literal in a helper; that which the literal is given itself is nobody's outside."""
    own = function is not helper and context.origin is not None and position_of(helper, context.origin) is None
    return context._replace(origin=None) if own and context.keys else context


def _parameters(helper: FunctionCode, paths: tuple[Path, ...]) -> Iterator[int]:
    """The positions of a function's parameters among some paths."""
    return (at for at in (position_of(helper, path) for path in paths) if at is not None)
