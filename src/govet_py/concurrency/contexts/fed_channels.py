"""Functions that return a channel which a goroutine of theirs feeds under the context that they are given.

When that context ends, the channel runs dry or is closed, whoever receives from it by then.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.callgraph import CallGraph, InterfaceNode, Node
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.uses import sends_of
from govet_py.concurrency.contexts.cancellation import Cancellation, Given
from govet_py.concurrency.contexts.retained import Retained
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.types import RECEIVE_ONLY, Chan, results_of

MAX_DEPTH = 3


class FedChannels:
    """What the calls of a program return that lives on a context."""

    def __init__(self, code: Code, calls: CallGraph, cancellation: Cancellation, retained: Retained) -> None:
        self._code = code
        self._calls = calls
        self._cancellation = cancellation
        self._retained = retained
        self._known: dict[tuple[Node, int, int], bool] = {}

    def is_fed(self, code: FunctionCode, given: Given) -> bool:
        """Reports whether a call may return a channel that is fed under the context which the call is given."""
        return self._is_fed(code, given, 0)

    def _is_fed(self, code: FunctionCode, given: Given, depth: int) -> bool:
        match code.callee(given.call):
            case p.Static() as callee:
                return self._feeds(callee.function, given.position, depth)
            case p.Interface() as callee:
                node = InterfaceNode(callee.interface, callee.method)
                return self._promises(code, given.call) or self._feeds(node, given.position, depth)
        return False

    def _promises(self, code: FunctionCode, call: int) -> bool:
        """Whether a call of an interface returns a channel to receive from: others feed it, and the context is there to
        end that, though an implementation in view may leave it unused."""
        results = map(self._code.program.underlying, results_of(code.type_of(call)))
        return any(isinstance(result, Chan) and result.direction == RECEIVE_ONLY for result in results)

    def _feeds(self, node: Node, position: int, depth: int) -> bool:
        slot = node, position, depth
        if slot not in self._known:
            self._known[slot] = depth <= MAX_DEPTH and self._compute(node, position, depth)
        return self._known[slot]

    def _compute(self, node: Node, position: int, depth: int) -> bool:
        if isinstance(node, InterfaceNode):
            return any(self._feeds(edge.target, position, depth) for edge in self._calls.edges.get(node, ()))
        code = self._code.get(node)
        if code is None or position >= len(code.function.params):
            return False
        context, returned = code.function.params[position], set(_returned(code))
        channels = {load.var for one in returned if isinstance(load := code.code[one], ir.Load)}
        feeders = [inner for inner in self._started(code) if channels & set(_fed(inner))]
        if any(self._is_under(code, inner, context) for inner in feeders):
            return True
        calls = set(map(code.call_behind, returned))
        return any(
            given.call in calls
            and self._cancellation.stems_from(code, given.argument, context)
            and self._is_fed(code, given, depth + 1)
            for given in self._cancellation.given(code)
        )

    def _started(self, code: FunctionCode) -> Iterator[FunctionCode]:
        """The function literals that a function starts as goroutines."""
        for at in code.go_statements():
            made = code.code[code.code[at].callee]  # type: ignore[union-attr]
            if isinstance(made, ir.MakeClosure):
                yield self._code.sibling(code, made.function)

    def _is_under(self, code: FunctionCode, inner: FunctionCode, context: int) -> bool:
        """Whether a literal asks the context in a variable for its end, hands it on, or uses what lives on it."""
        used = (*self._cancellation.done_contexts(inner), *(one.argument for one in self._cancellation.given(inner)))
        if any(self._cancellation.stems_from(inner, register, context) for register in used):
            return True
        loaded = {load.var for at in inner.of_kind(ir.Load) if isinstance(load := inner.code[at], ir.Load)}
        kept = (code.code[at] for at in code.of_kind(ir.Store))
        handles = set(self._retained.handles(code, context))
        return any(isinstance(step, ir.Store) and step.value in handles and step.var in loaded for step in kept)


def _returned(code: FunctionCode) -> Iterator[int]:
    """What a function returns, as it was before it was kept in variables, and as it was then."""
    for at in code.of_kind(ir.Return):
        step = code.code[at]
        for result in step.results if isinstance(step, ir.Return) else ():
            yield result
            yield code.source(result)


def _fed(code: FunctionCode) -> Iterator[int]:
    """The variables of the channels that a function sends on."""
    for at in code.of_kind(ir.Send, ir.Select):
        channels = (channel for channel, _, _ in sends_of(code.code[at]))
        yield from (load.var for one in channels if isinstance(load := code.code[one], ir.Load))
