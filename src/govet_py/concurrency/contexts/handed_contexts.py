"""The contexts that a helper hands on to the function it is given, by the registers of the helper's caller.

`helper(ctx, func(ctx context.Context) { … })`: the literal's parameter is the caller's `ctx`, unless the helper frees
it from that context's end.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.parameters import argument_of
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.contexts.cancellation import Cancellation, Given
from govet_py.concurrency.contexts.scoped_contexts import ScopedContexts
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import Path, VarRoot

MAX_DEPTH = 3
NOTHING: Mapping[int, int] = MappingProxyType({})


class HandedContexts:
    """Of a program."""

    def __init__(
        self, code: Code, values: ValueAnalysis, cancellation: Cancellation, scoped: ScopedContexts
    ) -> None:
        self._code = code
        self._values = values
        self._cancellation = cancellation
        self._scoped = scoped

    def given(
        self, code: FunctionCode, site: int, callback: int, helper: FunctionCode, target: FunctionCode
    ) -> Mapping[int, int]:
        """By parameter of `target` the register of `code` that it gets, when the call at `site` hands it over, in
        register `callback`, to the declared function that `helper` belongs to."""
        declared, found = self._code.sibling(helper, 0), dict[int, int]()
        arguments = {var: argument_of(declared, code, site, at) for at, var in enumerate(declared.function.params)}
        callbacks = {var for var, register in arguments.items() if register == callback}
        for position, variables in self._handed(declared, callbacks, 0):
            outer = [arguments[var] for var in sorted(variables) if arguments.get(var, ir.NONE) != ir.NONE]
            at = position + target.is_method
            if at < len(target.function.params) and outer:
                found[target.function.params[at]] = outer[0]
        return found

    def _handed(self, declared: FunctionCode, callbacks: set[int], depth: int) -> Iterator[tuple[int, set[int]]]:
        """The contexts that a function, a literal in it, or a function that it hands them on to calls one of its
        parameters with: their positions and the variables that they came through."""
        for index in range(len(declared.body.functions)):
            function = self._code.sibling(declared, index)
            for given in self._cancellation.given(function):
                callee, variables = function.callee(given.call), self._scoped.variables(function, given.argument)
                if isinstance(callee, p.Value) and self._is_of(function, callee.register, callbacks):
                    yield given.position, variables
                elif isinstance(callee, p.Static) and depth < MAX_DEPTH:
                    for position in self._below(function, given, callee.function, callbacks, depth):
                        yield position, variables

    def _below(
        self, code: FunctionCode, given: Given, helper: str, callbacks: set[int], depth: int
    ) -> Iterator[int]:
        """The positions at which a function gets the context `given` that was handed on to `helper` together with
        it."""
        inner = self._code.get(helper)
        if inner is None or given.position >= len(inner.function.params):
            return
        params = inner.function.params
        arguments = [(var, argument_of(inner, code, given.call, at)) for at, var in enumerate(params)]
        handed = {var for var, register in arguments if register >= 0 and self._is_of(code, register, callbacks)}
        for position, variables in self._handed(inner, handed, depth + 1) if handed else ():
            if params[given.position] in variables:
                yield position

    def _is_of(self, code: FunctionCode, register: int, variables: set[int]) -> bool:
        paths = (value for value in self._values.of(code, register) if isinstance(value, Path))
        return any(isinstance(path.root, VarRoot) and path.root.var in variables for path in paths)
