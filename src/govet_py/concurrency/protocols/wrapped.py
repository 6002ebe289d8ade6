"""Errors that a program wraps in a type of its own, for those who ask for that type: which they may be."""

from __future__ import annotations

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member
from govet_py.callgraph.slices import Slices
from govet_py.knowledge.contexts import CONTEXT
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.types import Named, Struct, deref, is_error


class Wrapped:
    """What errors of a program's own types wrap."""

    def __init__(self, code: Code, slices: Slices) -> None:
        self._code = code
        self._slices = slices

    def never_ends(self, code: FunctionCode, target: int) -> bool:
        """Whether no error of the type that a place is for wraps the end of a context: the type has room for an error,
        and each that is put in comes from a function which has no context."""
        type_ = deref(deref(code.type_of(target)))
        shape = self._code.program.underlying(type_)
        fields = [field.name for field in shape.fields if is_error(field.type)] if isinstance(shape, Struct) else []
        if not isinstance(type_, Named) or len(fields) != 1:
            return False
        stored = self._slices.stored(Member(type_.package, type_.name, fields[0]))
        return bool(stored) and all(self._has_no_context(self._code.function(id), at) for id, at in stored)

    def _has_no_context(self, code: FunctionCode, register: int) -> bool:
        load = code.code[register]
        values = code.values_of(load.var) if isinstance(load, ir.Load) else [register]
        calls = [code.call_behind(value) for value in values]
        callees = [code.callee(call) for call in calls if call != ir.NONE]
        bodies = [self._code.get(callee.function) for callee in callees if isinstance(callee, p.Static)]
        if not bodies or len(bodies) != len(values):
            return False
        return all(body is not None and not _sees_context(body) for body in bodies)


def _sees_context(code: FunctionCode) -> bool:
    return any(code.type_of(at) == CONTEXT for at in code.of_kind(ir.Load, ir.Selector, ir.Call))
