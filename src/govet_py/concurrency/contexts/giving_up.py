"""Who does nothing once the context that it is given is over."""

from __future__ import annotations

from govet_py.callgraph.callgraph import CallGraph, InterfaceNode
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.concurrency.contexts.cancellation import ALWAYS, Cancellation, Given, Slot
from govet_py.concurrency.contexts.scoped_contexts import ScopedContexts

MAX_DEPTH = 4


class GivingUp:
    """Of a program."""

    def __init__(self, code: Code, calls: CallGraph, cancellation: Cancellation, scoped: ScopedContexts) -> None:
        self._code = code
        self._calls = calls
        self._cancellation = cancellation
        self._scoped = scoped

    def at(self, code: FunctionCode, given: Given, depth: int = 0) -> bool:
        """Reports whether what a call runs does nothing once the context that it is given is over."""
        targets = self._cancellation.targets(code, given)
        return targets is ALWAYS or any(self._asks(target, depth) for target in targets)

    def _asks(self, slot: Slot, depth: int) -> bool:
        """Whether a function waits for the end of its context parameter or fails after it, itself or by a callee;
        what it has detached from the parameter does not count."""
        node, position = slot
        if isinstance(node, InterfaceNode):
            targets = [edge.target for edge in self._calls.edges.get(node, ())]
            return bool(targets) and all(self._asks((target, position), depth) for target in targets)
        code = self._code.get(node)
        if code is None or position >= len(code.function.params) or depth >= MAX_DEPTH:
            return False
        var = code.function.params[position]
        asked = [*self._cancellation.dones(code), *(self._cancellation.errs(code) if code.may_fail else ())]
        return any(var in self._scoped.variables(code, context) for _, context in asked) or any(
            var in self._scoped.variables(code, given.argument) and self.at(code, given, depth + 1)
            for given in self._cancellation.given(code)
        )
