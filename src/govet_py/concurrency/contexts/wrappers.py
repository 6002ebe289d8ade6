"""Functions that only spare their callers the context: `Get(x)`, beside `GetContext(ctx, x)`.

Their work is begun under a fresh context. Who has one, and calls them, has taken the wrong one of the two.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.callgraph import CallGraph, Edge, InterfaceNode
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.concurrency.contexts.cancellation import Cancellation, Given
from govet_py.concurrency.contexts.context_values import CONTEXT
from govet_py.knowledge import contexts as knows
from govet_py.model import ir
from govet_py.model.types import Interface, Type


class Wrappers:
    """Of a program."""

    def __init__(self, code: Code, calls: CallGraph, cancellation: Cancellation) -> None:
        self._code = code
        self._calls = calls
        self._cancellation = cancellation

    def wrapped(self, code: FunctionCode) -> Given | None:
        """The call that a function hands its parameters on to with a fresh context, and does nothing else unless there
        is one of its name that takes a context."""
        if code.index != 0 or self._cancellation.at_hand(code):
            return None
        beside = self._has_sibling(code)
        if len(code.function.blocks) != 1 and not beside:
            return None
        for given in self._cancellation.given(code):
            contexts = self._cancellation.contexts.of(code, given.argument)
            last = code.code[-1]
            returned = isinstance(last, ir.Return) and last.results == (given.call,)
            if (returned or beside) and contexts and all(c.fresh is not None for c in contexts):
                if self._cancellation.waits_at(code, given):
                    return given
                if not beside:
                    return None
        return None

    def _has_sibling(self, code: FunctionCode) -> bool:
        """Whether there is a function that takes a context besides, and is called so."""
        siblings = (self._code.get(code.id + ending) for ending in knows.WITH_CONTEXT)
        count = len(code.function.params) + 1
        return any(one is not None and _takes_context(one) and len(one.function.params) == count for one in siblings)

    def calls(self, code: FunctionCode, wrapped: Given) -> Iterator[tuple[FunctionCode, Edge]]:
        """Who calls a wrapper, itself or through an interface that offers the other function, too."""
        for caller, edge in self._calls.callers.get(code.id, ()):
            if not isinstance(caller, InterfaceNode):
                yield self._code.function(caller), edge
            elif self._leaves_out(caller, code, wrapped):
                callers = self._calls.callers.get(caller, ())
                yield from ((self._code.function(id), above) for id, above in callers if isinstance(id, str))

    def _leaves_out(self, node: InterfaceNode, code: FunctionCode, wrapped: Given) -> bool:
        """Whether a function is the first wrapper of those that stand behind a method of an interface, which has one
        for those who have a context as well."""
        targets = map(self._code.get, self._code.program.implementers(node.interface, node.method))
        if code.id != min((one.id for one in targets if one is not None and self.wrapped(one)), default=""):
            return False
        offered = set(self._methods(node.interface))
        return code.called_name(wrapped.call) in offered or any(node.method + e in offered for e in knows.WITH_CONTEXT)

    def _methods(self, interface: Type, depth: int = 0) -> Iterator[str]:
        """The names of the methods of an interface that take a context."""
        declared = self._code.program.underlying(interface)
        if isinstance(declared, Interface) and depth < 4:
            yield from (method.name for method in declared.methods if CONTEXT in method.signature.params)
            for inner in declared.embeds:
                yield from self._methods(inner, depth + 1)


def _takes_context(code: FunctionCode) -> bool:
    return any(code.types.var_type(var) == CONTEXT for var in code.function.params)
