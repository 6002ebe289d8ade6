"""Deferred clean-up under the context that a function was given, with work under it in between.

Something is made under the context, its undoing is deferred, and then there is more that waits under the same context.
When the caller's end is what cuts that short, nothing is undone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.uses import variable_of
from govet_py.concurrency.channels.subjects import subject
from govet_py.concurrency.contexts.cancellation import Cancellation, Given
from govet_py.concurrency.contexts.context_values import CONTEXT
from govet_py.concurrency.contexts.scoped_contexts import ScopedContexts
from govet_py.concurrency.contexts.vain_undoing import undoes
from govet_py.concurrency.flow.control import after, precedes
from govet_py.concurrency.flow.failures import failed
from govet_py.knowledge.contexts import REMOVES, UNDOES
from govet_py.knowledge.releases import CLOSE
from govet_py.model import ir

_TAKES_BACK = tuple(verb for verb in (*UNDOES, *REMOVES) if verb != CLOSE.lower())


class Deferred(NamedTuple):
    """The call at `call` of `function` is deferred by `owner`, whose call at `cut` the context may end."""

    function: str
    call: int
    owner: str
    cut: int


class DeferredUndoing:
    """Of a program."""

    def __init__(self, code: Code, cancellation: Cancellation, scoped: ScopedContexts) -> None:
        self._code = code
        self._cancellation = cancellation
        self._scoped = scoped

    def found(self) -> Iterator[Deferred]:
        """One a deferred call, in the order of the program."""
        for id in self._code.ids():
            code = self._code.function(id)
            contexts = [var for var in code.function.params if code.types.var_type(var) == CONTEXT]
            for register in filter(code.is_deferred, code.of_kind(ir.Call)) if contexts else ():
                for function, given in self._undoing(code, register):
                    var = next((var for var in contexts if self._is_under(function, given, var)), None)
                    cut = self._cut(code, register, var) if var is not None else None
                    if var is not None and cut is not None and self._is_made(code, register, function, given, var):
                        yield Deferred(function.id, given.call, id, cut)

    def _undoing(self, code: FunctionCode, register: int) -> Iterator[tuple[FunctionCode, Given]]:
        """The calls that a deferred one makes, at least after a failure, and that are named like an undoing."""
        made = code.code[code.code[register].callee]  # type: ignore[union-attr]
        inner = self._code.sibling(code, made.function) if isinstance(made, ir.MakeClosure) else code
        undoing = [one for one in self._cancellation.given(inner) if undoes(inner, one.call, _TAKES_BACK)]
        meant = failed(inner) | {0} if undoing and inner is not code else frozenset()
        for one in undoing:
            if one.call == register if inner is code else inner.block_of(one.call) in meant:
                yield inner, one

    def _is_under(self, code: FunctionCode, given: Given, var: int) -> bool:
        """Whether a call waits under a parameter, as it was given."""
        makers, variables = self._scoped.trace(code, given.argument)
        return var in variables and not makers and self._cancellation.waits_at(code, given)

    def _cut(self, code: FunctionCode, register: int, var: int) -> int | None:
        """The first call behind a defer statement that waits under the same context."""
        behind = set(after(code, register))
        for given in self._cancellation.given(code):
            if given.call in behind and code.mode_of(given.call) == ir.Mode.CALL:
                if var in self._scoped.variables(code, given.argument) and self._cancellation.waits_at(code, given):
                    return given.call
        return None

    def _is_made(self, code: FunctionCode, register: int, function: FunctionCode, undo: Given, var: int) -> bool:
        """Whether what is undone was made before, by a call that was given the same context."""
        undone = _variables(function, undo.call) - {var}
        for given in self._cancellation.given(code):
            if given.call != register and precedes(code, given.call, register):
                made = {variable_of(code, given.call, at) for at in (0, 1)} | _variables(code, given.call)
                if undone & made and var in self._scoped.variables(code, given.argument):
                    return True
        return False


def _variables(code: FunctionCode, call: int) -> set[int]:
    """The variables that a call is of or is given."""
    step = code.code[call]
    callee = code.code[step.callee] if isinstance(step, ir.Call) else None
    registers = [*step.args] if isinstance(step, ir.Call) else []
    if isinstance(callee, ir.Selector):
        registers.append(callee.base)
    subjects = (subject(code, register) for register in registers)
    return {one.var for one in subjects if one is not None and one.var != ir.NONE}
