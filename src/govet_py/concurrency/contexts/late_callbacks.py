"""Callbacks and streams of the caller that a goroutine may still use when the function has returned.

The function ends the context of the goroutine when it returns, so that the goroutine is not meant to go on, but nobody
waits until it has noticed. By then the caller takes it that its callback is called no more: its request is over.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import literal_fields
from govet_py.callgraph.parameters import argument_of
from govet_py.concurrency.contexts.cancellation import Cancellation
from govet_py.concurrency.contexts.early_notices import notices
from govet_py.concurrency.contexts.escapes import Escapes
from govet_py.concurrency.contexts.scoped_contexts import Scoped, ScopedContexts, variable_read
from govet_py.knowledge.contexts import CANCEL_FUNCTIONS, SEND
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.types import is_error, results_of


class LateCallback(NamedTuple):
    """The goroutine that `scoped.function` starts at `go` calls, at `call` of `function`, what the caller has given;
    `scoped` is the context that it goes on under."""

    scoped: Scoped
    go: int
    function: str
    call: int


class LateCallbacks:
    """Of a program."""

    def __init__(
        self, code: Code, calls: CallGraph, cancellation: Cancellation, scoped: ScopedContexts, escapes: Escapes
    ) -> None:
        self._code = code
        self._calls = calls
        self._cancellation = cancellation
        self._scoped = scoped
        self._escapes = escapes

    def found(self) -> Iterator[LateCallback]:
        """The first such call of each goroutine."""
        for id, contexts in sorted(self._scoped.by_function.items()):
            code = self._code.function(id)
            for go in code.go_statements():
                for one in contexts:
                    found = next(self._calls_under(code, go, one), None) if one.always else None
                    if found is not None:
                        yield LateCallback(one, go, *found)
                        break

    def _calls_under(self, code: FunctionCode, go: int, one: Scoped) -> Iterator[tuple[str, int]]:
        for target, site, mode, _ in self._calls.edges.get(code.id, ()):
            if site != go or mode != ir.Mode.GO or not isinstance(target, str):
                continue
            started = self._code.function(target)
            family = list(self._family(started))
            if any(map(_tells, family)) or not self._is_under(code, go, family, one):
                continue
            for function in family:
                for at in function.of_kind(ir.Call):
                    if function.mode_of(at) == ir.Mode.CALL and self._is_callers(code, go, started, function, at):
                        yield function.id, at

    def _family(self, code: FunctionCode) -> Iterator[FunctionCode]:
        """A function and the literals that it makes."""
        yield code
        for at in code.of_kind(ir.MakeClosure):
            yield from self._family(self._code.sibling(code, code.code[at].function))  # type: ignore[union-attr]

    def _is_under(self, code: FunctionCode, go: int, family: list[FunctionCode], one: Scoped) -> bool:
        """Whether a goroutine goes on until a context ends: a literal that asks it for its end, or a function that is
        given it and asks one."""
        mine, asks = (code.id, one.made), False
        for function in family:
            for context in self._cancellation.done_contexts(function):
                asks = True
                if mine in self._scoped.makers(function, context):
                    return True
        given = (one.argument for one in self._cancellation.given(code) if asks and one.call == go)
        return any(mine in self._scoped.makers(code, argument) for argument in given)

    # -- whose callback it is ----------------------------------------------------------------------

    def _is_callers(self, code: FunctionCode, go: int, started: FunctionCode, function: FunctionCode, at: int) -> bool:
        """Whether a call of the goroutine is of a function that can refuse what it is given, or sends on a stream, and
        has that from the caller; one that cannot fail may just report."""
        callee = function.callee(at)
        if isinstance(callee, p.Value) and function.code[at].args and _may_fail(function, at):  # type: ignore[union-attr]
            register = callee.register
        elif isinstance(callee, p.Interface) and callee.method == SEND:
            register = callee.receiver
        else:
            return False
        step = function.code[register]
        if isinstance(step, ir.Selector):
            return self._is_field_given(code, go, started, function, step)
        return variable_read(function, register) in self._parameters(code, go, started)

    def _parameters(self, code: FunctionCode, go: int, started: FunctionCode) -> set[int]:
        """The variables of a goroutine that hold parameters of the function which starts it."""
        if started.body_id == code.body_id and started.index != 0:
            return set(code.function.params)
        given = ((var, argument_of(started, code, go, at)) for at, var in enumerate(started.function.params))
        return {var for var, at in given if at != ir.NONE and variable_read(code, at) in code.function.params}

    def _is_field_given(
        self, code: FunctionCode, go: int, started: FunctionCode, function: FunctionCode, field: ir.Selector
    ) -> bool:
        """Whether a field of the receiver holds what all callers were given themselves, in an object that each has
        made for this call."""
        if not code.is_method or variable_read(function, field.base) not in self._parameters(code, go, started):
            return False
        sites = self._calls.sites(code.id)
        return bool(sites) and all(self._is_made_for_call(caller, site, field.name) for caller, site in sites)

    def _is_made_for_call(self, caller: FunctionCode, call: int, name: str) -> bool:
        made = caller.source(caller.receiver_of(call)) if caller.receiver_of(call) != ir.NONE else ir.NONE
        if made == ir.NONE or caller.mode_of(call) != ir.Mode.CALL or self._escapes.escapes_for_good(caller, made):
            return False
        values = dict(literal_fields(self._code.program, caller, made))
        value = caller.code[values[name]] if name in values else None
        given = value.base if isinstance(value, ir.Selector) else values.get(name, ir.NONE)
        return value is not None and variable_read(caller, given) in caller.function.params


def _tells(code: FunctionCode) -> bool:
    """Whether a function tells somebody that it is done, or something else, or ends a context."""
    ended = (callee for at in code.of_kind(ir.Call) if isinstance(callee := code.callee(at), p.Value))
    return any(True for _ in notices(code)) or any(code.type_of(one.register) in CANCEL_FUNCTIONS for one in ended)


def _may_fail(code: FunctionCode, call: int) -> bool:
    return any(map(is_error, results_of(code.type_of(call))))
