"""Contexts that a function makes and ends, and that nobody else has: what it starts goes on under their parent.

The function asks such a context for its end itself, which tells it no more than the parent would. To end what it has
started when it leaves, it had to hand the context on.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.concurrency.contexts.cancellation import Cancellation
from govet_py.concurrency.contexts.scoped_contexts import Scoped, ScopedContexts, cancel_variables
from govet_py.concurrency.flow.control import after
from govet_py.model import ir

MAX_DEPTH = 2


class UnsharedContexts:
    """Of a program."""

    def __init__(self, code: Code, calls: CallGraph, cancellation: Cancellation, scoped: ScopedContexts) -> None:
        self._code = code
        self._calls = calls
        self._cancellation = cancellation
        self._scoped = scoped

    def found(self) -> Iterator[tuple[Scoped, int]]:
        """Each, with the first call behind it that starts a goroutine."""
        for id, contexts in sorted(self._scoped.by_function.items()):
            code = self._code.function(id)
            for one in contexts:
                if one.always and not one.limited and self._is_unshared(code, one):
                    start = self._start(code, one.made)
                    if start is not None:
                        yield one, start

    def _is_unshared(self, code: FunctionCode, one: Scoped) -> bool:
        """Whether all that becomes of a derived context is that the function itself asks for its end, and ends it when
        it returns."""
        asked = {context for _, context in (*self._cancellation.dones(code), *self._cancellation.errs(code))}
        reads = _reads(code, cancel_variables(code, one.made, 0))
        ends = code.code[one.cancel]
        if not reads or not asked.issuperset(reads) or not isinstance(ends, ir.Call):
            return False
        return _reads(code, cancel_variables(code, one.made)) == [ends.callee] and not self._is_root(code, one.made)

    def _is_root(self, code: FunctionCode, made: int) -> bool:
        """Whether a context is derived from none that may end: a signal of the function's own."""
        call = code.code[made]
        parent = call.args[0] if isinstance(call, ir.Call) and call.args else ir.NONE
        contexts = self._cancellation.contexts.of(code, parent) if parent != ir.NONE else ()
        return parent == ir.NONE or any(context.fresh is not None for context in contexts)

    def _start(self, code: FunctionCode, made: int) -> int | None:
        """The first call behind the making of a context by which a goroutine is started that asks one for its end."""
        starts = (at for at in sorted(after(code, made)) if isinstance(code.code[at], ir.Call))
        return next((at for at in starts if self._starts(code, at, 0)), None)

    def _starts(self, code: FunctionCode, call: int, depth: int) -> bool:
        for target, site, mode, _ in self._calls.edges.get(code.id, ()):
            if site != call or not isinstance(target, str):
                continue
            called = self._code.function(target)
            if mode == ir.Mode.GO:
                return self._asks(called)
            if depth < MAX_DEPTH and mode == ir.Mode.CALL and called.package == code.package:
                if any(self._starts(called, at, depth + 1) for at in called.go_statements()):
                    return True
        return False

    def _asks(self, code: FunctionCode) -> bool:
        """Whether a function, or a literal that it makes, asks a context for its end."""
        if self._cancellation.dones(code):
            return True
        made = (code.code[at].function for at in code.of_kind(ir.MakeClosure))  # type: ignore[union-attr]
        return any(self._asks(self._code.sibling(code, index)) for index in made)


def _reads(code: FunctionCode, variables: set[int]) -> list[int]:
    """Where a function reads some variables; nowhere when they are not its alone, or hold other things as well."""
    if any(code.body.vars[var].captured or code.value_of(var) == ir.NONE for var in variables):
        return []
    return [at for at in code.of_kind(ir.Load, ir.Addr) if code.code[at].var in variables]  # type: ignore[union-attr]
