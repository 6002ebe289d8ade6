"""Contexts that a function has ended itself, and goes on working under.

A call of the cancel function ends a context, and so does the Wait of the group that it was made for: of package
errgroup, or of a type of the program whose method calls the cancel function that it keeps.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from functools import cached_property
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.reaching import Reaching
from govet_py.callgraph.uses import runs_deferred
from govet_py.concurrency.contexts.cancel_fields import CancelFields
from govet_py.concurrency.contexts.cancellation import Cancellation, Given
from govet_py.concurrency.contexts.context_values import CONTEXT
from govet_py.concurrency.contexts.giving_up import GivingUp
from govet_py.concurrency.contexts.scoped_contexts import ScopedContexts
from govet_py.concurrency.flow.control import after
from govet_py.knowledge import contexts as knows
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.source import Site
from govet_py.model.types import Named, Tuple, deref


class EndedUse(NamedTuple):
    """The call at `call` of `function` is given the context made at `made`, which was ended at `end` before.
    `derives`: it makes another context of it."""

    function: str
    call: int
    made: Site
    end: Site
    derives: bool


class Maker(NamedTuple):
    """Calls of `function` return a context as result `context`, and as result `ender` what ends it: a function to be
    called, or an object one of whose `methods` is to be called."""

    function: str
    context: int
    ender: int
    methods: frozenset[str]


class EndedContexts:
    """Of a program."""

    def __init__(
        self,
        code: Code,
        calls: CallGraph,
        cancellation: Cancellation,
        scoped: ScopedContexts,
        giving_up: GivingUp,
    ) -> None:
        self._code = code
        self._calls = calls
        self._cancellation = cancellation
        self._scoped = scoped
        self._giving_up = giving_up
        self._fields = CancelFields(code)

    def found(self) -> Iterator[EndedUse]:
        """The first use of each context after its end."""
        for maker in self._makers:
            for code, made in self._made(maker):
                ends = self._ends(code, made, maker)
                use = next(self._uses(code, made, ends), None) if ends else None
                if use is not None:
                    function, given = use
                    derives = self._derives(function, given.call)
                    yield EndedUse(function.id, given.call, code.site(made), code.site(ends[0]), derives)

    # -- what ends a context -----------------------------------------------------------------------

    @cached_property
    def _makers(self) -> list[Maker]:
        known = [Maker(name, 0, 1, frozenset()) for name in sorted(knows.CANCELLABLE)]
        return [*known, Maker(knows.GROUP, 1, 0, knows.GROUP_ENDS), *self._of_groups()]

    def _of_groups(self) -> Iterator[Maker]:
        """The functions that return a context and an object that keeps its cancel function and calls it."""
        for name in sorted(knows.CANCELLABLE):
            for id, made in self._calls.named(name):
                code = self._code.function(id)
                signature = self._code.program.signature(id) if code.index == 0 else None
                results = signature.results if signature is not None else ()
                kept = self._fields.keeper(code, made) if CONTEXT in results else None
                if kept is not None:
                    owners = [at for at, type_ in enumerate(results) if deref(type_) == Named(kept.package, kept.owner)]
                    methods = frozenset(self._fields.closing(kept))
                    if owners and methods:
                        yield Maker(id, results.index(CONTEXT), owners[0], methods)

    # -- where contexts are made and ended ---------------------------------------------------------

    def _made(self, maker: Maker) -> Iterator[tuple[FunctionCode, int]]:
        for id, register in self._calls.named(maker.function):
            yield self._code.function(id), register
        for caller, edge in self._calls.callers.get(maker.function, ()):
            if isinstance(caller, str) and isinstance(self._code.function(caller).code[edge.site], ir.Call):
                yield self._code.function(caller), edge.site

    def _ends(self, code: FunctionCode, made: int, maker: Maker) -> list[int]:
        """The calls by which the function that has made a context ends it."""
        stores = {
            at
            for at in code.of_kind(ir.Store)
            if isinstance(step := code.code[at], ir.Store) and code.code[step.value] == ir.Extract(made, maker.ender)
        }
        found = []
        for register in code.of_kind(ir.Call) if stores else ():
            call = code.code[register]
            if not isinstance(call, ir.Call) or call.mode != ir.Mode.CALL:
                continue
            holder, callee = call.callee, code.callee(register) if maker.methods else None
            if callee is not None:
                is_end = p.is_one_of(callee, maker.methods)
                holder = callee.receiver if is_end else ir.NONE  # type: ignore[union-attr]
            if holder != ir.NONE and type(code.code[holder]) is ir.Load and self._holds(code, holder, stores):
                found.append(register)
        return found

    def _holds(self, code: FunctionCode, register: int, stores: set[int]) -> bool:
        """Whether a register holds what one of some stores put into a variable, and nothing else."""
        load = code.code[register]
        if not isinstance(load, ir.Load) or not stores.intersection(code.stores.get(load.var, ())):
            return False
        if self._code.is_assigned_here_only(code, load.var):
            return Reaching(code).definitions(register, load.var) <= stores
        return {(code.index, store) for store in stores}.issuperset(self._code.stores(code, load.var))

    # -- work after the end ------------------------------------------------------------------------

    def _uses(self, code: FunctionCode, made: int, ends: list[int]) -> Iterator[tuple[FunctionCode, Given]]:
        """The calls that can only be reached after the end of a context, and do nothing under it; what is deferred
        runs after it where every way to a return passes an end."""
        before = {at for at in after(code, made, lambda at: at in ends) if at not in ends}
        later = {at for end in ends for at in after(code, end)} - before
        at_exit = not any(isinstance(code.code[at], ir.Return) for at in before)
        for given in self._cancellation.given(code):
            if self._is_late(code, given.call, later, at_exit) and self._is_under(code, made, code, given):
                yield code, given
        for register in code.of_kind(ir.MakeClosure):
            literal = code.code[register]
            if not isinstance(literal, ir.MakeClosure) or not self._is_late(code, register, later, at_exit):
                continue
            inner = self._code.sibling(code, literal.function)
            for given in self._cancellation.given(inner):
                if self._is_stored_once(inner, given.argument) and self._is_under(code, made, inner, given):
                    yield inner, given

    @staticmethod
    def _is_late(code: FunctionCode, register: int, later: Set[int], at_exit: bool) -> bool:
        """Whether a call, or what a literal does, comes after the end of a context."""
        return at_exit if runs_deferred(code, register) else register in later

    def _is_stored_once(self, code: FunctionCode, register: int) -> bool:
        load = code.code[register]
        return isinstance(load, ir.Load) and len(self._code.stores(code, load.var)) == 1

    def _is_under(self, code: FunctionCode, made: int, function: FunctionCode, given: Given) -> bool:
        """Whether a call does nothing, or makes what is over, under the context made at `made`."""
        if (code.id, made) not in self._scoped.makers(function, given.argument):
            return False
        return self._derives(function, given.call) or self._gives_up(function, given)

    def _gives_up(self, code: FunctionCode, given: Given) -> bool:
        return self._cancellation.waits_at(code, given) or self._giving_up.at(code, given)

    def _derives(self, code: FunctionCode, call: int) -> bool:
        """Whether a call makes a context that ends with the one it is given."""
        callee = code.callee(call)
        name = callee.function if isinstance(callee, p.Static) else ""
        type_ = code.type_of(call)
        makes = isinstance(type_, Tuple) and CONTEXT in type_.elems
        return makes and any(name == maker.function for maker in self._makers)
