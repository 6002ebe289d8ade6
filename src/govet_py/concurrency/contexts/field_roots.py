"""Fields that keep a fresh context: whatever an object's life begins with, no value of a request is in it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member, literal_fields, member_at, member_of
from govet_py.concurrency.contexts.context_values import CONTEXT, Contexts, ContextValues
from govet_py.concurrency.contexts.endings import source
from govet_py.knowledge.contexts import KEEPS
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.types import Named, deref

MAX_HOPS = 4


class FieldRoots:
    """Of a program."""

    def __init__(self, code: Code, contexts: ContextValues) -> None:
        self._code = code
        self._contexts = contexts

    def of(self, code: FunctionCode, register: int) -> Contexts:
        """The fresh contexts that a field may hold which a register reads, or a context was derived from; () if it may
        hold another one."""
        register = derived_from(code, register)
        if not isinstance(code.code[register], ir.Selector | ir.Load) or code.type_of(register) != CONTEXT:
            return ()
        member = member_of(self._code.program, code, register)
        found = self._stored.get(member, ()) if member is not None else ()
        return tuple(found) if all(context.fresh is not None for context in found) else ()

    @cached_property
    def _stored(self) -> dict[Member, Contexts]:
        found: dict[Member, Contexts] = {}
        for id in self._code.ids():
            code = self._code.function(id)
            for member, value in self._stores(code):
                found[member] = (*found.get(member, ()), *self._contexts.known(code, value))
        return found

    def _stores(self, code: FunctionCode) -> Iterator[tuple[Member, int]]:
        """The contexts that a function puts into fields."""
        for register in code.of_kind(ir.SetField, ir.Composite):
            step = code.code[register]
            if isinstance(step, ir.SetField):
                member = member_at(self._code.program, code, register) if code.type_of(step.value) == CONTEXT else None
                if member is not None:
                    yield member, step.value
                continue
            owner = deref(code.type_of(register))
            for name, value in literal_fields(self._code.program, code, register):
                if isinstance(owner, Named) and code.type_of(value) == CONTEXT:
                    yield Member(owner.package, owner.name, name), value


def derived_from(code: FunctionCode, register: int) -> int:
    """The register of the context that another one was made of, through library calls that keep its values."""
    for _ in range(MAX_HOPS):
        at = source(code, register)
        step = code.code[at]
        made = step.tuple if isinstance(step, ir.Extract) else at
        call, callee = code.code[made], code.callee(made) if isinstance(code.code[made], ir.Call) else None
        if not isinstance(call, ir.Call) or not isinstance(callee, p.Static) or callee.function not in KEEPS:
            break
        register = call.args[KEEPS[callee.function]]
    return register
