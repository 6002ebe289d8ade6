"""Contexts that may end: given by a caller, or made with a cancel function, in variables and in fields."""

from __future__ import annotations

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import member_of
from govet_py.callgraph.slices import Slices
from govet_py.concurrency.contexts.context_values import ContextValues
from govet_py.concurrency.contexts.scoped_contexts import ScopedContexts
from govet_py.knowledge import contexts as knows
from govet_py.model import ir
from govet_py.model import program as p


class Endable:
    """Of a program."""

    def __init__(self, code: Code, slices: Slices, contexts: ContextValues, scoped: ScopedContexts) -> None:
        self._code = code
        self._slices = slices
        self._contexts = contexts
        self._scoped = scoped

    def may_end(self, code: FunctionCode, register: int) -> bool:
        """Reports whether the context in a register can end. One that a field holds is as old as the object: where
        the function itself puts a new one into it, nothing is said."""
        if not isinstance(code.code[register], ir.Selector):
            return self._was_given(code, register) or self._was_made_to_end(code, register)
        member = member_of(self._code.program, code, register)
        stored = self._slices.stored(member) if member is not None else []
        return all(id != code.id for id, _ in stored) and any(
            self.may_end(self._code.function(id), value)
            for id, value in stored
            if not isinstance(self._code.function(id).code[value], ir.Selector)
        )

    def _was_given(self, code: FunctionCode, register: int) -> bool:
        return any(context.origin is not None for context in self._contexts.of(code, register))

    def _was_made_to_end(self, code: FunctionCode, register: int) -> bool:
        made = ((self._code.function(id), at) for id, at in self._scoped.makers(code, register))
        callees = (function.callee(at) for function, at in made)
        return any(p.is_one_of(callee, knows.CANCELLABLE) for callee in callees)
