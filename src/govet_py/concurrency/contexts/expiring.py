"""Deferred releases under a parameter that a caller gave a time limit: what fails for want of time is not undone.

The limit is found among the callers; the release runs in a deferred call, at least after a failure, is named like
one, and gives up when its context is over.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph, InterfaceNode
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.concurrency.contexts.cancellation import ALWAYS, Cancellation, Given, Slot
from govet_py.concurrency.contexts.endings import failed
from govet_py.concurrency.contexts.givers import Giver, Givers, parameters
from govet_py.concurrency.contexts.scoped_contexts import ScopedContexts
from govet_py.model import ir
from govet_py.model.source import Site

MAX_DEPTH = 4


class Expiring(NamedTuple):
    """The release at `call` of `function` runs under a context that the call at `limit` limits; it comes down by the
    calls `through`, outermost first."""

    function: str
    call: int
    limit: Site
    through: tuple[Site, ...]


class ExpiringReleases:
    """Of a program."""

    def __init__(
        self, code: Code, calls: CallGraph, cancellation: Cancellation, scoped: ScopedContexts, givers: Givers
    ) -> None:
        self._code = code
        self._calls = calls
        self._cancellation = cancellation
        self._scoped = scoped
        self._givers = givers

    def of(self, code: FunctionCode, literal: FunctionCode, given: Given) -> Expiring | None:
        """The limit of a release that function `code` defers a literal for."""
        if literal.block_of(given.call) not in failed(literal):
            return None
        variables = self._scoped.variables(literal, given.argument)
        own = [at for id, at in parameters(code, variables) if id == code.id]
        if not own or not self._gives_up(literal, given):
            return None
        for giver in self._givers.up(code, own):
            limit = self._limit(giver)
            if limit is not None:
                return Expiring(literal.id, given.call, limit, giver.through)
        return None

    def _limit(self, giver: Giver) -> Site | None:
        """Where a caller gives the context a time limit, which ends with the caller itself."""
        for scoped in self._scoped.by_function.get(giver.function.id, ()):
            if scoped.limited and (giver.function.id, scoped.made) in (giver.makers or ()):
                return giver.function.site(scoped.made)
        return None

    def _gives_up(self, code: FunctionCode, given: Given, depth: int = 0) -> bool:
        """Whether what a call runs does nothing once the context that it is given is over."""
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
            var in self._scoped.variables(code, given.argument) and self._gives_up(code, given, depth + 1)
            for given in self._cancellation.given(code)
        )


def deferred_literals(code: FunctionCode) -> Iterator[int]:
    """The literals that a function defers a call of, by index."""
    for register in code.of_kind(ir.Call):
        call = code.code[register]
        if isinstance(call, ir.Call) and call.mode == ir.Mode.DEFER:
            made = code.code[call.callee]
            if isinstance(made, ir.MakeClosure):
                yield made.function
