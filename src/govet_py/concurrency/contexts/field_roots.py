"""Fields that keep a fresh context: whatever an object's life begins with, no value of a request is in it.

What a constructor is given counts, where all of its callers give it a fresh one.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member, member_of
from govet_py.callgraph.parameters import position_of
from govet_py.callgraph.slices import Slices
from govet_py.concurrency.contexts.context_values import CONTEXT, Contexts, ContextValue, ContextValues
from govet_py.knowledge.contexts import KEEPS
from govet_py.model import ir
from govet_py.model import program as p

MAX_HOPS = 4
MAX_CALLERS = 3
"""Of how many constructors, each called by the next, the context is looked for."""


class FieldRoots:
    """Of a program."""

    def __init__(self, code: Code, calls: CallGraph, slices: Slices, contexts: ContextValues) -> None:
        self._code = code
        self._calls = calls
        self._slices = slices
        self._contexts = contexts
        self._known: dict[Member, Contexts] = {}

    def of(self, code: FunctionCode, register: int) -> Contexts:
        """The fresh contexts that a field may hold which a register reads, or a context was derived from; () if it may
        hold another one."""
        register = derived_from(code, register)
        if not isinstance(code.code[register], ir.Selector | ir.Load) or code.type_of(register) != CONTEXT:
            return ()
        member = member_of(self._code.program, code, register)
        found = self._kept(member) if member is not None else ()
        return found if all(context.fresh is not None for context in found) else ()

    def _kept(self, member: Member) -> Contexts:
        """The contexts that are put into a field anywhere."""
        known = self._known.get(member)
        if known is None:
            stored = ((self._code.function(id), at) for id, at in self._slices.stored(member))
            self._known[member] = ()
            known = tuple(context for code, at in stored for context in self._begun(code, at, MAX_CALLERS))
            self._known[member] = known
        return known

    def _begun(self, code: FunctionCode, register: int, hops: int) -> Iterator[ContextValue]:
        """The contexts that a register holds; of one that a function is given, those that its callers have."""
        for context in self._contexts.known(code, register):
            position = position_of(code, context.origin) if context.origin is not None and hops else None
            callers = list(self._calls.arguments(code, position)) if position is not None else []
            for caller, argument in callers:
                given = self._begun(caller, argument, hops - 1)
                yield from (one._replace(keys=one.keys | context.keys) for one in given)
            if not callers:
                yield context


def derived_from(code: FunctionCode, register: int) -> int:
    """The register of the context that another one was made of, through library calls that keep its values."""
    for _ in range(MAX_HOPS):
        at = code.source(register)
        step = code.code[at]
        made = step.tuple if isinstance(step, ir.Extract) else at
        call, callee = code.code[made], code.callee(made) if isinstance(code.code[made], ir.Call) else None
        if not isinstance(call, ir.Call) or not isinstance(callee, p.Static) or callee.function not in KEEPS:
            break
        register = call.args[KEEPS[callee.function]]
    return register
