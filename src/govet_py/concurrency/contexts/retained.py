"""Things that live on a context: streams, rows and the like, and objects and functions that keep one, or the context.

What lives on its context by itself is known for libraries and for the client's side of remote streams. A function that
puts its context, or what it has got under it, into what it makes hands out something that lives on the context as well.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.callgraph import InterfaceNode
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.concurrency.contexts.cancellation import Cancellation, Given, Slot
from govet_py.concurrency.contexts.context_values import CONTEXT
from govet_py.concurrency.contexts.escapes import Escapes, results
from govet_py.concurrency.contexts.living import lives_on
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.types import Func, Named, Tuple, Type, deref


class Retained:
    """Of a program."""

    def __init__(self, code: Code, cancellation: Cancellation, escapes: Escapes) -> None:
        self._code = code
        self._cancellation = cancellation
        self._escapes = escapes
        self._known: dict[Slot, bool] = {}

    def may_keep(self, type_: Type) -> bool:
        """Reports whether things of a type, or of one of several, may have a context in them: objects and functions."""
        if isinstance(type_, Tuple):
            return any(map(self.may_keep, type_.elems))
        named = deref(type_)
        return isinstance(named, Func) or (isinstance(named, Named) and bool(named.package) and type_ != CONTEXT)

    def is_kept(self, code: FunctionCode, given: Given) -> bool:
        """Reports whether a call puts the context that it is given into what it returns."""
        callee = code.callee(given.call)
        if isinstance(callee, p.Interface):
            targets = self._code.program.implementers(callee.interface, callee.method)
            return bool(targets) and all(self.keeps((target, given.position)) for target in targets)
        return isinstance(callee, p.Static) and self.keeps((callee.function, given.position))

    def keeps(self, slot: Slot) -> bool:
        """Reports whether a function puts its context parameter into the object that it makes."""
        known = self._known.get(slot)
        if known is None:
            self._known[slot] = False
            known = self._known[slot] = self._compute(slot)
        return known

    def _compute(self, slot: Slot) -> bool:
        node, position = slot
        code = None if isinstance(node, InterfaceNode) else self._code.get(node)
        if code is None or position >= len(code.function.params):
            return False
        var = code.function.params[position]
        for at in code.of_kind(ir.SetField, ir.Composite):
            match code.code[at]:
                case ir.SetField() as step if self._is_given(code, step.value, var):
                    return True
                case ir.Composite() as made if any(self._is_given(code, value, var) for value in made.values):
                    if self._escapes.is_let_out(code, at):
                        return True
        return any(
            self._escapes.is_let_out(code, handle) and not self._escapes.is_put_into_given(code, handle)
            for handle in self.handles(code, var)
        )

    def handles(self, code: FunctionCode, context: int) -> Iterator[int]:
        """The registers of what a function gets from calls that lives on the context in a variable."""
        for given in self._cancellation.given(code):
            if not self._cancellation.stems_from(code, given.argument, context):
                continue
            kept = None
            for register in results(code, given.call):
                type_ = code.type_of(register)
                if lives_on(self._code.program, type_):
                    yield register
                elif self.may_keep(type_):
                    kept = self.is_kept(code, given) if kept is None else kept
                    if kept:
                        yield register

    def _is_given(self, code: FunctionCode, register: int, var: int) -> bool:
        return code.type_of(register) == CONTEXT and self._cancellation.stems_from(code, register, var)
