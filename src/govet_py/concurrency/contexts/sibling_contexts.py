"""Contexts that an object keeps, under which its other methods wait for the very same call.

Whoever waits under a fresh context in between has forgotten the one of the object: its values and its end.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member, member_of
from govet_py.concurrency.contexts.cancellation import AtHand, Cancellation, Given
from govet_py.concurrency.contexts.context_values import CONTEXT
from govet_py.concurrency.contexts.field_roots import derived_from
from govet_py.knowledge.contexts import CANCEL_FUNCTIONS
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.source import Site
from govet_py.model.types import Named, Struct, deref


class SiblingContexts:
    """Of a program."""

    def __init__(self, code: Code, calls: CallGraph, cancellation: Cancellation) -> None:
        self._code = code
        self._calls = calls
        self._cancellation = cancellation

    def of(self, code: FunctionCode, given: Given) -> tuple[AtHand, list[Site]] | None:
        """The context of the receiver that a call, which is given another one, leaves out, and where other methods
        give it to what is called; None where there is none, or the method has ended it itself."""
        receiver = self._receiver(code)
        if receiver is None or _ends_contexts(code):
            return None
        var, type_ = receiver
        kept: dict[Member, list[Site]] = {}
        for member, site in self._given_to(code, given):
            if (member.package, member.owner) == (type_.package, type_.name) and site.path:
                kept.setdefault(member, []).append(site)
        if len(kept) != 1:
            return None
        (member, sites), = kept.items()
        return AtHand(code.id, var, f"{code.body.vars[var].name}.{member.name}", True), sorted(sites)

    def own(self, code: FunctionCode) -> tuple[AtHand, list[Site]] | None:
        """The one context that the receiver keeps and the function reads, as `of`; None where that ends it itself."""
        receiver = self._receiver(code)
        if receiver is None or _ends_contexts(code):
            return None
        var, type_ = receiver
        declared = self._code.program.underlying(type_)
        fields = declared.fields if isinstance(declared, Struct) else ()
        read = {step.name for at in code.of_kind(ir.Selector) if isinstance(step := code.code[at], ir.Selector)}
        names = [field.name for field in fields if field.type == CONTEXT and field.name in read]
        return (AtHand(code.id, var, f"{code.body.vars[var].name}.{names[0]}", True), []) if len(names) == 1 else None

    def _receiver(self, code: FunctionCode) -> tuple[int, Named] | None:
        """The receiver of the method that a function, or the literal that is run at once, belongs to."""
        while code.index != 0:
            if not self._cancellation.is_run_at_once(code):
                return None
            code = self._code.sibling(code, code.function.parent)
        for var in code.function.params[:1]:
            type_ = deref(code.types.var_type(var))
            if code.body.vars[var].kind == ir.VarKind.RECEIVER and isinstance(type_, Named):
                return var, type_
        return None

    def _given_to(self, code: FunctionCode, given: Given) -> Iterator[tuple[Member, Site]]:
        """The fields whose contexts are given to the function that a call runs, and where."""
        for id, call in self._calls_of(code, given.call):
            other = self._code.function(id)
            for alike in self._cancellation.given(other):
                if alike.call == call and alike.position == given.position:
                    member = member_of(self._code.program, other, derived_from(other, alike.argument))
                    if member is not None:
                        yield member, other.site(call)

    def _calls_of(self, code: FunctionCode, call: int) -> list[tuple[str, int]]:
        callee = code.callee(call)
        if isinstance(callee, p.Interface):
            return self._calls.named(p.interface_method_id(callee))
        if not isinstance(callee, p.Static):
            return []
        callers = self._calls.callers.get(callee.function, ())
        found = {(caller, edge.site) for caller, edge in callers if isinstance(caller, str)}
        return sorted(found.union(self._calls.named(callee.function)))


def _ends_contexts(code: FunctionCode) -> bool:
    """Whether a function calls what ends a context that it has not made itself."""
    called = (callee.register for at in code.of_kind(ir.Call) if isinstance(callee := code.callee(at), p.Value))
    cancels = (register for register in called if code.type_of(register) in CANCEL_FUNCTIONS)
    return any(code.call_behind(code.source(register)) == ir.NONE for register in cancels)
